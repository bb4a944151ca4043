import { createHash } from 'node:crypto';
import type { GraphChange, GraphEdge, GraphNode, Json, Subgraph } from '../../ports/graph-store.ts';
import type { Phase } from './apply-outbox.ts';
import { upsertEdge, upsertNode } from './projection.ts';

/** Ids of nodes or edges by how two pages differ. */
export interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly different: readonly string[];
}

/** What the graph's page holds otherwise than the ledger's. */
export function differences<T extends GraphNode | GraphEdge>(ledger: readonly T[], graph: readonly T[]): Difference {
  if (digest(ledger) === digest(graph)) return { missing: [], extra: [], different: [] };
  const said = new Map(ledger.map((one) => [one.id, content(one)]));
  const held = new Map(graph.map((one) => [one.id, content(one)]));
  return {
    missing: [...said.keys()].filter((id) => !held.has(id)),
    extra: [...held.keys()].filter((id) => !said.has(id)),
    different: [...said].flatMap(([id, text]) => (held.has(id) && held.get(id) !== text ? [id] : [])),
  };
}

/** What makes the graph's page the ledger's, of the nodes or of the edges that leave them. */
export function repairs(ledger: Subgraph, graph: Subgraph, phase: Phase): GraphChange[] {
  if (phase === 'nodes') {
    const { missing, extra, different } = differences(ledger.nodes, graph.nodes);
    const wanted = new Set([...missing, ...different]);
    return [
      ...extra.map((id) => ({ op: 'deleteNode', id }) as const),
      ...ledger.nodes.filter(({ id }) => wanted.has(id)).map(upsertNode),
    ];
  }
  const { missing, extra, different } = differences(ledger.edges, graph.edges);
  const wanted = new Set([...missing, ...different]);
  return [
    ...extra.map((id) => ({ op: 'deleteEdge', id }) as const),
    ...ledger.edges.filter(({ id }) => wanted.has(id)).map(upsertEdge),
  ];
}

/** Both pages cut to the nodes that both have looked at: the last id, null where both are at the end. */
export function commonPart(
  ledger: Subgraph,
  graph: Subgraph,
  limit: number,
): { readonly ledger: Subgraph; readonly graph: Subgraph; readonly until: string | null } {
  const ends = [ledger, graph].flatMap(({ nodes }) => (nodes.length < limit ? [] : [nodes.at(-1)?.id ?? '']));
  if (ends.length === 0) return { ledger, graph, until: null };
  const until = ends.reduce((a, b) => (a < b ? a : b));
  const cut = ({ nodes, edges }: Subgraph): Subgraph => ({
    nodes: nodes.filter(({ id }) => id <= until),
    edges: edges.filter(({ from }) => from <= until),
  });
  return { ledger: cut(ledger), graph: cut(graph), until };
}

function digest(all: readonly (GraphNode | GraphEdge)[]): string {
  const hash = createHash('sha256');
  for (const text of all.map(content).toSorted()) hash.update(text).update('\n');
  return hash.digest('hex');
}

/** Equal texts mean equal content, whatever the order of keys. */
function content(value: object): string {
  return JSON.stringify(sorted(value as unknown as Json));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one as Json)]),
  );
}
