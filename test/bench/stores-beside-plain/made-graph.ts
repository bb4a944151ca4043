import type { GraphChange, GraphEdge, GraphNode } from '../../../src/ports/graph-store.ts';
import { random } from '../../../graph/algorithms/random.ts';

export interface MadeGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A made-up graph with four edges a node; a few nodes are hubs, as in a graph of words. */
export function madeGraph(edgeCount: number): MadeGraph {
  const count = Math.ceil(edgeCount / 4);
  const next = random(3);
  const id = (n: number): string => `Entity:${n.toString(16).padStart(16, '0')}`;
  const nodes = Array.from({ length: count }, (_, n): GraphNode => {
    const properties = { kind: 'NAME', aliases: [`alias ${n}`] };
    return { id: id(n), label: 'Entity', caption: `entity ${n}`, properties };
  });
  const hub = (): number => Math.floor(count ** (0.3 + 0.7 * next())) % count;
  const edges = Array.from({ length: edgeCount }, (_, n): GraphEdge => {
    const [from, to] = [id(hub()), id(Math.floor(next() * count))];
    const properties = { predicate: `p${n}`, confidence: 0.5, count: 1 };
    return { id: `${from}|RELATES_TO|${to}|p${n}`, type: 'RELATES_TO', from, to, weight: next(), properties };
  });
  return { nodes, edges };
}

export function nodeChange(node: GraphNode): GraphChange {
  return { op: 'upsertNode', node };
}

export function edgeChange(edge: GraphEdge): GraphChange {
  return { op: 'upsertEdge', edge };
}
