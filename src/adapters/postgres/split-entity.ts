import { randomUUID } from 'node:crypto';
import type { Entity, Mention } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import { normalName } from '../../link/blocking.ts';
import type { GraphChange } from '../../ports/graph-store.ts';
import type { Db } from './db.ts';
import { replaceEntity, upsertEntities } from './entity-rows.ts';
import { readEntities, readMentions } from './look-ups.ts';
import { requireEntities } from './merge-entities.ts';
import { deleteOrphans } from './orphans.ts';
import { enqueueChanges } from './outbox.ts';
import { entityNode, mentionEdgeId, mentionEdges, relationEdgeId, upsertEdge, upsertNode } from './projection.ts';
import { relationEdges } from './relation-rows.ts';
import { rewireRelations, type Move } from './rewire.ts';
import { mentionOf, relationOf } from './rows.ts';
import type { Tables } from './tables.ts';

/**
 * Takes mentions out of an entity into a new one, in the caller's transaction. Relations follow where their evidence
 * is in a sentence that now speaks of the new entity only. An entity left with nothing goes.
 */
export async function splitEntityRows(tx: Db, id: string, mentionIds: readonly string[]): Promise<Entity> {
  const ids = [...new Set(mentionIds)];
  if (ids.length === 0) throw new SensegraphError('BAD_INPUT', 'Name at least one mention to take out.');
  await tx.query('SELECT FROM entity WHERE id = $1 FOR UPDATE', [id]);
  const [old] = await requireEntities(tx, [id]);
  const mentions = (
    await tx.query<Tables['mention']>(
      'SELECT * FROM mention WHERE id = ANY($1::text[]) AND entity_id = $2 ORDER BY score DESC, id',
      [ids, id],
    )
  ).map(mentionOf);
  const found = new Set(mentions.map((mention) => mention.id));
  const stranger = ids.find((one) => !found.has(one));
  if (!old || stranger !== undefined) {
    throw new SensegraphError('NOT_FOUND', `${stranger} is not a mention of ${id}.`);
  }

  const made = await makeEntity(tx, old, mentions);
  await tx.query('UPDATE mention SET entity_id = $1 WHERE id = ANY($2::text[])', [made.id, ids]);
  const segments = [...new Set(mentions.map((mention) => mention.segmentId))];
  const there = [...(await readMentions(tx, segments)).values()].flat();
  const rewired = await rewireRelations(tx, await movesOf(tx, id, made.id, mentions, there));
  const kept = await dropStaleAliases(tx, old, made);
  const { entities: orphans } = await deleteOrphans(tx, [id]);

  const edges = mentionEdges(there.filter((mention) => mention.entityId === id || mention.entityId === made.id));
  const edgeIds = new Set(edges.map((edge) => edge.id));
  const stale = new Set(mentions.map(mentionEdgeId).filter((edge) => !edgeIds.has(edge)));
  const changes: GraphChange[] = [
    ...[...stale].map((edge) => ({ op: 'deleteEdge', id: edge }) as const),
    ...rewired.gone.map((row) => ({ op: 'deleteEdge', id: relationEdgeId(relationOf(row, [])) }) as const),
    ...orphans.map((orphan) => ({ op: 'deleteNode', id: orphan }) as const),
    upsertNode(entityNode(made)),
    ...(orphans.includes(id) ? [] : [upsertNode(entityNode(kept))]),
    ...edges.map(upsertEdge),
    ...(await relationEdges(tx, rewired.touched)).map(upsertEdge),
  ];
  await enqueueChanges(tx, [changes]);
  return made;
}

/** Named by the strongest mention's surface; gets its former id back where a merge recorded it. */
async function makeEntity(tx: Db, old: Entity, mentions: readonly Mention[]): Promise<Entity> {
  const [name = old.name, ...aliases] = new Set(mentions.map((mention) => mention.surface));
  const merges = await tx.query<Tables['merge']>(
    'SELECT * FROM merge WHERE into_id = $1 ORDER BY created_at DESC, id',
    [old.id],
  );
  const undone = merges.find((merge) => normalName(merge.from_name) === normalName(name));
  const free = undone && (await readEntities(tx, [undone.from_id])).length === 0;
  const entity: Entity = {
    id: undone && free ? undone.from_id : `Entity:${randomUUID().replaceAll('-', '')}`,
    kind: old.kind,
    name,
    aliases: aliases.toSorted(),
  };
  if (undone) await tx.query('DELETE FROM merge WHERE id = $1', [undone.id]);
  await upsertEntities(tx, [entity]);
  return entity;
}

/** Evidence of the old entity's relations, at sentences where only the new one is named now. */
async function movesOf(
  tx: Db,
  oldId: string,
  newId: string,
  taken: readonly Mention[],
  there: readonly Mention[],
): Promise<Move[]> {
  const stillOld = new Set(there.filter((mention) => mention.entityId === oldId).map(place));
  const nowNew = new Set(taken.map(place).filter((at) => !stillOld.has(at)));
  const rows = await tx.query<Tables['relation'] & { segment_id: string; sentence: number }>(
    `SELECT relation.*, segment_id, sentence FROM relation_evidence JOIN relation ON relation.id = relation_id
     WHERE segment_id = ANY($1::text[]) AND $2 IN (subject_id, object_id) ORDER BY relation.id`,
    [[...new Set(taken.map((mention) => mention.segmentId))], oldId],
  );
  const renamed = (id: string): string => (id === oldId ? newId : id);
  const evidence = rows.map((row) => ({ row, segmentId: row.segment_id, sentence: row.sentence }));
  const moving = evidence.filter((at) => nowNew.has(place(at)));
  return [...Map.groupBy(moving, ({ row }) => row.id).values()].flatMap((places) =>
    places.slice(0, 1).map(({ row }) => ({
      relation: row,
      subjectId: renamed(row.subject_id),
      objectId: renamed(row.object_id),
      places,
    })),
  );
}

function place(at: { readonly segmentId: string; readonly sentence: number }): string {
  return `${at.segmentId} ${at.sentence}`;
}

/** The old entity no longer goes by names that only the taken mentions had. */
async function dropStaleAliases(tx: Db, old: Entity, made: Entity): Promise<Entity> {
  const rows = await tx.query<{ surface: string }>('SELECT DISTINCT surface FROM mention WHERE entity_id = $1', [
    old.id,
  ]);
  const used = new Set(rows.map((row) => normalName(row.surface)));
  const taken = new Set([made.name, ...made.aliases].map(normalName));
  const stale = (alias: string): boolean => taken.has(normalName(alias)) && !used.has(normalName(alias));
  const kept: Entity = { ...old, aliases: old.aliases.filter((alias) => !stale(alias)) };
  await replaceEntity(tx, kept);
  return kept;
}
