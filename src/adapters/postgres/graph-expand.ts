import { EDGE_TYPES, labelOf, type EdgeType } from '../../../graph/ontology.ts';
import type { Expansion, GraphEdge, GraphNode, Subgraph } from '../../ports/graph-store.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';

/** Default of `Expansion.maxNodes`. */
export const DEFAULT_MAX_NODES = 2000;

/** A node, an edge type and a direction to look in. */
interface Probe {
  readonly id: string;
  readonly type: EdgeType;
  readonly outgoing: boolean;
}

/** Where edges of a node can be at all, by the ontology: saves most index look-ups. */
export function probesOf(ids: readonly string[], types?: readonly EdgeType[]): Probe[] {
  const wanted = types ?? (Object.keys(EDGE_TYPES) as EdgeType[]);
  return ids.flatMap((id) => {
    const label = labelOf(id);
    return wanted.flatMap((type) => {
      const { from, to } = EDGE_TYPES[type];
      const probes: Probe[] = [];
      if (!label || from === label) probes.push({ id, type, outgoing: true });
      if (!label || to === label) probes.push({ id, type, outgoing: false });
      return probes;
    });
  });
}

/** Bounded breadth-first growth: one or two round trips a hop, the seeds read with the first, and one for the nodes. */
export async function expandGraph(db: Db, expansion: Expansion): Promise<Subgraph> {
  const maxNodes = expansion.maxNodes ?? DEFAULT_MAX_NODES;
  const from = [...new Set(expansion.from)];
  // Few enough, all of them are held, and their edges needn't wait for that: what is no node has none.
  const early = from.length <= maxNodes && expansion.hops > 0 ? heaviestEdges(db, from, expansion) : undefined;
  const [known, first] = await Promise.all([readNodes(db, from), early]);
  const seeds = known.slice(0, maxNodes);
  const held = new Set(seeds.map((node) => node.id));
  const edges = new Map<string, GraphEdge>();
  let frontier = [...held];
  for (let hop = 0; hop < expansion.hops && frontier.length > 0; hop++) {
    const open = hop === 0 ? frontier : await withoutHubs(db, frontier, expansion.skipDegreeOver);
    const next: string[] = [];
    for (const edge of (hop === 0 && first) || (await heaviestEdges(db, open, expansion))) {
      for (const end of [edge.from, edge.to]) {
        if (held.has(end) || held.size >= maxNodes) continue;
        held.add(end);
        next.push(end);
      }
      if (held.has(edge.from) && held.has(edge.to)) edges.set(edge.id, edge);
    }
    frontier = held.size >= maxNodes ? [] : next;
  }
  const reached = await readNodes(db, [...held].slice(seeds.length));
  return { nodes: [...seeds, ...reached], edges: [...edges.values()] };
}

async function withoutHubs(db: Db, ids: readonly string[], limit: number | undefined): Promise<readonly string[]> {
  if (limit === undefined) return ids;
  const degrees = await countDegrees(db, ids, undefined, limit + 1);
  return ids.filter((id) => (degrees.get(id) ?? 0) <= limit);
}

/** Heaviest first; at most `fanout` a node, type and direction. */
async function heaviestEdges(db: Db, ids: readonly string[], expansion: Expansion): Promise<GraphEdge[]> {
  const probes = probesOf(ids, expansion.types);
  const predicates = expansion.predicates ?? null;
  const rows = await db.query<Tables['graph_edge']>(
    `SELECT DISTINCT ON (weight, id) edge.* FROM (
       SELECT found.* FROM unnest($1::text[], $2::text[]) AS probe(id, type), LATERAL (
         SELECT * FROM graph_edge WHERE from_id = probe.id COLLATE "C" AND type = probe.type COLLATE "C"
           AND ($5::text[] IS NULL OR NOT properties ? 'predicate' OR properties->>'predicate' = ANY($5))
         ORDER BY weight DESC, to_id, id LIMIT $6) found
       UNION ALL
       SELECT found.* FROM unnest($3::text[], $4::text[]) AS probe(id, type), LATERAL (
         SELECT * FROM graph_edge WHERE to_id = probe.id COLLATE "C" AND type = probe.type COLLATE "C"
           AND ($5::text[] IS NULL OR NOT properties ? 'predicate' OR properties->>'predicate' = ANY($5))
         ORDER BY weight DESC, from_id, id LIMIT $6) found
     ) edge ORDER BY weight DESC, id`,
    [...probeColumns(probes), predicates, expansion.fanout],
  );
  return rows.map(edgeOf);
}

