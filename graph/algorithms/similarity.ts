import type { Csr } from './csr.ts';

export interface Similar {
  /** Index of a node. */
  readonly node: number;
  /** Jaccard index of the two nodes' neighbours: those they share by those that either has, 0…1. */
  readonly score: number;
  /** Indexes of the neighbours they share, ascending. */
  readonly shared: readonly number[];
}

/** Who shares nothing but a node of more neighbours is not looked for: it would be half the graph. */
const HUB = 500;

/**
 * The nodes whose neighbours are most like those of `node` (Jaccard 1901), best first, at most `limit`; equal scores in
 * the order of the nodes. The two nodes themselves are none of their neighbours, so that an edge between them counts
 * neither for nor against.
 */
export function similarNodes(
  graph: Csr,
  node: number,
  limit: number,
  isWanted: (node: number) => boolean = () => true,
): Similar[] {
  const own = neighbours(graph, node);
  const candidates = new Set<number>();
  for (const middle of own) {
    const others = neighbours(graph, middle);
    if (others.size <= HUB) for (const other of others) candidates.add(other);
  }
  candidates.delete(node);
  const found: Similar[] = [];
  for (const other of candidates) {
    if (!isWanted(other)) continue;
    const theirs = neighbours(graph, other);
    const shared = [...own].filter((one) => theirs.has(one));
    if (shared.length === 0) continue;
    const either = new Set([...own, ...theirs]);
    either.delete(node);
    either.delete(other);
    found.push({ node: other, score: shared.length / either.size, shared: shared.toSorted((a, b) => a - b) });
  }
  return found.toSorted((a, b) => b.score - a.score || a.node - b.node).slice(0, limit);
}

function neighbours(graph: Csr, node: number): Set<number> {
  return new Set(graph.targets.subarray(graph.offsets[node] ?? 0, graph.offsets[node + 1] ?? 0));
}
