import type { Answer, Asset, Entity, Job, Mention, Merge, Modality, Page, Reading, Relation } from '../../domain.ts';
import type { Segment, UserError } from '../../domain.ts';
import type {
  AssetRecord,
  DeleteResult,
  EntityCandidate,
  IngestItem,
  IngestItemState,
  Ledger,
  LexicalHit,
} from '../../ports/ledger.ts';
import { readAnswer, saveAnswer } from './answers.ts';
import { commitRecords } from './commit.ts';
import type { Db } from './db.ts';
import { deleteAssetRows } from './delete-asset.ts';
import { findByBlock, findByName, pageEntities, type EntityListOptions } from './entity-search.ts';
import * as jobs from './jobs.ts';
import { lockLedger } from './ledger-lock.ts';
import { searchLexically } from './lexical-search.ts';
import * as lookUps from './look-ups.ts';
import { mergeEntityRows } from './merge-entities.ts';
import { pageAssets, pageMentions, pageSegments } from './pages.ts';
import { readSentenceVectors } from './sentence-vectors.ts';
import { splitEntityRows } from './split-entity.ts';
import type { Upkeep } from './upkeep.ts';

type Counts = Awaited<ReturnType<Ledger['counts']>>;

/** The ledger in Postgres. Each write is one transaction; what it does is in the file of its name. */
export class PostgresLedger implements Ledger {
  readonly #db: Db;
  readonly #upkeep: Upkeep;

  constructor(db: Db, upkeep: Upkeep) {
    this.#db = db;
    this.#upkeep = upkeep;
  }

  commit(records: readonly AssetRecord[]): Promise<string[]> {
    return this.#write('shared', (tx) => commitRecords(tx, records));
  }

  deleteAsset(id: string): Promise<DeleteResult | null> {
    return this.#write('alone', (tx) => deleteAssetRows(tx, id));
  }

  mergeEntities(intoId: string, fromIds: readonly string[]): Promise<Entity> {
    return this.#write('alone', (tx) => mergeEntityRows(tx, intoId, fromIds));
  }

  splitEntity(id: string, mentionIds: readonly string[]): Promise<Entity> {
    return this.#write('alone', (tx) => splitEntityRows(tx, id, mentionIds));
  }

  saveAnswer(answer: Answer): Promise<void> {
    return this.#db.transaction((tx) => saveAnswer(tx, answer));
  }

  async asset(id: string): Promise<Asset | null> {
    return (await this.assetsById([id]))[0] ?? null;
  }

  assetsById(ids: readonly string[]): Promise<Asset[]> {
    return lookUps.readAssets(this.#db, ids);
  }

  assets(options: { first: number; after?: string; modalities?: readonly Modality[] }): Promise<Page<Asset>> {
    return pageAssets(this.#db, options);
  }

  segmentsById(ids: readonly string[]): Promise<Segment[]> {
    return lookUps.readSegments(this.#db, ids);
  }

  segmentsOf(assetId: string, options: { first?: number; after?: string } = {}): Promise<Page<Segment>> {
    return pageSegments(this.#db, assetId, options);
  }

  readingsOf(segmentIds: readonly string[]): Promise<Map<string, Reading[]>> {
    return lookUps.readReadings(this.#db, segmentIds);
  }

  mentionsOf(segmentIds: readonly string[]): Promise<Map<string, Mention[]>> {
    return lookUps.readMentions(this.#db, segmentIds);
  }

  mentionsOfEntity(entityId: string, options: Parameters<Ledger['mentionsOfEntity']>[1]): Promise<Page<Mention>> {
    return pageMentions(this.#db, entityId, options);
  }

  entitiesById(ids: readonly string[]): Promise<Entity[]> {
    return lookUps.readEntities(this.#db, ids);
  }

  entities(options: EntityListOptions): Promise<Page<Entity>> {
    return pageEntities(this.#db, options);
  }

  entitiesByName(normals: readonly string[]): Promise<Map<string, Entity[]>> {
    return findByName(this.#db, normals);
  }

  entitiesByBlock(blocks: readonly string[], limit = 100): Promise<EntityCandidate[]> {
    return findByBlock(this.#db, blocks, limit);
  }

  relationsById(ids: readonly string[]): Promise<Relation[]> {
    return lookUps.readRelations(this.#db, ids);
  }

  mergesOf(entityId: string): Promise<Merge[]> {
    return lookUps.readMerges(this.#db, entityId);
  }

  searchText(words: string, limit: number, options: { modalities?: readonly Modality[] } = {}): Promise<LexicalHit[]> {
    return searchLexically(this.#db, words, limit, options.modalities);
  }

  sentenceVectors(segmentIds: readonly string[]): Promise<Map<string, Float32Array>> {
    return readSentenceVectors(this.#db, segmentIds);
  }

  answer(id: string): Promise<Answer | null> {
    return readAnswer(this.#db, id);
  }

  async counts(): Promise<Counts> {
    const tables = { assets: 'asset', segments: 'segment', readings: 'reading', entities: 'entity' };
    const all = { ...tables, mentions: 'mention', relations: 'relation', outbox: 'outbox' };
    const select = Object.entries(all).map(([name, table]) => `(SELECT count(*)::int FROM ${table}) AS ${name}`);
    const [row] = await this.#db.query<Counts>(`SELECT ${select.join(', ')}`);
    return row ?? { assets: 0, segments: 0, readings: 0, entities: 0, mentions: 0, relations: 0, outbox: 0 };
  }

  createJob(items: readonly IngestItem[], rejected: readonly { ordinal: number; error: UserError }[]): Promise<Job> {
    return this.#db.transaction((tx) => jobs.createJob(tx, items, rejected));
  }

  job(id: string): Promise<Job | null> {
    return jobs.readJob(this.#db, id);
  }

  jobItems(id: string): Promise<IngestItemState[]> {
    return jobs.readJobItems(this.#db, id);
  }

  queuedItems(jobId: string, ordinals: readonly number[]): Promise<IngestItem[]> {
    return jobs.readQueuedItems(this.#db, jobId, ordinals);
  }

  finishItems(jobId: string, items: readonly { ordinal: number; assetId?: string; error?: UserError }[]): Promise<Job> {
    return this.#db.transaction((tx) => jobs.finishItems(tx, jobId, items));
  }

  cancelJob(id: string): Promise<Job | null> {
    return this.#db.transaction((tx) => jobs.cancelJob(tx, id));
  }

  unfinishedJobs(): Promise<Job[]> {
    return jobs.readUnfinishedJobs(this.#db);
  }

  jobCounts(): Promise<{ queued: number; running: number; items: number }> {
    return jobs.countJobs(this.#db);
  }

  async #write<T>(turn: 'shared' | 'alone', work: (tx: Db) => Promise<T>): Promise<T> {
    const result = await this.#db.transaction(async (tx) => {
      await lockLedger(tx, turn);
      return work(tx);
    });
    this.#upkeep.nudge();
    return result;
  }
}