/** Edges of each node, counted up to `limit`. */
export async function countDegrees(
  db: Db,
  ids: readonly string[],
  types: readonly EdgeType[] | undefined,
  limit: number,
): Promise<Map<string, number>> {
  const known = [...new Set(ids)];
  const degrees = new Map(known.map((id) => [id, 0]));
  const rows = await db.query<{ id: string; n: number }>(
    `SELECT probe.id, (SELECT count(*)::int FROM (SELECT FROM graph_edge
        WHERE from_id = probe.id COLLATE "C" AND type = probe.type COLLATE "C" LIMIT $5) e) AS n
     FROM unnest($1::text[], $2::text[]) AS probe(id, type)
     UNION ALL
     SELECT probe.id, (SELECT count(*)::int FROM (SELECT FROM graph_edge
        WHERE to_id = probe.id COLLATE "C" AND type = probe.type COLLATE "C" LIMIT $5) e)
     FROM unnest($3::text[], $4::text[]) AS probe(id, type)`,
    [...probeColumns(probesOf(known, types)), limit],
  );
  for (const { id, n } of rows) degrees.set(id, Math.min(limit, (degrees.get(id) ?? 0) + n));
  return degrees;
}

function probeColumns(probes: readonly Probe[]): string[][] {
  const out = probes.filter((probe) => probe.outgoing);
  const into = probes.filter((probe) => !probe.outgoing);
  return [out.map((p) => p.id), out.map((p) => p.type), into.map((p) => p.id), into.map((p) => p.type)];
}

/** In the order asked; unknown ids are left out. */
export async function readNodes(db: Db, ids: readonly string[]): Promise<GraphNode[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<Tables['graph_node']>('SELECT * FROM graph_node WHERE id = ANY($1::text[])', [ids]);
  const byId = new Map(rows.map((row) => [row.id, nodeOf(row)]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** In the order asked; unknown ids are left out. */
export async function readEdges(db: Db, ids: readonly string[]): Promise<GraphEdge[]> {
  if (ids.length === 0) return [];
  const rows = await db.query<Tables['graph_edge']>('SELECT * FROM graph_edge WHERE id = ANY($1::text[])', [ids]);
  const byId = new Map(rows.map((row) => [row.id, edgeOf(row)]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** A page of nodes after an id, with the edges that leave them. */
export async function scanGraph(db: Db, after: string, limit: number): Promise<Subgraph> {
  const nodes = (
    await db.query<Tables['graph_node']>(
      'SELECT * FROM graph_node WHERE id > $1 COLLATE "C" ORDER BY id LIMIT $2::int',
      [after, limit],
    )
  ).map(nodeOf);
  const edges = await db.query<Tables['graph_edge']>('SELECT * FROM graph_edge WHERE from_id = ANY($1::text[])', [
    nodes.map((node) => node.id),
  ]);
  return { nodes, edges: edges.map(edgeOf) };
}

function nodeOf(row: Tables['graph_node']): GraphNode {
  return {
    id: row.id,
    label: row.label as GraphNode['label'],
    caption: row.caption,
    properties: row.properties as GraphNode['properties'],
  };
}

function edgeOf(row: Tables['graph_edge']): GraphEdge {
  return {
    id: row.id,
    type: row.type as EdgeType,
    from: row.from_id,
    to: row.to_id,
    weight: row.weight,
    properties: row.properties as GraphEdge['properties'],
  };
}
