import type { Ledger } from '../ports/ledger.ts';
import { dot } from './vectors.ts';

/** Similarity of single sentences with the question, from the sentence vectors of the ledger; each segment is loaded once a question. */
export class SentenceScorer {
  readonly #vector: Float32Array;
  readonly #ledger: Pick<Ledger, 'sentenceVectors'>;
  readonly #known = new Map<string, readonly number[]>();

  constructor(vector: Float32Array, ledger: Pick<Ledger, 'sentenceVectors'>) {
    this.#vector = vector;
    this.#ledger = ledger;
  }

  /** One cosine a sentence; no numbers for a segment that has no sentence vectors. */
  async scores(segmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const missing = segmentIds.filter((id) => !this.#known.has(id));
    if (missing.length > 0) {
      const found = await this.#ledger.sentenceVectors(missing);
      for (const id of missing) {
        const packed = found.get(id) ?? new Float32Array();
        const count = packed.length / this.#vector.length;
        this.#known.set(
          id,
          Array.from({ length: count }, (_, i) => dot(this.#vector, packed, i * this.#vector.length)),
        );
      }
    }
    return new Map(segmentIds.map((id) => [id, this.#known.get(id) ?? []]));
  }
}
