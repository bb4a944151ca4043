import type { Csr } from '../../graph/algorithms/csr.ts';
import type { GraphEdge, GraphNode, Subgraph } from '../ports/graph-store.ts';

/** A bounded neighbourhood as typed arrays (CSR, both directions), so that a walk costs nanoseconds an edge. */
export interface LocalGraph extends Csr {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly index: ReadonlyMap<string, number>;
  /** Index into `edges`, parallel to `targets`. */
  readonly edgeOf: Int32Array;
}

/** How much of a walk goes over an edge, by its type: a mention carries, a mere neighbourship in a sentence hardly, and talk not at all. */
const TYPE_WEIGHT: Readonly<Record<GraphEdge['type'], number>> = {
  MENTIONS: 1,
  ABOUT: 1,
  IS_A: 0.5,
  RELATES_TO: 0.5,
  CO_OCCURS: 0.1,
  HAS_SEGMENT: 0.2,
  HAS_TURN: 0,
  NEXT: 0,
  SPEAKS_OF: 0,
  CITES: 0,
};

/** Two recordings of one voice need not speak of one thing. */
const VOICE_WEIGHT = 0.02;

function weightOf(edge: GraphEdge | undefined): number {
  return edge?.properties['method'] === 'SPEAKS' ? VOICE_WEIGHT : TYPE_WEIGHT[edge?.type ?? 'CO_OCCURS'];
}

/** Joins subgraphs (the same node or edge in several is taken once). */
export function buildLocalGraph(parts: readonly Subgraph[]): LocalGraph {
  const byId = new Map<string, GraphNode>();
  const edgesById = new Map<string, GraphEdge>();
  for (const part of parts) {
    for (const node of part.nodes) byId.set(node.id, node);
    for (const edge of part.edges) edgesById.set(edge.id, edge);
  }
  const nodes = [...byId.values()];
  const index = new Map(nodes.map((node, i) => [node.id, i]));
  const edges = [...edgesById.values()].filter((edge) => index.has(edge.from) && index.has(edge.to));
  const offsets = new Int32Array(nodes.length + 1);
  const ends = edges.map((edge) => [index.get(edge.from) ?? 0, index.get(edge.to) ?? 0] as const);
  for (const [from, to] of ends) {
    offsets[from + 1] = (offsets[from + 1] ?? 0) + 1;
    offsets[to + 1] = (offsets[to + 1] ?? 0) + 1;
  }
  for (let i = 0; i < nodes.length; i++) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const next = offsets.slice();
  const targets = new Int32Array(edges.length * 2);
  const weights = new Float32Array(edges.length * 2);
  const edgeOf = new Int32Array(edges.length * 2);
  for (const [e, [from, to]] of ends.entries()) {
    const weight = weightOf(edges[e]);
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      const slot = next[a] ?? 0;
      next[a] = slot + 1;
      targets[slot] = b;
      weights[slot] = weight;
      edgeOf[slot] = e;
    }
  }
  return { nodes, edges, index, offsets, targets, weights, edgeOf };
}

/** Sentences (indexes) of the segment in which an edge's mention stands; empty when the whole segment is meant. */
export function sentencesOf(edge: GraphEdge): readonly number[] {
  const found = edge.properties['sentences'];
  return Array.isArray(found) ? found.filter((s): s is number => typeof s === 'number' && s >= 0) : [];
}
