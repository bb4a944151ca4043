import type { Entity } from '../../domain.ts';
import { blockKeys, normalName } from '../../link/blocking.ts';
import { arrayLiteral, columns } from './columns.ts';
import type { Db } from './db.ts';
import { readEntities } from './look-ups.ts';

/**
 * Adds entities; where an id is known, its name stays and aliases are united. Their normal names and block keys are
 * kept up. Gives the entities that are new or changed.
 */
export async function upsertEntities(tx: Db, entities: readonly Entity[]): Promise<Entity[]> {
  const united = unite(entities);
  if (united.length === 0) return [];
  const rows = await tx.query<{ id: string; inserted: boolean }>(
    `INSERT INTO entity (id, kind, name, aliases, synset)
     SELECT id, kind, name, aliases::text[], synset
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) AS t(id, kind, name, aliases, synset)
     ON CONFLICT (tenant, id) DO UPDATE SET
       aliases = ARRAY(SELECT DISTINCT alias FROM unnest(entity.aliases || excluded.aliases || excluded.name) alias
                       WHERE alias <> entity.name ORDER BY alias),
       synset = coalesce(entity.synset, excluded.synset)
     WHERE NOT ((entity.aliases || entity.name) @> (excluded.aliases || excluded.name))
        OR (entity.synset IS NULL AND excluded.synset IS NOT NULL)
     RETURNING id, (xmax = 0) AS inserted`,
    columns(
      united,
      (e) => e.id,
      (e) => e.kind,
      (e) => e.name,
      (e) => arrayLiteral(e.aliases),
      (e) => e.synset ?? null,
    ),
  );
  // Only what was united with earlier names is read back; the rest is as given.
  const added = new Set(rows.filter((row) => row.inserted).map((row) => row.id));
  const others = rows.filter((row) => !row.inserted).map((row) => row.id);
  const changed = [...united.filter((entity) => added.has(entity.id)), ...(await readEntities(tx, others))];
  await writeNames(tx, changed);
  return changed;
}

/** The same entity may come with several assets; sorted, so that two commits lock rows in one order. */
function unite(entities: readonly Entity[]): Entity[] {
  const byId = new Map<string, Entity>();
  for (const entity of entities) {
    const known = byId.get(entity.id);
    const name = known?.name ?? entity.name;
    const aliases = new Set([...(known?.aliases ?? []), ...entity.aliases, entity.name]);
    aliases.delete(name);
    const synset = known?.synset ?? entity.synset;
    byId.set(entity.id, {
      id: entity.id,
      kind: known?.kind ?? entity.kind,
      name,
      aliases: [...aliases],
      ...(synset === undefined ? {} : { synset }),
    });
  }
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function writeNames(tx: Db, entities: readonly Entity[]): Promise<void> {
  const names = entities.flatMap((entity) => {
    const normals = new Set([entity.name, ...entity.aliases].map(normalName));
    return Array.from(normals, (normal) => ({ entityId: entity.id, normal, blocks: blockKeys(normal) }));
  });
  await tx.query(
    `INSERT INTO entity_name (entity_id, normal, blocks)
     SELECT entity_id, normal, blocks::text[]
     FROM unnest($1::text[], $2::text[], $3::text[]) AS t(entity_id, normal, blocks)
     ON CONFLICT DO NOTHING`,
    columns(
      names,
      (name) => name.entityId,
      (name) => name.normal,
      (name) => arrayLiteral(name.blocks),
    ),
  );
  const blocks = names.flatMap(({ entityId, normal, blocks: keys }) =>
    keys.map((block) => ({ block, entityId, normal })),
  );
  await tx.query(
    `INSERT INTO entity_block (block, entity_id, normal)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    columns(
      blocks,
      (row) => row.block,
      (row) => row.entityId,
      (row) => row.normal,
    ),
  );
}

/** Removes the entities' rows, names and blocks (not their mentions, relations or vectors). */
export async function deleteEntityRows(tx: Db, ids: readonly string[]): Promise<void> {
  await deleteNames(tx, ids);
  await tx.query('DELETE FROM entity WHERE id = ANY($1::text[])', [ids]);
}

/** Sets name and aliases as given, and the normal names anew. */
export async function replaceEntity(tx: Db, entity: Entity): Promise<void> {
  await tx.query('UPDATE entity SET name = $2, aliases = $3::text[] WHERE id = $1', [
    entity.id,
    entity.name,
    arrayLiteral(entity.aliases),
  ]);
  await deleteNames(tx, [entity.id]);
  await writeNames(tx, [entity]);
}

async function deleteNames(tx: Db, ids: readonly string[]): Promise<void> {
  await tx.query(
    `WITH gone AS (DELETE FROM entity_name WHERE entity_id = ANY($1::text[]) RETURNING *)
     DELETE FROM entity_block USING gone
     WHERE entity_block.block = ANY(gone.blocks) AND entity_block.entity_id = gone.entity_id
       AND entity_block.normal = gone.normal`,
    [ids],
  );
}
