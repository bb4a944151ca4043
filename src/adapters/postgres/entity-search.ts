import type { Entity, Page } from '../../domain.ts';
import { blockKeys, normalName } from '../../link/blocking.ts';
import type { EntityCandidate } from '../../ports/ledger.ts';
import { decodeCursor, pageOf } from './cursor.ts';
import type { Db } from './db.ts';
import { queryBuilder } from './kysely.ts';
import { entityOf } from './rows.ts';
import type { Tables } from './tables.ts';

/** Names looked at for one search, however common its letters are. */
const MAX_CANDIDATES = 2000;

export interface EntityListOptions {
  readonly search?: string;
  readonly kinds?: readonly string[];
  readonly first: number;
  readonly after?: string;
}

export function pageEntities(db: Db, options: EntityListOptions): Promise<Page<Entity>> {
  const search = options.search === undefined ? '' : normalName(options.search);
  return search === '' ? pageByName(db, options) : pageByMatch(db, search, options);
}

/** All, by name. */
async function pageByName(db: Db, options: EntityListOptions): Promise<Page<Entity>> {
  let query = queryBuilder(db).selectFrom('entity').selectAll();
  if (options.kinds) query = query.where('kind', 'in', [...options.kinds]);
  if (options.after !== undefined) {
    const [name, id] = decodeCursor<[string, string]>(options.after, ['string', 'string']);
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('name', 'id'), '>', tuple(name, id)));
  }
  const rows = await query
    .orderBy('name')
    .orderBy('id')
    .limit(options.first + 1)
    .execute();
  return pageOf(rows, options.first, entityOf, (row) => [row.name, row.id]);
}

/**
 * The whole name first, then names that begin so, then names with it inside, shorter ones first. A name is found by its
 * beginning, or by the block keys of the search's words.
 */
async function pageByMatch(db: Db, search: string, options: EntityListOptions): Promise<Page<Entity>> {
  const after = options.after
    ? decodeCursor<[number, number, string]>(options.after, ['number', 'number', 'string'])
    : [-1, 0, ''];
  const rows = await db.query<Tables['entity'] & { rank: number; length: number }>(
    `WITH candidate AS (
       (SELECT entity_id, normal FROM entity_name WHERE normal >= $1 AND normal < $2 ORDER BY normal LIMIT $8)
       UNION
       (SELECT entity_id, normal FROM entity_block
        WHERE block = ANY($3::text[]) AND strpos(normal, $1) > 0 LIMIT $8)),
     best AS (
       SELECT DISTINCT ON (entity_id) entity_id,
         CASE WHEN normal = $1 THEN 0 WHEN starts_with(normal, $1) THEN 1 ELSE 2 END AS rank, length(normal) AS length
       FROM candidate ORDER BY entity_id, rank, length)
     SELECT entity.*, rank, length FROM best JOIN entity ON entity.id = entity_id
     WHERE ($4::text[] IS NULL OR kind = ANY($4)) AND (rank, length, id) > ($5::int, $6::int, $7)
     ORDER BY rank, length, id LIMIT $9`,
    // Sorts after every name that begins with the search.
    [
      search,
      `${search}\u{10FFFF}`,
      blockKeys(search),
      options.kinds ?? null,
      ...after,
      MAX_CANDIDATES,
      options.first + 1,
    ],
  );
  return pageOf(rows, options.first, entityOf, (row) => [row.rank, row.length, row.id]);
}

/** Normal name → its entities. */
export async function findByName(db: Db, normals: readonly string[]): Promise<Map<string, Entity[]>> {
  const rows = await db.query<Tables['entity'] & { normal: string }>(
    `SELECT entity.*, normal FROM entity_name JOIN entity ON entity.id = entity_id
     WHERE normal = ANY($1::text[]) ORDER BY entity.id`,
    [normals],
  );
  const found = new Map<string, Entity[]>();
  for (const row of rows) found.set(row.normal, [...(found.get(row.normal) ?? []), entityOf(row)]);
  return found;
}

/** At most `limit` names a key. */
export async function findByBlock(db: Db, blocks: readonly string[], limit: number): Promise<EntityCandidate[]> {
  const rows = await db.query<Tables['entity'] & { normal: string }>(
    `SELECT entity.*, pair.normal FROM (
       SELECT DISTINCT found.entity_id, found.normal FROM unnest($1::text[]) AS key(block), LATERAL (
         SELECT entity_id, normal FROM entity_block WHERE block = key.block COLLATE "C"
         ORDER BY entity_id, normal LIMIT $2) found) pair
     JOIN entity ON entity.id = pair.entity_id ORDER BY entity.id, pair.normal`,
    [blocks, limit],
  );
  return rows.map((row) => ({ entity: entityOf(row), normal: row.normal }));
}
