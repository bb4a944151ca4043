import { random } from '../../../graph/algorithms/random.ts';
import type { AssetRecord } from '../../../src/ports/ledger.ts';

/** Shares of what tells a vector from the mean: its own, and another's. Their squares sum to 1, so the spread stays. */
const OWN = 0.8;
const OTHERS = 0.6;

type Kind = 'segments' | 'sentences';

/** The corpus' vectors, to make others like them. */
export class Crowd {
  readonly #dimension: number;
  readonly #all: Readonly<Record<Kind, Float32Array[]>>;
  readonly #means: Readonly<Record<Kind, Float32Array>>;

  constructor(corpus: readonly AssetRecord[]) {
    const segments = corpus.flatMap(({ embeddings }) =>
      Object.values(embeddings).flatMap((some) => some.map(({ vector }) => vector)),
    );
    this.#dimension = segments[0]?.length ?? 0;
    const sentences = corpus.flatMap(({ sentenceVectors }) =>
      [...sentenceVectors.values()].flatMap((packed) => this.#split(packed)),
    );
    this.#all = { segments, sentences };
    this.#means = { segments: meanOf(segments, this.#dimension), sentences: meanOf(sentences, this.#dimension) };
  }

  /** Unit-norm vectors, as many as in `packed`: each mixed with another of the corpus, which the seed picks. */
  mixed(packed: Float32Array, seed: string, kind: Kind): Float32Array {
    const next = random([...seed].reduce((hash, char) => (Math.imul(hash, 31) + char.charCodeAt(0)) | 0, 7));
    const [others, mean] = [this.#all[kind], this.#means[kind]];
    const result = new Float32Array(packed.length);
    for (const [i, vector] of this.#split(packed).entries()) {
      const other = others[Math.floor(next() * others.length)] ?? vector;
      const mixture = vector.map((value, k) => {
        const middle = mean[k] ?? 0;
        return middle + OWN * (value - middle) + OTHERS * ((other[k] ?? 0) - middle);
      });
      const norm = Math.hypot(...mixture) || 1;
      result.set(
        mixture.map((value) => value / norm),
        i * this.#dimension,
      );
    }
    return result;
  }

  #split(packed: Float32Array): Float32Array[] {
    return Array.from({ length: packed.length / this.#dimension }, (_, i) =>
      packed.subarray(i * this.#dimension, (i + 1) * this.#dimension),
    );
  }
}

function meanOf(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const sum = new Float32Array(dimension);
  for (const vector of vectors) for (let k = 0; k < dimension; k++) sum[k] = (sum[k] ?? 0) + (vector[k] ?? 0);
  return sum.map((value) => value / Math.max(1, vectors.length));
}
