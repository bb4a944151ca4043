import { randomUUID } from 'node:crypto';
import type { Entity } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import { insertMerges } from './asset-rows.ts';
import type { Db } from './db.ts';
import { deleteEntityRows, replaceEntity } from './entity-rows.ts';
import { aboutEdge } from './conversation-graph.ts';
import { readEntities, readMentions } from './look-ups.ts';
import { enqueueChanges } from './outbox.ts';
import { entityNode, mentionEdges, relationEdgeId, upsertEdge, upsertNode } from './projection.ts';
import { relationEdges } from './relation-rows.ts';
import { rewireRelations } from './rewire.ts';
import { relationOf } from './rows.ts';
import type { Tables } from './tables.ts';
import { removeVectors } from './vector-rows.ts';

/** Joins entities into one, in the caller's transaction. NOT_FOUND. */
export async function mergeEntityRows(tx: Db, intoId: string, fromIds: readonly string[]): Promise<Entity> {
  const others = [...new Set(fromIds)].filter((id) => id !== intoId);
  await tx.query('SELECT FROM entity WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE', [[intoId, ...others]]);
  const [into, ...from] = await requireEntities(tx, [intoId, ...others]);
  if (!into || from.length === 0) return into ?? notFound(intoId);

  const moved = await tx.query<{ segment_id: string }>(
    'UPDATE mention SET entity_id = $1 WHERE entity_id = ANY($2::text[]) RETURNING segment_id',
    [intoId, others],
  );
  const relations = await tx.query<Tables['relation']>(
    'SELECT * FROM relation WHERE subject_id = ANY($1::text[]) OR object_id = ANY($1::text[]) ORDER BY id',
    [others],
  );
  const renamed = (id: string): string => (others.includes(id) ? intoId : id);
  // A lexicon's relation has no evidence: rewiring deletes the old row all the same.
  const rewired = await rewireRelations(
    tx,
    relations.map((relation) => ({
      relation,
      subjectId: renamed(relation.subject_id),
      objectId: renamed(relation.object_id),
    })),
  );
  const aliases = new Set([into.aliases, ...from.map((one) => [one.name, ...one.aliases])].flat());
  aliases.delete(into.name);
  const joined: Entity = { ...into, aliases: [...aliases].toSorted() };
  await deleteEntityRows(tx, others);
  await replaceEntity(tx, joined);
  await removeVectors(tx, others);
  await recordMerges(tx, intoId, from);
  const turns = await moveTurns(tx, intoId, others);

  const segments = [...new Set(moved.map((row) => row.segment_id))];
  const mentions = [...(await readMentions(tx, segments)).values()].flat();
  await enqueueChanges(tx, [
    [
      ...others.map((id) => ({ op: 'deleteNode', id }) as const),
      ...rewired.gone.map((row) => ({ op: 'deleteEdge', id: relationEdgeId(relationOf(row, [])) }) as const),
      upsertNode(entityNode(joined)),
      ...mentionEdges(mentions.filter((mention) => mention.entityId === intoId)).map(upsertEdge),
      ...(await relationEdges(tx, rewired.touched)).map(upsertEdge),
      ...turns.map((turn) => upsertEdge(aboutEdge(turn, intoId))),
    ],
  ]);
  return joined;
}

/** Turns that spoke of the others speak of the one. Gives their ids. */
async function moveTurns(tx: Db, intoId: string, others: readonly string[]): Promise<string[]> {
  const moved = await tx.query<{ turn_id: string }>(
    'DELETE FROM turn_about WHERE node_id = ANY($1::text[]) RETURNING turn_id',
    [others],
  );
  const turns = [...new Set(moved.map((row) => row.turn_id))];
  await tx.query('INSERT INTO turn_about (turn_id, node_id) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING', [
    turns,
    intoId,
  ]);
  return turns;
}

async function recordMerges(tx: Db, intoId: string, from: readonly Entity[]): Promise<void> {
  await tx.query('UPDATE merge SET into_id = $1 WHERE into_id = ANY($2::text[])', [intoId, from.map((one) => one.id)]);
  await insertMerges(
    tx,
    from.map((one) => ({
      id: `Merge:${randomUUID()}`,
      intoId,
      fromId: one.id,
      fromName: one.name,
      reason: 'MANUAL',
      score: 1,
      createdAt: new Date().toISOString(),
    })),
  );
}

/** In the order asked. NOT_FOUND names the first unknown one. */
export async function requireEntities(tx: Db, ids: readonly string[]): Promise<Entity[]> {
  const entities = await readEntities(tx, ids);
  const known = new Set(entities.map((entity) => entity.id));
  const missing = ids.find((id) => !known.has(id));
  return missing === undefined ? entities : notFound(missing);
}

function notFound(id: string): never {
  throw new SensegraphError('NOT_FOUND', `There is no entity ${id}.`);
}
