import type { Relation, RelationEvidence } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { GraphEdge } from '../../ports/graph-store.ts';
import { columns, json, storable } from './columns.ts';
import type { Db } from './db.ts';
import { relationEdge, relationEdgeId } from './projection.ts';
import { relationOf } from './rows.ts';
import type { Tables } from './tables.ts';

/**
 * Adds relations and their evidence. A relation of the same subject, type, object and predicate is the same relation,
 * whatever its id: the id in the ledger stays, the higher confidence too. Gives the edges that follow.
 */
export async function upsertRelations(tx: Db, relations: readonly Relation[]): Promise<GraphEdge[]> {
  const united = unite(relations);
  if (united.size === 0) return [];
  const rows = await tx.query<{ id: string; edge: string | null; confidence: number | null }>(
    `INSERT INTO relation (id, subject_id, predicate, object_id, type, confidence)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[])
     ON CONFLICT (tenant, subject_id, type, object_id, predicate)
       DO UPDATE SET confidence = greatest(relation.confidence, excluded.confidence)
     RETURNING id, CASE WHEN xmax <> 0 THEN concat_ws('|', subject_id, type, object_id, predicate) END AS edge,
       CASE WHEN xmax <> 0 THEN confidence END AS confidence`,
    columns(
      [...united.values()],
      (r) => r.id,
      (r) => r.subjectId,
      (r) => r.predicate,
      (r) => r.objectId,
      (r) => r.type,
      (r) => r.confidence,
    ),
  );
  // What is new is as given; of what was there, the id and the confidence are the ledger's.
  const given = new Map(Array.from(united.values(), (relation) => [relation.id, relation]));
  const stored = rows.map(({ id, edge, confidence }) => {
    const relation = edge === null ? given.get(id) : united.get(edge);
    if (!relation) throw new SensegraphError('INTERNAL', `Relation ${id} came back under another meaning: ${edge}.`);
    return { relation: { ...relation, id, confidence: confidence ?? relation.confidence }, inserted: edge === null };
  });
  await insertEvidence(
    tx,
    stored.flatMap(({ relation }) => relation.evidence.map((one) => ({ ...one, relationId: relation.id }))),
  );
  const known = stored.filter(({ inserted }) => !inserted).map(({ relation }) => relation.id);
  const counts = await evidenceCounts(tx, known);
  return stored.map(({ relation, inserted }) =>
    relationEdge(relation, inserted ? relation.evidence.length : (counts.get(relation.id) ?? 0)),
  );
}

/** By edge id, which is the relation's meaning; sorted, so that two commits lock rows in one order. */
function unite(relations: readonly Relation[]): Map<string, Relation> {
  const byMeaning = new Map<string, Relation>();
  for (const one of relations) {
    const relation = { ...one, predicate: storable(one.predicate) };
    const key = relationEdgeId(relation);
    const known = byMeaning.get(key);
    const evidence = [...(known?.evidence ?? []), ...relation.evidence];
    const places = new Map(evidence.map((one) => [`${one.segmentId} ${one.sentence}`, one]));
    byMeaning.set(key, {
      ...(known ?? relation),
      confidence: Math.max(known?.confidence ?? 0, relation.confidence),
      evidence: [...places.values()],
    });
  }
  return new Map([...byMeaning].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

async function insertEvidence(
  tx: Db,
  evidence: readonly (RelationEvidence & { readonly relationId: string })[],
): Promise<void> {
  await tx.query(
    `INSERT INTO relation_evidence (relation_id, segment_id, sentence, locator)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::jsonb[]) ON CONFLICT DO NOTHING`,
    columns(
      evidence,
      (one) => one.relationId,
      (one) => one.segmentId,
      (one) => one.sentence,
      (one) => json(one.locator),
    ),
  );
}

/** Relation id → how many places support it. */
async function evidenceCounts(tx: Db, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ relation_id: string; count: number }>(
    `SELECT relation_id, count(*)::int AS count FROM relation_evidence
     WHERE relation_id = ANY($1::text[]) GROUP BY relation_id`,
    [ids],
  );
  return new Map(rows.map((row) => [row.relation_id, row.count]));
}

/** The edges of relations as the ledger has them now. */
export async function relationEdges(tx: Db, ids: readonly string[]): Promise<GraphEdge[]> {
  const rows = await tx.query<Tables['relation']>('SELECT * FROM relation WHERE id = ANY($1::text[])', [ids]);
  const counts = await evidenceCounts(tx, ids);
  return rows.map((row) => relationEdge(relationOf(row, []), counts.get(row.id) ?? 0));
}
