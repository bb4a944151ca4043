import { random } from '../../../graph/algorithms/random.ts';

export const DIMENSION = 384;
const CLUSTERS = 50;

export interface MadeVectors {
  readonly vectors: readonly { readonly nodeId: string; readonly vector: Float32Array; readonly cluster: number }[];
  readonly queries: readonly Float32Array[];
}

/** Unit vectors around 50 centres, and queries near some of them. */
export function madeVectors(count: number, queryCount: number): MadeVectors {
  const next = random(11);
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const unit = (values: Float32Array): Float32Array => {
    const norm = Math.hypot(...values);
    return values.map((value) => value / norm);
  };
  const centres = Array.from({ length: CLUSTERS }, () => unit(Float32Array.from({ length: DIMENSION }, gaussian)));
  const near = (cluster: number): Float32Array =>
    unit((centres[cluster] ?? new Float32Array()).map((value) => value + (0.8 * gaussian()) / Math.sqrt(DIMENSION)));
  const vectors = Array.from({ length: count }, (_, n) => {
    const cluster = Math.floor(next() * CLUSTERS);
    return { nodeId: `Segment:${n.toString(16).padStart(64, '0')}:0`, vector: near(cluster), cluster };
  });
  return { vectors, queries: Array.from({ length: queryCount }, (_, q) => near(q % CLUSTERS)) };
}

/** The k nearest by looking at every one. */
export function nearest(
  vectors: readonly { readonly nodeId: string; readonly vector: Float32Array }[],
  query: Float32Array,
  k: number,
): string[] {
  const scored = vectors.map(({ nodeId, vector }) => {
    let score = 0;
    for (let i = 0; i < vector.length; i++) score += (vector[i] ?? 0) * (query[i] ?? 0);
    return { nodeId, score };
  });
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, k)
    .map(({ nodeId }) => nodeId);
}
