import type { Embedding, Relation } from '../../domain.ts';
import type { AssetRecord } from '../../ports/ledger.ts';
import { vectorOf } from './binary-copy.ts';
import type { Db } from './db.ts';
import { readEntities, readMentions, readReadings, SEGMENT_COLUMNS } from './look-ups.ts';
import { relationOf, segmentOf } from './rows.ts';
import { readSentenceVectors } from './sentence-vectors.ts';
import type { Tables } from './tables.ts';
import { bothTables, type SpaceRow } from './vector-rows.ts';

/** All that these assets brought, as an export holds it (see `LedgerTransfer.records`). Call it within one moment of the ledger. */
export async function readRecords(
  tx: Db,
  assets: readonly AssetRecord['asset'][],
  vectors: boolean,
): Promise<AssetRecord[]> {
  const segments = (
    await tx.query<Tables['segment']>(
      `SELECT ${SEGMENT_COLUMNS} FROM segment WHERE asset_id = ANY($1::text[]) ORDER BY asset_id, ordinal`,
      [assets.map(({ id }) => id)],
    )
  ).map(segmentOf);
  const ids = segments.map(({ id }) => id);
  const readings = await readReadings(tx, ids);
  const mentions = await readMentions(tx, ids);
  const supported = await readSupported(tx, ids);
  const spaces = vectors ? await tx.query<SpaceRow>(`SELECT * FROM space WHERE state = 'serving' ORDER BY number`) : [];
  const sentences = vectors ? await readSentenceVectors(tx, ids) : new Map<string, Float32Array>();
  const named = new Set([...mentions.values()].flat().map((one) => one.entityId));
  for (const { subjectId, objectId } of [...supported.values()].flat()) named.add(subjectId).add(objectId);
  const bare = await readBare(tx, named);
  const entities = await readEntities(tx, [...named]);
  const embeddings = await readEmbeddings(tx, spaces, [...ids, ...entities.map(({ id }) => id)]);
  const entityById = new Map(entities.map((entity) => [entity.id, entity]));
  const segmentsOf = Map.groupBy(segments, (segment) => segment.assetId);
  return assets.map((asset): AssetRecord => {
    const own = segmentsOf.get(asset.id) ?? [];
    const owned = own.map(({ id }) => id);
    const its = owned.flatMap((id) => mentions.get(id) ?? []);
    const relations = joined(owned.flatMap((id) => supported.get(id) ?? []));
    const used = new Set(its.map((one) => one.entityId));
    for (const { subjectId, objectId } of relations) used.add(subjectId).add(objectId);
    const lexical = reach(used, bare);
    return {
      asset,
      segments: own,
      readings: owned.flatMap((id) => readings.get(id) ?? []),
      embeddings: pick(embeddings, [...owned, ...used]),
      sentenceVectors: new Map(owned.flatMap((id) => entry(id, sentences.get(id)))),
      entities: [...used].toSorted().flatMap((id) => entityById.get(id) ?? []),
      mentions: its,
      relations: [...relations, ...lexical],
      merges: [],
    };
  });
}

/** Segment id → relations by their evidence there. */
async function readSupported(tx: Db, segments: readonly string[]): Promise<Map<string, Relation[]>> {
  const evidence = await tx.query<Tables['relation_evidence']>(
    'SELECT * FROM relation_evidence WHERE segment_id = ANY($1::text[]) ORDER BY relation_id, segment_id, sentence',
    [segments],
  );
  const rows = await tx.query<Tables['relation']>('SELECT * FROM relation WHERE id = ANY($1::text[]) ORDER BY id', [
    [...new Set(evidence.map((one) => one.relation_id))],
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = new Map<string, Relation[]>();
  for (const [segment, places] of Map.groupBy(evidence, (one) => one.segment_id)) {
    const byRelation = Map.groupBy(places, (one) => one.relation_id);
    const relations = Array.from(byRelation, ([id, some]) => ({ row: byId.get(id), some }));
    found.set(
      segment,
      relations.flatMap(({ row, some }) => (row ? [relationOf(row, some)] : [])),
    );
  }
  return found;
}

/** One relation for all of its evidence in an asset. */
function joined(relations: readonly Relation[]): Relation[] {
  const byId = new Map<string, Relation>();
  for (const one of relations) {
    const known = byId.get(one.id);
    byId.set(one.id, known ? { ...known, evidence: [...known.evidence, ...one.evidence] } : one);
  }
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Relations without evidence (a lexicon's) by their subject, from these entities onwards; their objects join the entities. */
async function readBare(tx: Db, entities: Set<string>): Promise<Map<string, Relation[]>> {
  const found = new Map<string, Relation[]>();
  for (let open = [...entities]; open.length > 0;) {
    const rows = await tx.query<Tables['relation']>(
      `SELECT * FROM relation WHERE subject_id = ANY($1::text[])
         AND NOT EXISTS (SELECT FROM relation_evidence WHERE relation_id = relation.id) ORDER BY id`,
      [open],
    );
    for (const [subject, some] of Map.groupBy(rows, (row) => row.subject_id))
      found.set(
        subject,
        some.map((row) => relationOf(row, [])),
      );
    open = [...new Set(rows.map((row) => row.object_id))].filter((id) => !entities.has(id));
    for (const id of open) entities.add(id);
  }
  return found;
}

/** The same for one asset, out of those of all. */
function reach(entities: Set<string>, bare: ReadonlyMap<string, readonly Relation[]>): Relation[] {
  const found: Relation[] = [];
  // A set is walked on through what is added to it meanwhile.
  for (const id of entities)
    for (const relation of bare.get(id) ?? []) {
      found.push(relation);
      entities.add(relation.objectId);
    }
  return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

type BySpace = Map<string, Map<string, Float32Array>>;

async function readEmbeddings(tx: Db, spaces: readonly SpaceRow[], ids: readonly string[]): Promise<BySpace> {
  const found: BySpace = new Map();
  for (const space of spaces) {
    const rows = await tx.query<{ node_id: string; bytes: Uint8Array }>(
      bothTables(space, 'node_id, vector_send(vector) AS bytes', 'WHERE node_id = ANY($1::text[])'),
      [ids],
    );
    found.set(space.name, new Map(rows.map(({ node_id, bytes }) => [node_id, vectorOf(bytes)])));
  }
  return found;
}

function pick(all: BySpace, ids: readonly string[]): Record<string, Embedding[]> {
  return Object.fromEntries(
    Array.from(all, ([space, vectors]): [string, Embedding[]] => [
      space,
      ids.flatMap((nodeId) => entry(nodeId, vectors.get(nodeId)).map(([, vector]) => ({ nodeId, vector }))),
    ]).filter(([, some]) => some.length > 0),
  );
}

function entry<T>(id: string, value: T | undefined): [string, T][] {
  return value === undefined ? [] : [[id, value]];
}
