import { z } from 'zod';
import type { TextEmbedder } from '../../ports/encoders.ts';
import { Endpoint, type EndpointOptions } from './endpoint.ts';
import { checkVectors, embedWithSpans, inBatches } from './vectors.ts';

const Answer = z.object({ data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()) })) });

export interface OpenAiEmbeddingsOptions extends Omit<EndpointOptions, 'name' | 'headers'> {
  readonly model: string;
  readonly key?: string;
  /** Put before questions; models of the E5 and BGE families want one. */
  readonly queryPrefix?: string;
  /** Without it one text is embedded at opening to learn it. */
  readonly dimension?: number;
  /** Texts of one request. Default 32. */
  readonly batch?: number;
}

/**
 * Text vectors from an endpoint that speaks the OpenAI embeddings API (Ollama, vLLM, text-embeddings-inference, a
 * hosted one). Throws REMOTE_FAILED when the dimension must be asked for and the endpoint does not answer.
 */
export async function openOpenAiEmbeddings(options: OpenAiEmbeddingsOptions): Promise<TextEmbedder> {
  const { model, key, queryPrefix = '', batch = 32 } = options;
  const endpoint = new Endpoint({
    ...options,
    name: 'The embeddings endpoint',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
  });

  async function ask(input: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    return endpoint.request({
      path: '/embeddings',
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
      signal,
      read: (body) => {
        const { data } = Answer.parse(JSON.parse(new TextDecoder().decode(body)));
        return data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => Float32Array.from(embedding));
      },
    });
  }

  const dimension = options.dimension ?? (await ask(['dimension']))[0]?.length;
  if (!dimension) throw endpoint.failed('gave no vector');
  const version = `remote-${dimension}`;
  return {
    info: { id: model, version, licence: 'not known', device: 'remote' },
    space: { name: `${model}@${version}`, model, version, dimension },
    async embed(inputs, role, signal) {
      if (inputs.length === 0) return [];
      return embedWithSpans(inputs, role === 'query' ? queryPrefix : '', (texts) =>
        inBatches(texts, batch, async (some) =>
          // An empty text is refused by some servers.
          checkVectors(
            await ask(
              some.map((text) => text || ' '),
              signal,
            ),
            { count: some.length, dimension, model },
            endpoint,
          ),
        ),
      );
    },
  };
}
