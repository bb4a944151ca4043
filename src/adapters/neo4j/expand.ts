import neo4j from 'neo4j-driver';
import type { EdgeType } from '../../../graph/ontology.ts';
import type { Expansion, GraphEdge, GraphNode, Subgraph } from '../../ports/graph-store.ts';
import { DEFAULT_MAX_NODES, probesOf } from '../postgres/graph-expand.ts';
import { edgeKey, edgeOf, isEdgeThere, isThere, nodeOf, type EdgeKey, type Stored } from './records.ts';
import type { Transaction } from './server.ts';
import { edgeStatement, statement } from './statements.ts';

interface Row {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Stored;
  readonly reached: string;
  readonly degree: number;
}

interface Found {
  readonly edge: GraphEdge;
  /** The end that the expansion came to, and how many edges it has. */
  readonly reached: string;
  readonly degree: number;
}

/** Bounded breadth-first growth in one transaction: a round trip a hop, the seeds read with the first, and one for the nodes. */
export async function expandGraph(tx: Transaction, tenant: string, expansion: Expansion): Promise<Subgraph> {
  const { maxNodes = DEFAULT_MAX_NODES, skipDegreeOver = Infinity } = expansion;
  const from = [...new Set(expansion.from)];
  // Few enough, all of them are held, and their edges needn't wait for that: what is no node has none.
  const early = from.length <= maxNodes && expansion.hops > 0 ? heaviestEdges(tx, tenant, from, expansion) : undefined;
  const [known, first] = await Promise.all([readNodes(tx, tenant, from), early]);
  const seeds = known.slice(0, maxNodes);
  const held = new Set(seeds.map((node) => node.id));
  const edges = new Map<string, GraphEdge>();
  const degrees = new Map<string, number>();
  let frontier = [...held];
  for (let hop = 0; hop < expansion.hops && frontier.length > 0; hop++) {
    const open = hop === 0 ? frontier : frontier.filter((id) => (degrees.get(id) ?? 0) <= skipDegreeOver);
    const next: string[] = [];
    const found = (hop === 0 && first) || (await heaviestEdges(tx, tenant, open, expansion));
    for (const { edge, reached, degree } of found) {
      degrees.set(reached, degree);
      for (const end of [edge.from, edge.to]) {
        if (held.has(end) || held.size >= maxNodes) continue;
        held.add(end);
        next.push(end);
      }
      if (held.has(edge.from) && held.has(edge.to)) edges.set(edge.id, edge);
    }
    frontier = held.size >= maxNodes ? [] : next;
  }
  const reached = await readNodes(tx, tenant, [...held].slice(seeds.length));
  return { nodes: [...seeds, ...reached], edges: [...edges.values()] };
}

/** Heaviest first; at most `fanout` a node, type and direction. */
async function heaviestEdges(
  tx: Transaction,
  tenant: string,
  ids: readonly string[],
  { types, predicates, fanout }: Expansion,
): Promise<Found[]> {
  const [out, into] = [new Map<EdgeType, string[]>(), new Map<EdgeType, string[]>()];
  for (const { id, type, outgoing } of probesOf(ids, types)) {
    const side = outgoing ? out : into;
    const list = side.get(type);
    if (list) list.push(id);
    else side.set(type, [id]);
  }
  const parameters = { tenant, predicates: predicates ?? null, fanout: neo4j.int(fanout) };
  // Sent together: one round trip, and a few small statements whose plans are kept, whatever types are asked for.
  const answers = await Promise.all([
    ...Array.from(out, ([type, from]) =>
      tx.run<Row>(edgeStatement('read/expand-out', type), { ...parameters, ids: from }),
    ),
    ...Array.from(into, ([type, to]) => tx.run<Row>(edgeStatement('read/expand-in', type), { ...parameters, ids: to })),
  ]);
  return answers
    .flat()
    .filter(isEdgeThere)
    .map(({ type, from, to, properties, reached, degree }) => ({
      edge: edgeOf(type, from, to, properties),
      reached,
      degree,
    }))
    .toSorted((a, b) => b.edge.weight - a.edge.weight || (a.edge.id < b.edge.id ? -1 : a.edge.id > b.edge.id ? 1 : 0));
}

/** In the order asked; unknown ids are left out. */
export async function readNodes(tx: Transaction, tenant: string, ids: readonly string[]): Promise<GraphNode[]> {
  if (ids.length === 0) return [];
  const rows = await tx.run<{ labels: string[]; properties: Stored }>(statement('read/nodes'), { tenant, ids });
  const nodes = rows.filter(isThere).map(({ labels, properties }) => nodeOf(labels, properties));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** In the order asked; unknown ids, and what is no id of an edge, are left out. */
export async function readEdges(tx: Transaction, tenant: string, ids: readonly string[]): Promise<GraphEdge[]> {
  const byType = Map.groupBy(ids.flatMap(keyOf), (key) => key.type);
  const found = await Promise.all(
    Array.from(byType, ([type, rows]) =>
      tx.run<Omit<Row, 'reached' | 'degree'>>(edgeStatement('read/edges', type), { tenant, rows }),
    ),
  );
  const edges = found
    .flat()
    .filter(isEdgeThere)
    .map(({ type, from, to, properties }) => edgeOf(type, from, to, properties));
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

function keyOf(id: string): EdgeKey[] {
  try {
    return [edgeKey(id)];
  } catch {
    return []; // An id that names no edge: there is none by it.
  }
}
