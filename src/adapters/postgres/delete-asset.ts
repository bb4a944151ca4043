import type { GraphChange } from '../../ports/graph-store.ts';
import type { DeleteResult } from '../../ports/ledger.ts';
import type { Db } from './db.ts';
import { deleteOrphans } from './orphans.ts';
import { enqueueChanges } from './outbox.ts';
import { relationEdgeId, upsertEdge } from './projection.ts';
import { relationEdges } from './relation-rows.ts';
import { relationOf } from './rows.ts';
import type { Tables } from './tables.ts';
import { removeVectors } from './vector-rows.ts';

/** Removes the asset and all that only it brought, in the caller's transaction. Null when unknown. */
export async function deleteAssetRows(tx: Db, id: string): Promise<DeleteResult | null> {
  const [asset] = await tx.query<{ blob_key: string }>('DELETE FROM asset WHERE id = $1 RETURNING blob_key', [id]);
  if (!asset) return null;
  const segments = (await tx.query<{ id: string }>('DELETE FROM segment WHERE asset_id = $1 RETURNING id', [id])).map(
    (row) => row.id,
  );
  await tx.query('DELETE FROM reading WHERE segment_id = ANY($1::text[])', [segments]);
  await tx.query('DELETE FROM sentence_vectors WHERE segment_id = ANY($1::text[])', [segments]);
  await tx.query('DELETE FROM reencoded WHERE asset_id = $1', [id]);
  await tx.query('DELETE FROM turn_about WHERE node_id = ANY($1::text[])', [segments]);
  await removeVectors(tx, [id, ...segments]);
  const mentions = await tx.query<{ entity_id: string }>(
    'DELETE FROM mention WHERE segment_id = ANY($1::text[]) RETURNING entity_id',
    [segments],
  );
  const relations = await withdrawEvidence(tx, segments);
  const orphans = await deleteOrphans(tx, [
    ...mentions.map((row) => row.entity_id),
    ...relations.gone.flatMap((row) => [row.subject_id, row.object_id]),
  ]);
  const changes: GraphChange[] = [
    ...[id, ...segments, ...orphans.entities].map((node) => ({ op: 'deleteNode', id: node }) as const),
    ...relations.gone.map((row) => ({ op: 'deleteEdge', id: relationEdgeId(relationOf(row, [])) }) as const),
    ...(await relationEdges(tx, relations.left)).map(upsertEdge),
  ];
  await enqueueChanges(tx, [changes]);
  return {
    segments: segments.length,
    mentions: mentions.length,
    entities: orphans.entities.length,
    relations: relations.gone.length + orphans.relations,
    blobKey: asset.blob_key,
  };
}

/** Takes the segments' support from relations. `gone`: those left without any, now deleted; `left`: ids of the others. */
async function withdrawEvidence(
  tx: Db,
  segments: readonly string[],
): Promise<{ gone: Tables['relation'][]; left: string[] }> {
  const touched = await tx.query<{ relation_id: string }>(
    'DELETE FROM relation_evidence WHERE segment_id = ANY($1::text[]) RETURNING relation_id',
    [segments],
  );
  const ids = [...new Set(touched.map((row) => row.relation_id))];
  const gone = await deleteUnsupported(tx, ids);
  const goneIds = new Set(gone.map((row) => row.id));
  return { gone, left: ids.filter((id) => !goneIds.has(id)) };
}

/** Deletes those of the relations that have no evidence. */
export async function deleteUnsupported(tx: Db, ids: readonly string[]): Promise<Tables['relation'][]> {
  return tx.query<Tables['relation']>(
    `DELETE FROM relation WHERE id = ANY($1::text[])
       AND NOT EXISTS (SELECT FROM relation_evidence WHERE relation_id = relation.id) RETURNING *`,
    [ids],
  );
}
