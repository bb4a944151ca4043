import type { Ledger } from '../ports/ledger.ts';

/** One sentence of a segment. */
export interface SentenceRef {
  readonly segmentId: string;
  readonly sentence: number;
  /** Sentences of the segment. */
  readonly of: number;
}

/** Vectors of sentences, parallel to `refs`; undefined where the ledger has none. */
export async function sentenceVectorsOf(
  refs: readonly SentenceRef[],
  ledger: Pick<Ledger, 'sentenceVectors'>,
): Promise<(Float32Array | undefined)[]> {
  const packed = await ledger.sentenceVectors([...new Set(refs.map(({ segmentId }) => segmentId))]);
  return refs.map(({ segmentId, sentence, of }) => {
    const all = packed.get(segmentId);
    if (!all?.length || of === 0 || all.length % of !== 0 || sentence < 0) return undefined;
    const dimension = all.length / of;
    return all.subarray(sentence * dimension, (sentence + 1) * dimension);
  });
}
