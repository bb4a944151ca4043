import type { Mention } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { GraphChange } from '../../ports/graph-store.ts';
import type { AssetRecord } from '../../ports/ledger.ts';
import { insertAssets, insertMentions, insertMerges, insertReadings, insertSegments } from './asset-rows.ts';
import type { Db } from './db.ts';
import { upsertEntities } from './entity-rows.ts';
import { enqueueChanges } from './outbox.ts';
import {
  assetNode,
  entityNode,
  mentionEdges,
  relationEdgeId,
  segmentEdge,
  segmentNode,
  upsertEdge,
  upsertNode,
} from './projection.ts';
import { upsertRelations } from './relation-rows.ts';
import { copySentenceVectors } from './sentence-vectors.ts';
import { spaceRow, writeVectors } from './vector-rows.ts';

/** Writes the records of assets that are not there yet, in the caller's transaction. Gives their asset ids. */
export async function commitRecords(tx: Db, records: readonly AssetRecord[]): Promise<string[]> {
  records.forEach(requireEntities);
  const byAsset = new Map(records.map((record) => [record.asset.id, record]));
  const added = await insertAssets(
    tx,
    Array.from(byAsset.values(), (record) => record.asset),
  );
  const fresh = [...byAsset.values()].filter((record) => added.has(record.asset.id)).map(withoutTwins);
  if (fresh.length === 0) return [];

  await insertSegments(
    tx,
    fresh.flatMap(({ asset, segments }) => segments.map((segment) => ({ segment, title: asset.title }))),
  );
  await insertReadings(
    tx,
    fresh.flatMap((record) => record.readings),
  );
  const changed = await upsertEntities(tx, fresh.flatMap(usedEntities));
  await insertMentions(
    tx,
    fresh.flatMap((record) => record.mentions),
  );
  const edges = await upsertRelations(
    tx,
    fresh.flatMap((record) => record.relations),
  );
  await insertMerges(
    tx,
    fresh.flatMap((record) => record.merges),
  );
  await writeAllVectors(tx, fresh);

  const nodes = new Map(changed.map((entity) => [entity.id, upsertNode(entityNode(entity))]));
  const relations = new Map(edges.map((edge) => [edge.id, upsertEdge(edge)]));
  await enqueueChanges(
    tx,
    fresh.map((record) => changesOf(record, nodes, relations)),
  );
  return fresh.map((record) => record.asset.id);
}

/** A mention given twice is one. */
function withoutTwins(record: AssetRecord): AssetRecord {
  const mentions = new Map<string, Mention>(record.mentions.map((mention) => [mention.id, mention]));
  return mentions.size === record.mentions.length ? record : { ...record, mentions: [...mentions.values()] };
}

/** An edge to an entity that the record doesn't bring could never be projected. */
function requireEntities(record: AssetRecord): void {
  const brought = new Set(record.entities.map((entity) => entity.id));
  for (const id of usedIds(record)) {
    if (!brought.has(id)) {
      throw new SensegraphError('BAD_INPUT', `${record.asset.id} names ${id}, which is not among its entities.`);
    }
  }
}

function usedIds(record: AssetRecord): Set<string> {
  const ids = new Set(record.mentions.map((mention) => mention.entityId));
  for (const relation of record.relations) ids.add(relation.subjectId).add(relation.objectId);
  return ids;
}

/** An entity that nothing names would be an orphan at once. */
function usedEntities(record: AssetRecord): AssetRecord['entities'] {
  const used = usedIds(record);
  return record.entities.filter((entity) => used.has(entity.id));
}

async function writeAllVectors(tx: Db, records: readonly AssetRecord[]): Promise<void> {
  const names = new Set(records.flatMap((record) => Object.keys(record.embeddings)));
  for (const name of names) {
    const embeddings = records.flatMap((record) => record.embeddings[name] ?? []);
    if (embeddings.length > 0) await writeVectors(tx, await spaceRow(tx, name), embeddings);
  }
  await copySentenceVectors(
    tx,
    records.flatMap(({ segments, sentenceVectors }) =>
      segments.flatMap(({ id, sentences }) => {
        const vectors = sentenceVectors.get(id);
        return vectors ? [[id, vectors, sentences.length] as const] : [];
      }),
    ),
  );
}

/** The record's graph changes, nodes before edges. What several records share is taken out of the maps by the first. */
function changesOf(
  record: AssetRecord,
  nodes: Map<string, GraphChange>,
  relations: Map<string, GraphChange>,
): GraphChange[] {
  const { asset, segments, mentions } = record;
  return [
    upsertNode(assetNode(asset)),
    ...segments.map((segment) => upsertNode(segmentNode(segment, asset.modality))),
    ...[...usedIds(record)].flatMap((id) => take(nodes, id)),
    ...segments.map((segment) => upsertEdge(segmentEdge(segment))),
    ...mentionEdges(mentions).map(upsertEdge),
    ...record.relations.flatMap((relation) => take(relations, relationEdgeId(relation))),
  ];
}

function take(from: Map<string, GraphChange>, key: string): GraphChange[] {
  const change = from.get(key);
  from.delete(key);
  return change ? [change] : [];
}
