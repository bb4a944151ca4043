/**
 * A server for tests, run as a process of its own: OpenAI embeddings under /v1 and the Open Inference Protocol under
 * /v2. Vectors are counts of letters (texts) or mean colours (pictures), so that answers can be checked. POST /control
 * sets how the next requests are answered; GET /control tells what came in.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Behaviour =
  | 'ok'
  | 'broken'
  | 'slow'
  | 'drop'
  | 'longer'
  | 'fewer'
  | { readonly status: number; readonly retryAfter?: string };

let plan: Behaviour[] = [];
let received: { path: string; size: number; authorization?: string; binary: boolean }[] = [];
const binaryAllowed = process.argv[2] !== 'json-only';

/** [26] counts of letters, or [27] with one more where the model was "changed". */
function letters(text: string, longer: boolean): number[] {
  const counts = Array<number>(longer ? 27 : 26).fill(0);
  for (const char of text.toLowerCase()) {
    const at = char.charCodeAt(0) - 97;
    if (at >= 0 && at < 26) counts[at] = (counts[at] ?? 0) + 1;
  }
  counts[0] = (counts[0] ?? 0) + 0.5;
  return counts;
}

interface Tensor {
  readonly name: string;
  readonly shape: number[];
  readonly datatype: string;
  readonly data?: (string | number)[];
  readonly parameters?: { binary_data_size?: number };
}

const MODELS: Record<string, object> = {
  words: {
    name: 'words',
    versions: ['1', '3'],
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1, 1] }],
    outputs: [{ name: 'embedding', datatype: 'FP32', shape: [-1, 26] }],
  },
  // Leaves its dimension open.
  open: {
    name: 'open',
    inputs: [{ name: 'text', datatype: 'BYTES', shape: ['-1'] }],
    outputs: [{ name: 'embedding', datatype: 'FP16', shape: [-1, -1] }],
  },
  tokens: {
    name: 'tokens',
    inputs: [
      { name: 'input_ids', datatype: 'INT64', shape: [-1, -1] },
      { name: 'attention_mask', datatype: 'INT64', shape: [-1, -1] },
    ],
    outputs: [{ name: 'embedding', datatype: 'FP32', shape: [-1, 26] }],
  },
  colours: {
    name: 'colours',
    inputs: [{ name: 'pixels', datatype: 'UINT8', shape: [-1, 4, 4, 3] }],
    outputs: [
      { name: 'hidden', datatype: 'FP32', shape: [-1, 5, 26] },
      { name: 'image_embeds', datatype: 'FP32', shape: [-1, 26] },
    ],
  },
  // A text tower as wide as `floats`.
  short: {
    name: 'short',
    inputs: [{ name: 'text', datatype: 'BYTES', shape: [-1] }],
    outputs: [{ name: 'embedding', datatype: 'FP32', shape: [-1, 3] }],
  },
  // Floats in planes; three numbers a picture.
  floats: {
    name: 'floats',
    inputs: [{ name: 'pixels', datatype: 'FP32', shape: [-1, 3, 4, 4] }],
    outputs: [{ name: 'image_embeds', datatype: 'FP32', shape: [-1, 3] }],
  },
};

function vectorsOf(model: string, input: Tensor, data: (string | number)[], longer: boolean): number[][] {
  const n = input.shape[0] ?? 0;
  if (input.datatype === 'BYTES')
    return data.map((text) => letters(String(text), longer).slice(0, model === 'short' ? 3 : 27));
  const per = data.length / n;
  return Array.from({ length: n }, (_, i) => {
    const pixels = data.slice(i * per, (i + 1) * per).map(Number);
    const sums = [0, 0, 0];
    for (const [p, value] of pixels.entries()) {
      const channel = input.shape[1] === 3 ? Math.floor(p / (per / 3)) : p % 3;
      sums[channel] = (sums[channel] ?? 0) + value / (per / 3);
    }
    return model === 'floats' ? sums : [...sums, ...Array<number>(23).fill(0)];
  });
}

