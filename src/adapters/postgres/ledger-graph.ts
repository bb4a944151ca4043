import type { GraphChange, Subgraph } from '../../ports/graph-store.ts';
import { conversationGraph } from './conversation-graph.ts';
import type { Db } from './db.ts';
import { SEGMENT_COLUMNS } from './look-ups.ts';
import {
  assetNode,
  entityNode,
  mentionEdges,
  relationEdge,
  segmentEdge,
  segmentNode,
  upsertEdge,
  upsertNode,
} from './projection.ts';
import { assetOf, entityOf, mentionOf, relationOf, segmentOf } from './rows.ts';
import type { Tables } from './tables.ts';

const BATCH = 1000;

/** The whole graph as the ledger means it, nodes before edges, in batches: to fill an empty graph, or to compare with one. */
export async function* ledgerGraph(db: Db): AsyncGenerator<GraphChange[]> {
  yield* batches<Tables['asset']>(db, 'SELECT * FROM asset', (row) => upsertNode(assetNode(assetOf(row))));
  const segments = `SELECT ${SEGMENT_COLUMNS.replace(/^id/, 'segment.id')}, modality
    FROM (SELECT id AS owner, modality FROM asset) asset JOIN segment ON asset_id = owner`;
  yield* batches<Tables['segment'] & { modality: string }>(db, segments, (row) =>
    upsertNode(segmentNode(segmentOf(row), row.modality)),
  );
  yield* batches<Tables['entity']>(db, 'SELECT * FROM entity', (row) => upsertNode(entityNode(entityOf(row))));
  yield* batches<Tables['segment']>(db, `SELECT ${SEGMENT_COLUMNS} FROM segment`, (row) =>
    upsertEdge(segmentEdge(segmentOf(row))),
  );
  yield* mentionBatches(db);
  const relations = `SELECT relation.*, (SELECT count(*)::int FROM relation_evidence WHERE relation_id = relation.id)
    AS places FROM relation`;
  yield* batches<Tables['relation'] & { places: number }>(db, relations, (row) =>
    upsertEdge(relationEdge(relationOf(row, []), row.places)),
  );
  yield* conversationBatches(db, 'conversation', ({ nodes }) => nodes.map(upsertNode));
  yield* conversationBatches(db, 'turn', ({ nodes }) => nodes.map(upsertNode));
  yield* conversationBatches(db, 'conversation', ({ edges }) => edges.map(upsertEdge));
  yield* conversationBatches(db, 'turn', ({ edges }) => edges.map(upsertEdge));
}

/** What conversations, or turns, put into the graph. */
async function* conversationBatches(
  db: Db,
  table: 'conversation' | 'turn',
  changes: (part: Subgraph) => GraphChange[],
): AsyncGenerator<GraphChange[]> {
  for (let after = ''; ;) {
    const rows = await db.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE id > $1 COLLATE "C" ORDER BY id LIMIT ${BATCH}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return;
    const part = await conversationGraph(
      db,
      rows.map((row) => row.id),
    );
    yield changes(part);
    after = last.id;
  }
}

/** By id, each batch after the last of the one before. */
async function* batches<Row extends { readonly id: string }>(
  db: Db,
  select: string,
  change: (row: Row) => GraphChange,
): AsyncGenerator<GraphChange[]> {
  let after = '';
  for (;;) {
    const rows = await db.query<Row>(
      `SELECT * FROM (${select}) every WHERE id > $1 COLLATE "C" ORDER BY id LIMIT ${BATCH}`,
      [after],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(change);
    after = last.id;
  }
}

/** Mentions by whole segments, as several may make one edge. */
async function* mentionBatches(db: Db): AsyncGenerator<GraphChange[]> {
  let after = '';
  for (;;) {
    const segments = await db.query<{ id: string }>(
      `SELECT id FROM segment WHERE id > $1 COLLATE "C" ORDER BY id LIMIT ${BATCH}`,
      [after],
    );
    const last = segments.at(-1);
    if (!last) return;
    const mentions = await db.query<Tables['mention']>('SELECT * FROM mention WHERE segment_id = ANY($1::text[])', [
      segments.map((segment) => segment.id),
    ]);
    yield mentionEdges(mentions.map(mentionOf)).map(upsertEdge);
    after = last.id;
  }
}
