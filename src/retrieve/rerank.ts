import { asSensegraphError } from '../errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Reranker } from '../ports/reranker.ts';
import type { RankedId } from './rank.ts';

/** Texts that are read together with the question. */
const TEXTS = 20;

/**
 * The best texts in the order of a cross-encoder. They change places among themselves; pictures and sounds keep theirs,
 * and a place keeps its score. The order stays as it is when the reranker fails: it makes answers better, never impossible.
 */
export async function rerank(
  question: string,
  ranked: readonly RankedId[],
  reranker: Reranker,
  ledger: Pick<Ledger, 'segmentsById'>,
  signal?: AbortSignal,
): Promise<readonly RankedId[]> {
  const segments = await ledger.segmentsById(ranked.slice(0, 2 * TEXTS).map(({ id }) => id));
  const textOf = new Map(
    segments.filter(({ kind, text }) => kind === 'PASSAGE' && text !== '').map(({ id, text }) => [id, text]),
  );
  const places = [...ranked.keys()].filter((i) => textOf.has(ranked[i]?.id ?? '')).slice(0, TEXTS);
  let scores: number[];
  try {
    scores = await reranker.rerank(
      question,
      places.map((i) => textOf.get(ranked[i]?.id ?? '') ?? ''),
      signal,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (asSensegraphError(error).code !== 'REMOTE_FAILED') throw error;
    return ranked;
  }
  const order = [...places.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const anew = [...ranked];
  for (const [k, place] of places.entries()) {
    const moved = ranked[places[order[k] ?? k] ?? place];
    const stays = ranked[place];
    if (moved && stays) anew[place] = { ...moved, score: stays.score };
  }
  return anew;
}