function readTensor(body: Buffer, headEnd: number, input: Tensor): (string | number)[] {
  if (input.data) return input.data;
  const bytes = body.subarray(headEnd, headEnd + (input.parameters?.binary_data_size ?? 0));
  if (input.datatype === 'UINT8') return [...bytes];
  if (input.datatype === 'FP32') return [...new Float32Array(new Uint8Array(bytes).buffer)];
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32LE(at);
    texts.push(bytes.subarray(at + 4, at + 4 + size).toString());
    at += 4 + size;
  }
  return texts;
}

/** Half precision of a small positive number that is a multiple of 1/2. */
function half(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) | Math.round((value / 2 ** exponent - 1) * 1024);
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const path = request.url ?? '';
  const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  if (path === '/control') {
    if (request.method === 'GET') return json(received);
    plan = JSON.parse(body.toString()) as Behaviour[];
    received = [];
    return json({});
  }
  const headLength = request.headers['inference-header-content-length'];
  received.push({
    path,
    size: body.length,
    binary: headLength !== undefined,
    ...(request.headers.authorization ? { authorization: request.headers.authorization } : {}),
  });
  const behaviour = plan.shift() ?? 'ok';
  if (behaviour === 'drop') return request.socket.destroy();
  if (behaviour === 'slow') await new Promise((resolve) => setTimeout(resolve, 2000));
  if (behaviour === 'broken') return response.end('{"data": [{"index": 0, "embed');
  if (typeof behaviour === 'object') {
    if (behaviour.retryAfter) response.setHeader('retry-after', behaviour.retryAfter);
    response.statusCode = behaviour.status;
    return response.end('not now');
  }
  const longer = behaviour === 'longer';
  if (path === '/v1/embeddings') {
    const { input } = JSON.parse(body.toString()) as { input: string[] };
    const data = input.map((text, index) => ({ index, embedding: letters(text, longer) }));
    if (behaviour === 'fewer') data.pop();
    // Any order is allowed: the index counts.
    return json({ data: data.toReversed() });
  }
  if (path === '/v2')
    return json({ name: 'test', version: '1', extensions: binaryAllowed ? ['binary_tensor_data'] : [] });
  const [, name = '', infer] = /^\/v2\/models\/(\w+)(\/infer)?$/.exec(path) ?? [];
  const metadata = MODELS[name] as { outputs: { name: string; datatype: string }[] } | undefined;
  if (!metadata) {
    response.statusCode = 404;
    return json({ error: `unknown model ${name}` });
  }
  if (!infer) return json(metadata);
  const headEnd = headLength === undefined ? body.length : Number(headLength);
  const asked = JSON.parse(body.subarray(0, headEnd).toString()) as {
    inputs: Tensor[];
    outputs: { name: string; parameters?: { binary_data?: boolean } }[];
  };
  const input = asked.inputs[0] as Tensor;
  const vectors = vectorsOf(name, input, readTensor(body, headEnd, input), longer);
  const output = metadata.outputs.find((one) => one.name === asked.outputs[0]?.name) ?? { name: '', datatype: '' };
  const shape = [vectors.length, vectors[0]?.length ?? 0];
  if (!asked.outputs[0]?.parameters?.binary_data)
    return json({ outputs: [{ ...output, shape, data: vectors.flat() }] });
  const flat = vectors.flat();
  const bytes = Buffer.from(
    output.datatype === 'FP16' ? Uint16Array.from(flat, half).buffer : Float32Array.from(flat).buffer,
  );
  const head = Buffer.from(
    JSON.stringify({ outputs: [{ ...output, shape, parameters: { binary_data_size: bytes.length } }] }),
  );
  response.setHeader('inference-header-content-length', head.length);
  return response.end(Buffer.concat([head, bytes]));
});

server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
