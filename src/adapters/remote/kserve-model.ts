import { z } from 'zod';
import { Endpoint } from './endpoint.ts';
import { decodeAnswer, encodeRequest, type InputTensor, type OutputTensor } from './kserve-tensors.ts';

const Server = z.object({ extensions: z.array(z.string()).default([]) }).loose();
const TensorInfo = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.coerce.number().int()) });
const Metadata = z.object({
  name: z.string(),
  versions: z.array(z.string()).optional(),
  inputs: z.array(TensorInfo),
  outputs: z.array(TensorInfo),
});
export type TensorInfo = z.infer<typeof TensorInfo>;

/** Outputs that are taken for the vector where a model has several. */
const VECTOR_NAMES = /^(?:sentence_embedding|text_embeds|image_embeds|embeddings?|pooler_output|pooled_output)$/;

/** One model of a server of the Open Inference Protocol (KServe v2): Triton, OpenVINO, MLServer. */
export interface KServeModel {
  readonly name: string;
  /** The newest that the server has. */
  readonly version: string;
  readonly input: TensorInfo;
  readonly output: TensorInfo;
  /** `output` for `data` of `shape`. Throws REMOTE_FAILED. */
  infer(data: InputTensor['data'], shape: readonly number[], signal?: AbortSignal): Promise<OutputTensor>;
}

/** Asks the server what it can do and what the model takes and gives. Throws REMOTE_FAILED. */
export async function openKServeModel(endpoint: Endpoint, name: string): Promise<KServeModel> {
  const json = <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    endpoint.request({
      path,
      method: 'GET',
      read: (body) => schema.parse(JSON.parse(new TextDecoder().decode(body))),
    });
  const path = `/v2/models/${encodeURIComponent(name)}`;
  const { extensions } = await json('/v2', Server);
  const metadata = await json(path, Metadata);
  const [input, ...more] = metadata.inputs;
  if (!input || more.length > 0)
    throw endpoint.failed(
      `has a model ${name} with ${metadata.inputs.length} inputs (${metadata.inputs.map((one) => one.name).join(', ')}); ` +
        'one is wanted, a text or a picture: put tokenising and preprocessing into an ensemble before it',
    );
  const output = metadata.outputs.find((one) => VECTOR_NAMES.test(one.name)) ?? metadata.outputs[0];
  if (!output) throw endpoint.failed(`has a model ${name} without outputs`);
  // Triton names the extension so; the specification calls it binary_tensor_data_extension in places.
  const binary = extensions.some((one) => one.startsWith('binary_tensor_data'));
  return {
    name,
    version: metadata.versions?.at(-1) ?? '1',
    input,
    output,
    async infer(data, shape, signal) {
      const tensor = { name: input.name, datatype: input.datatype, shape, data } as InputTensor;
      return endpoint.request({
        path: `${path}/infer`,
        ...encodeRequest(tensor, output.name, binary),
        signal,
        read: (body, headers) => decodeAnswer(body, headers, output.name),
      });
    },
  };
}

/** Rows of a tensor [n × dimension]; [n × 1 × dimension] counts as such. */
export function rowsOf({ shape, data }: OutputTensor): Float32Array[] {
  const n = shape[0] ?? 0;
  const width = n === 0 ? 0 : data.length / n;
  return Array.from({ length: n }, (_, i) => data.slice(i * width, (i + 1) * width));
}
