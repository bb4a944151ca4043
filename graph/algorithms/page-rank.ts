import { sizeOf, type Csr } from './csr.ts';

/**
 * Personalised PageRank by power iteration (Haveliwala 2002): x ← d · Wᵀx + (1 − d) · r.
 * `reset` [nodes] need not be normalised; all zero gives all zero. `damping` 0.5 keeps the walk near its seeds.
 */
export function personalisedPageRank(graph: Csr, reset: Float64Array, damping = 0.5, iterations = 15): Float64Array {
  const n = sizeOf(graph);
  const total = reset.reduce((sum, value) => sum + value, 0);
  let rank = new Float64Array(n);
  if (total <= 0) return rank;
  const start = reset.map((value) => value / total);
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let k = graph.offsets[i] ?? 0; k < (graph.offsets[i + 1] ?? 0); k++)
      out[i] = (out[i] ?? 0) + (graph.weights[k] ?? 0);
  }
  rank = Float64Array.from(start);
  for (let round = 0; round < iterations; round++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const share = out[i] ? (damping * (rank[i] ?? 0)) / (out[i] ?? 1) : 0;
      if (share === 0) continue;
      for (let k = graph.offsets[i] ?? 0; k < (graph.offsets[i + 1] ?? 0); k++) {
        const target = graph.targets[k] ?? 0;
        next[target] = (next[target] ?? 0) + share * (graph.weights[k] ?? 0);
      }
    }
    for (let i = 0; i < n; i++) next[i] = (next[i] ?? 0) + (1 - damping) * (start[i] ?? 0);
    rank = next;
  }
  return rank;
}

/** Of a search engine's first paper (Brin and Page 1998), and what Neo4j's GDS takes unless told otherwise. */
const DAMPING = 0.85;
/** 0.85⁶⁰ < 10⁻⁴: what is left to move can't be seen in a rank. */
const ITERATIONS = 60;

/** PageRank: how often a random walk that starts anywhere is at each node. [nodes], sum 1. */
export function pageRank(graph: Csr): Float64Array {
  const rank = personalisedPageRank(graph, new Float64Array(sizeOf(graph)).fill(1), DAMPING, ITERATIONS);
  // A node without edges loses what would have walked on.
  const total = rank.reduce((sum, value) => sum + value, 0);
  return total > 0 ? rank.map((value) => value / total) : rank;
}
