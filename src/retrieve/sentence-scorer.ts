import type { Ledger } from '../ports/ledger.ts';
import { dot } from './vectors.ts';

/** Sentences of segments, and their similarity with the question, from the ledger; each segment is loaded once a question. */
export class SentenceScorer {
  readonly #vector: Float32Array;
  readonly #ledger: Pick<Ledger, 'sentenceVectors'>;
  readonly #vectors = new Map<string, Float32Array>();
  readonly #scores = new Map<string, readonly number[]>();

  constructor(vector: Float32Array, ledger: Pick<Ledger, 'sentenceVectors'>) {
    this.#vector = vector;
    this.#ledger = ledger;
  }

  /** One cosine a sentence; no numbers for a segment that has no sentence vectors. */
  async scores(segmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    for (const [id, packed] of await this.vectors(segmentIds)) {
      if (this.#scores.has(id)) continue;
      const count = packed.length / this.#vector.length;
      this.#scores.set(
        id,
        Array.from({ length: count }, (_, i) => dot(this.#vector, packed, i * this.#vector.length)),
      );
    }
    return new Map(segmentIds.map((id) => [id, this.#scores.get(id) ?? []]));
  }

  /** The sentence vectors [sentences × dimension]; empty for a segment that has none. */
  async vectors(segmentIds: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    const missing = segmentIds.filter((id) => !this.#vectors.has(id));
    if (missing.length > 0) {
      const found = await this.#ledger.sentenceVectors(missing);
      for (const id of missing) this.#vectors.set(id, found.get(id) ?? new Float32Array());
    }
    return new Map(segmentIds.map((id) => [id, this.#vectors.get(id) ?? new Float32Array()]));
  }
}
