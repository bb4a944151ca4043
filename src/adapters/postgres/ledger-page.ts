import type { Subgraph } from '../../ports/graph-store.ts';
import { conversationGraph } from './conversation-graph.ts';
import type { Db } from './db.ts';
import { readAssets, SEGMENT_COLUMNS } from './look-ups.ts';
import { assetNode, entityNode, mentionEdges, relationEdge, segmentEdge, segmentNode } from './projection.ts';
import { entityOf, mentionOf, relationOf, segmentOf } from './rows.ts';
import type { Tables } from './tables.ts';

/** A page of the graph as the ledger means it, in the same order and form as `GraphStore.scan` gives the graph itself. */
export async function ledgerPage(db: Db, after: string, limit: number): Promise<Subgraph> {
  const of = (table: string): string => `(SELECT id FROM ${table} WHERE id > $1 COLLATE "C" ORDER BY id LIMIT $2::int)`;
  const page = await db.query<{ id: string }>(
    `SELECT id FROM (${['asset', 'conversation', 'entity', 'segment', 'turn'].map(of).join(' UNION ALL ')}) every
     ORDER BY id LIMIT $2::int`,
    [after, limit],
  );
  const ids = page.map((row) => row.id);
  const assets = await readAssets(db, ids);
  const segments = await db.query<Tables['segment'] & { modality: string }>(
    `SELECT ${SEGMENT_COLUMNS.replace(/^id/, 'segment.id')}, modality
     FROM (SELECT id AS owner, modality FROM asset) asset JOIN segment ON asset_id = owner
     WHERE segment.id = ANY($1::text[])`,
    [ids],
  );
  const entities = await db.query<Tables['entity']>('SELECT * FROM entity WHERE id = ANY($1::text[])', [ids]);
  const talk = await conversationGraph(db, ids);
  const nodes = [
    ...talk.nodes,
    ...assets.map(assetNode),
    ...segments.map((row) => segmentNode(segmentOf(row), row.modality)),
    ...entities.map((row) => entityNode(entityOf(row))),
  ];
  const parts = await db.query<Tables['segment']>(
    `SELECT ${SEGMENT_COLUMNS} FROM segment WHERE asset_id = ANY($1::text[])`,
    [ids],
  );
  const mentions = await db.query<Tables['mention']>('SELECT * FROM mention WHERE segment_id = ANY($1::text[])', [ids]);
  const relations = await db.query<Tables['relation'] & { places: number }>(
    `SELECT relation.*, (SELECT count(*)::int FROM relation_evidence WHERE relation_id = relation.id) AS places
     FROM relation WHERE subject_id = ANY($1::text[])`,
    [ids],
  );
  return {
    nodes: nodes.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    edges: [
      ...talk.edges,
      ...parts.map((row) => segmentEdge(segmentOf(row))),
      ...mentionEdges(mentions.map(mentionOf)),
      ...relations.map((row) => relationEdge(relationOf(row, []), row.places)),
    ],
  };
}
