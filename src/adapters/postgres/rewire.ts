import { createHash } from 'node:crypto';
import type { Relation } from '../../domain.ts';
import { columns } from './columns.ts';
import type { Db } from './db.ts';
import { deleteUnsupported } from './delete-asset.ts';
import { relationEdgeId } from './projection.ts';
import { relationOf } from './rows.ts';
import type { Tables } from './tables.ts';

/** A relation, or its evidence at some places, that is to be between other entities. */
export interface Move {
  readonly relation: Tables['relation'];
  readonly subjectId: string;
  readonly objectId: string;
  /** Absent: all of it. */
  readonly places?: readonly { readonly segmentId: string; readonly sentence: number }[];
}

export interface Rewired {
  /** Relations that are new or whose evidence changed. */
  readonly touched: string[];
  readonly gone: Tables['relation'][];
}

/**
 * Moves relations between entities. What would relate an entity to itself goes; what is said between the new ends
 * already is joined with it. A moved relation has a new id, as ids are made from what is related.
 */
export async function rewireRelations(tx: Db, moves: readonly Move[]): Promise<Rewired> {
  if (moves.length === 0) return { touched: [], gone: [] };
  const targets = await upsertTargets(tx, moves);
  const from = moves.map((move) => ({ move, target: targets.get(targetKey(move)) ?? null }));
  const whole = from.filter(({ move }) => !move.places);
  await tx.query(
    `WITH moved AS (
       DELETE FROM relation_evidence USING unnest($1::text[], $2::text[]) AS pair(old, new)
       WHERE relation_id = pair.old RETURNING pair.new, segment_id, sentence, locator)
     INSERT INTO relation_evidence SELECT * FROM moved WHERE new IS NOT NULL ON CONFLICT DO NOTHING`,
    columns(
      whole,
      ({ move }) => move.relation.id,
      ({ target }) => target,
    ),
  );
  const places = from.flatMap(({ move, target }) =>
    (move.places ?? []).map((place) => ({ ...place, old: move.relation.id, target })),
  );
  await tx.query(
    `WITH moved AS (
       DELETE FROM relation_evidence
       USING unnest($1::text[], $2::text[], $3::text[], $4::int[]) AS pair(old, new, segment, at)
       WHERE relation_id = pair.old AND segment_id = pair.segment AND sentence = pair.at
       RETURNING pair.new, segment_id, sentence, locator)
     INSERT INTO relation_evidence SELECT * FROM moved WHERE new IS NOT NULL ON CONFLICT DO NOTHING`,
    columns(
      places,
      (place) => place.old,
      (place) => place.target,
      (place) => place.segmentId,
      (place) => place.sentence,
    ),
  );
  const gone = await deleteUnsupported(
    tx,
    moves.map((move) => move.relation.id),
  );
  const goneIds = new Set(gone.map((row) => row.id));
  const partly = moves.filter((move) => move.places).map((move) => move.relation.id);
  return { touched: [...new Set([...targets.values(), ...partly])].filter((id) => !goneIds.has(id)), gone };
}

function targetKey(move: Move): string {
  return relationEdgeId(targetOf(move));
}

function targetOf(move: Move): Omit<Relation, 'evidence'> {
  const relation = { ...relationOf(move.relation, []), subjectId: move.subjectId, objectId: move.objectId };
  const key = relationEdgeId(relation);
  return { ...relation, id: `Relation:${createHash('sha256').update(key).digest('hex').slice(0, 32)}` };
}

/** Edge id of each target → its relation id. Relations of an entity to itself have none. */
async function upsertTargets(tx: Db, moves: readonly Move[]): Promise<Map<string, string>> {
  const wanted = new Map<string, Omit<Relation, 'evidence'>>();
  for (const move of moves) {
    if (move.subjectId === move.objectId) continue;
    const target = targetOf(move);
    const known = wanted.get(relationEdgeId(target));
    const confidence = Math.max(known?.confidence ?? 0, target.confidence);
    wanted.set(relationEdgeId(target), { ...target, confidence });
  }
  const rows = await tx.query<Tables['relation']>(
    `INSERT INTO relation (id, subject_id, predicate, object_id, type, confidence)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[])
     ON CONFLICT (tenant, subject_id, type, object_id, predicate)
       DO UPDATE SET confidence = greatest(relation.confidence, excluded.confidence)
     RETURNING *`,
    columns(
      [...wanted.values()],
      (r) => r.id,
      (r) => r.subjectId,
      (r) => r.predicate,
      (r) => r.objectId,
      (r) => r.type,
      (r) => r.confidence,
    ),
  );
  return new Map(rows.map((row) => [relationEdgeId(relationOf(row, [])), row.id]));
}
