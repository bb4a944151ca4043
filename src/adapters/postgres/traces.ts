import { SensegraphError } from '../../errors.ts';
import type { Trace } from '../../ports/graph-audit.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { Db } from './db.ts';
import { indexedTable, tailTable, type SpaceRow } from './vector-rows.ts';

/** Columns that hold an asset's or a segment's id. */
const COLUMNS = [
  ['asset', 'id'],
  ['segment', 'id'],
  ['reading', 'segment_id'],
  ['mention', 'segment_id'],
  ['relation_evidence', 'segment_id'],
  ['sentence_vectors', 'segment_id'],
  ['reencoded', 'asset_id'],
  ['graph_node', 'id'],
  ['graph_edge', 'from_id'],
] as const;

/** Where something of the asset is. Entities that nothing speaks of any more count too, whoever left them. */
export async function assetTraces(db: Db, graph: GraphStore, assetId: string): Promise<Trace[]> {
  const hash = /^Asset:([0-9A-Za-z]+)$/.exec(assetId)?.[1];
  if (hash === undefined) throw new SensegraphError('BAD_INPUT', `${assetId} is not the id of an asset: Asset:….`);
  const spaces = await db.query<SpaceRow>('SELECT * FROM space ORDER BY number');
  const columns = [
    ...COLUMNS,
    ...spaces.flatMap((space) => [indexedTable(space), tailTable(space)].map((table) => [table, 'node_id'] as const)),
  ];
  const prefix = `Segment:${hash}:`;
  const traces: Trace[] = [];
  const note = (place: string, count: number): void => {
    if (count > 0) traces.push({ place, count });
  };
  for (const [table, column] of columns) {
    // Ids of the asset's segments are those from its prefix up to the next character's.
    const [row] = await db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1 OR (${column} >= $2 AND ${column} < $3)`,
      [assetId, prefix, `Segment:${hash};`],
    );
    note(`table ${table}`, row?.n ?? 0);
  }
  for (const table of ['outbox', 'outbox_parked']) {
    const [row] = await db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE strpos(changes::text, $1) > 0`,
      [hash],
    );
    note(`table ${table}`, row?.n ?? 0);
  }
  const [orphans] = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM entity WHERE NOT EXISTS (SELECT FROM mention WHERE entity_id = entity.id)
       AND NOT EXISTS (SELECT FROM relation WHERE object_id = entity.id)
       AND NOT EXISTS (SELECT FROM relation WHERE subject_id = entity.id)`,
  );
  note('entities that nothing speaks of', orphans?.n ?? 0);
  const nodes = await graph.nodes([assetId]);
  const segments = (await graph.scan(prefix, 500)).nodes.filter((node) => node.id.startsWith(prefix));
  note('nodes of the graph', nodes.length + segments.length);
  return traces;
}
