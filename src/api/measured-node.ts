import { measureNeighbourhood, type Measures } from '../measure-neighbourhood.ts';
import type { GraphNode, Subgraph } from '../ports/graph-store.ts';

/** A node of a neighbourhood, which is measured once any of its nodes is asked for its measures. */
export interface MeasuredNode extends GraphNode {
  readonly measures?: () => Measures;
}

export function measuredNodes(part: Subgraph): MeasuredNode[] {
  let all: Map<string, Measures> | undefined;
  return part.nodes.map((node) => ({
    ...node,
    measures: () => (all ??= measureNeighbourhood(part)).get(node.id) ?? { rank: 0, community: 0 },
  }));
}
