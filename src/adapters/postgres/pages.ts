import type { Asset, Mention, MentionMethod, Modality, Page, Segment } from '../../domain.ts';
import { badCursor, decodeCursor, pageOf } from './cursor.ts';
import type { Db } from './db.ts';
import { queryBuilder } from './kysely.ts';
import { assetOf, mentionOf, segmentOf } from './rows.ts';

/** Lists by pages: each starts after the sort key of the last item (never OFFSET). */

/** Newest first. */
export async function pageAssets(
  db: Db,
  options: { first: number; after?: string; modalities?: readonly Modality[] },
): Promise<Page<Asset>> {
  let query = queryBuilder(db).selectFrom('asset').selectAll();
  if (options.modalities) query = query.where('modality', 'in', [...options.modalities]);
  if (options.after !== undefined) {
    const [createdAt, id] = decodeCursor<[string, string]>(options.after, ['string', 'string']);
    const date = new Date(createdAt);
    if (Number.isNaN(date.getTime())) throw badCursor();
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(date, id)));
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(options.first + 1)
    .execute();
  return pageOf(rows, options.first, assetOf, (row) => [row.created_at.toISOString(), row.id]);
}

/** In the asset's order; all of them where `first` is absent. */
export async function pageSegments(
  db: Db,
  assetId: string,
  options: { first?: number; after?: string },
): Promise<Page<Segment>> {
  const { first = Number.MAX_SAFE_INTEGER } = options;
  let query = queryBuilder(db)
    .selectFrom('segment')
    .select(['id', 'asset_id', 'ordinal', 'kind', 'locator', 'text', 'sentences'])
    .where('asset_id', '=', assetId)
    .orderBy('ordinal');
  if (options.after !== undefined) {
    query = query.where('ordinal', '>', decodeCursor<[number]>(options.after, ['number'])[0]);
  }
  if (options.first !== undefined) query = query.limit(first + 1);
  return pageOf(await query.execute(), first, segmentOf, (row) => [row.ordinal]);
}

/** Strongest first. */
export async function pageMentions(
  db: Db,
  entityId: string,
  options: { first: number; after?: string; methods?: readonly MentionMethod[] },
): Promise<Page<Mention>> {
  let query = queryBuilder(db).selectFrom('mention').selectAll().where('entity_id', '=', entityId);
  if (options.methods) query = query.where('method', 'in', options.methods);
  if (options.after !== undefined) {
    const [score, id] = decodeCursor<[number, string]>(options.after, ['number', 'string']);
    query = query.where(({ and, eb, or }) =>
      and([eb('score', '<=', score), or([eb('score', '<', score), eb('id', '>', id)])]),
    );
  }
  const rows = await query
    .orderBy('score', 'desc')
    .orderBy('id')
    .limit(options.first + 1)
    .execute();
  return pageOf(rows, options.first, mentionOf, (row) => [row.score, row.id]);
}
