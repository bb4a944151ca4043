import type { Asset, Entity, Mention, Merge, Reading, Relation, Segment } from '../../domain.ts';
import type { Db } from './db.ts';
import { assetOf, entityOf, mentionOf, mergeOf, readingOf, relationOf, segmentOf } from './rows.ts';
import type { Tables } from './tables.ts';

/** Rows by their ids. Same order as asked, unknown left out. */

/** A segment without its search index. */
export const SEGMENT_COLUMNS = 'id, asset_id, ordinal, kind, locator, text, sentences';

export async function readAssets(db: Db, ids: readonly string[]): Promise<Asset[]> {
  const rows = await db.query<Tables['asset']>('SELECT * FROM asset WHERE id = ANY($1::text[])', [ids]);
  return inOrder(ids, rows.map(assetOf));
}

export async function readSegments(db: Db, ids: readonly string[]): Promise<Segment[]> {
  const rows = await db.query<Tables['segment']>(`SELECT ${SEGMENT_COLUMNS} FROM segment WHERE id = ANY($1::text[])`, [
    ids,
  ]);
  return inOrder(ids, rows.map(segmentOf));
}

export async function readEntities(db: Db, ids: readonly string[]): Promise<Entity[]> {
  const rows = await db.query<Tables['entity']>('SELECT * FROM entity WHERE id = ANY($1::text[])', [ids]);
  return inOrder(ids, rows.map(entityOf));
}

export async function readRelations(db: Db, ids: readonly string[]): Promise<Relation[]> {
  const rows = await db.query<Tables['relation']>('SELECT * FROM relation WHERE id = ANY($1::text[])', [ids]);
  const evidence = await db.query<Tables['relation_evidence']>(
    'SELECT * FROM relation_evidence WHERE relation_id = ANY($1::text[]) ORDER BY segment_id, sentence',
    [ids],
  );
  const byRelation = Map.groupBy(evidence, (one) => one.relation_id);
  return inOrder(
    ids,
    rows.map((row) => relationOf(row, byRelation.get(row.id) ?? [])),
  );
}

export async function readReadings(db: Db, segmentIds: readonly string[]): Promise<Map<string, Reading[]>> {
  const rows = await db.query<Tables['reading']>(
    'SELECT * FROM reading WHERE segment_id = ANY($1::text[]) ORDER BY ordinal',
    [segmentIds],
  );
  return Map.groupBy(rows.map(readingOf), (reading) => reading.segmentId);
}

export async function readMentions(db: Db, segmentIds: readonly string[]): Promise<Map<string, Mention[]>> {
  const rows = await db.query<Tables['mention']>(
    'SELECT * FROM mention WHERE segment_id = ANY($1::text[]) ORDER BY sentence, id',
    [segmentIds],
  );
  return Map.groupBy(rows.map(mentionOf), (mention) => mention.segmentId);
}

export async function readMerges(db: Db, entityId: string): Promise<Merge[]> {
  const rows = await db.query<Tables['merge']>('SELECT * FROM merge WHERE into_id = $1 ORDER BY created_at, id', [
    entityId,
  ]);
  return rows.map(mergeOf);
}

function inOrder<T extends { readonly id: string }>(ids: readonly string[], items: readonly T[]): T[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}
