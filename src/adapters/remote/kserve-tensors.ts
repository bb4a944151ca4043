import { z } from 'zod';

/** A tensor on its way to a server of the Open Inference Protocol (KServe v2). */
export type InputTensor = { readonly name: string; readonly shape: readonly number[] } & (
  | { readonly datatype: 'BYTES'; readonly data: readonly string[] }
  | { readonly datatype: 'FP32'; readonly data: Float32Array }
  | { readonly datatype: 'UINT8'; readonly data: Uint8Array }
);

export interface OutputTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Encoded {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const Output = z.object({
  name: z.string(),
  datatype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data: z.array(z.unknown()).optional(),
  parameters: z.object({ binary_data_size: z.number().int().nonnegative().optional() }).loose().optional(),
});
const Answer = z.object({ outputs: z.array(Output) });

/**
 * The request for one output: tensors in the JSON, or by the binary tensor data extension (JSON, then the tensors'
 * bytes one after another, little-endian; the header tells where the JSON ends).
 */
export function encodeRequest(input: InputTensor, output: string, binary: boolean): Encoded {
  const { name, shape, datatype } = input;
  if (!binary) {
    const body = JSON.stringify({
      inputs: [{ name, shape, datatype, data: Array.from<string | number>(input.data) }],
      outputs: [{ name: output }],
    });
    return { headers: { 'content-type': 'application/json' }, body };
  }
  const bytes = bytesOf(input);
  const head = new TextEncoder().encode(
    JSON.stringify({
      inputs: [{ name, shape, datatype, parameters: { binary_data_size: bytes.length } }],
      outputs: [{ name: output, parameters: { binary_data: true } }],
    }),
  );
  const body = new Uint8Array(head.length + bytes.length);
  body.set(head);
  body.set(bytes, head.length);
  return {
    headers: { 'content-type': 'application/octet-stream', 'inference-header-content-length': String(head.length) },
    body,
  };
}

/** The named output of an answer, in JSON or binary, as floats. Throws on anything else: the caller says whose it was. */
export function decodeAnswer(body: Uint8Array, headers: Headers, output: string): OutputTensor {
  const length = headers.get('inference-header-content-length');
  const headEnd = length === null ? body.length : Number(length);
  const { outputs } = Answer.parse(JSON.parse(new TextDecoder().decode(body.subarray(0, headEnd))));
  let at = headEnd;
  for (const { name, datatype, shape, data, parameters } of outputs) {
    const size = parameters?.binary_data_size;
    const bytes = size === undefined ? undefined : body.subarray(at, at + size);
    at += size ?? 0;
    if (name !== output) continue;
    if (bytes && bytes.length !== size) throw new Error(`the bytes of ${name} are cut off`);
    const values = bytes ? floatsOf(bytes, datatype) : Float32Array.from((data ?? []).flat(Infinity), Number);
    const count = shape.reduce((product, side) => product * side, 1);
    if (values.length !== count)
      throw new Error(`${name} has ${values.length} values where its shape [${shape.join(', ')}] needs ${count}`);
    return { name, shape, data: values };
  }
  throw new Error(`there is no output ${output}`);
}

function bytesOf(input: InputTensor): Uint8Array {
  if (input.datatype !== 'BYTES') {
    const { buffer, byteOffset, byteLength } = input.data;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  return Buffer.concat(
    input.data.flatMap((text) => {
      const bytes = Buffer.from(text);
      const size = Buffer.alloc(4);
      size.writeUInt32LE(bytes.length);
      return [size, bytes];
    }),
  );
}

function floatsOf(bytes: Uint8Array, datatype: string): Float32Array {
  // A copy: the bytes need not lie at a multiple of the element's size.
  const { buffer } = bytes.slice();
  if (datatype === 'FP32') return new Float32Array(buffer);
  if (datatype === 'FP64') return Float32Array.from(new Float64Array(buffer));
  if (datatype === 'FP16') return Float32Array.from(new Uint16Array(buffer), halfOf);
  throw new Error(`the datatype ${datatype} is no vector of FP16, FP32 or FP64`);
}

/** IEEE 754 half precision. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
