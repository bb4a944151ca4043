import { z } from 'zod';
import type { Reranker } from '../../ports/reranker.ts';
import { Endpoint, type EndpointOptions } from './endpoint.ts';

const Score = z
  .object({ index: z.number().int(), score: z.number().optional(), relevance_score: z.number().optional() })
  .transform(({ index, score, relevance_score }) => ({ index, score: relevance_score ?? score }));
/** A list (text-embeddings-inference) or an object with one (the shape of Cohere and Jina, which vLLM and others speak). */
const Answer = z.union([
  z.array(Score),
  z.object({ results: z.array(Score) }).transform(({ results }) => results),
  z.object({ data: z.array(Score) }).transform(({ data }) => data),
]);

export interface RemoteRerankerOptions extends Omit<EndpointOptions, 'name' | 'headers'> {
  readonly model?: string;
  readonly key?: string;
}

/** A reranker behind `POST <url>/rerank`. */
export function openRemoteReranker(options: RemoteRerankerOptions): Reranker {
  const { model, key } = options;
  const endpoint = new Endpoint({
    ...options,
    name: 'The reranker',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
  });
  return {
    id: model ?? 'reranker',
    async rerank(query, texts, signal) {
      if (texts.length === 0) return [];
      return endpoint.request({
        path: '/rerank',
        // `texts` is what text-embeddings-inference calls them, `documents` the others.
        body: JSON.stringify({ ...(model ? { model } : {}), query, texts, documents: texts }),
        signal,
        read: (body) => {
          const scores = new Map(
            Answer.parse(JSON.parse(new TextDecoder().decode(body))).map(({ index, score }) => [index, score]),
          );
          return texts.map((_, i) => {
            const score = scores.get(i);
            if (score === undefined) throw endpoint.failed(`gave no score for text ${i + 1} of ${texts.length}`);
            return score;
          });
        },
      });
    },
  };
}
