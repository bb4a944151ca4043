import { communities } from '../graph/algorithms/communities.ts';
import { pageRank } from '../graph/algorithms/page-rank.ts';
import type { Subgraph } from './ports/graph-store.ts';
import { buildLocalGraph } from './retrieve/local-graph.ts';

/** What a node's place in a part of the graph says of it. */
export interface Measures {
  /** PageRank within the part, whose nodes' ranks sum to 1. */
  readonly rank: number;
  /** Number of its community within the part, 0 the largest. */
  readonly community: number;
}

/** Measures of each node of a bounded part of the graph, by id; the order of its nodes and edges is of no matter. */
export function measureNeighbourhood({ nodes, edges }: Subgraph): Map<string, Measures> {
  const byId = <T extends { readonly id: string }>(all: readonly T[]): T[] =>
    all.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const graph = buildLocalGraph([{ nodes: byId(nodes), edges: byId(edges) }]);
  const [ranks, numbers] = [pageRank(graph), communities(graph)];
  return new Map(graph.nodes.map(({ id }, i) => [id, { rank: ranks[i] ?? 0, community: numbers[i] ?? 0 }]));
}
