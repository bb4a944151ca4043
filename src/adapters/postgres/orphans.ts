import type { Db } from './db.ts';
import { deleteEntityRows } from './entity-rows.ts';
import { removeVectors } from './vector-rows.ts';

/**
 * Deletes those of `candidates` that nothing speaks of any more: no mention, no relation with evidence, and not the
 * object of a relation that needs none (a lexicon's "beagle is a dog" keeps the dog as long as there is the beagle).
 * Relations without evidence go with their subject, and their objects are looked at next.
 */
export async function deleteOrphans(
  tx: Db,
  candidates: readonly string[],
): Promise<{ entities: string[]; relations: number }> {
  const entities: string[] = [];
  let relations = 0;
  let open = [...new Set(candidates)];
  while (open.length > 0) {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM entity WHERE id = ANY($1::text[])
         AND NOT EXISTS (SELECT FROM mention WHERE entity_id = entity.id)
         AND NOT EXISTS (SELECT FROM relation WHERE object_id = entity.id)
         AND NOT EXISTS (SELECT FROM relation JOIN relation_evidence ON relation_id = relation.id
                         WHERE subject_id = entity.id)`,
      [open],
    );
    const gone = rows.map((row) => row.id);
    if (gone.length === 0) break;
    const bare = await tx.query<{ object_id: string }>(
      'DELETE FROM relation WHERE subject_id = ANY($1::text[]) RETURNING object_id',
      [gone],
    );
    await deleteEntityRows(tx, gone);
    await tx.query('DELETE FROM merge WHERE into_id = ANY($1::text[])', [gone]);
    await tx.query('DELETE FROM turn_about WHERE node_id = ANY($1::text[])', [gone]);
    await removeVectors(tx, gone);
    entities.push(...gone);
    relations += bare.length;
    open = [...new Set(bare.map((row) => row.object_id))];
  }
  return { entities, relations };
}
