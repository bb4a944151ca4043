import type {
  Answer,
  Asset,
  Embedding,
  Entity,
  Job,
  Mention,
  MentionMethod,
  Merge,
  Modality,
  Page,
  Reading,
  Relation,
  Segment,
  UserError,
} from '../domain.ts';

/** Everything one asset brings, committed in one transaction together with its outbox rows. */
export interface AssetRecord {
  readonly asset: Asset;
  readonly segments: readonly Segment[];
  readonly readings: readonly Reading[];
  /** By space name. */
  readonly embeddings: Readonly<Record<string, readonly Embedding[]>>;
  /** Sentence vectors of text segments: [sentences × dimension], unit norm, int8-quantised by the store. */
  readonly sentenceVectors: ReadonlyMap<string, Float32Array>;
  /** Every entity its mentions and relations name, new or known; upserted by id (aliases are united). */
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
  readonly relations: readonly Relation[];
  readonly merges: readonly Merge[];
}

export interface EntityCandidate {
  readonly entity: Entity;
  /** Normalised name or alias that matched. */
  readonly normal: string;
}

export interface DeleteResult {
  readonly segments: number;
  readonly mentions: number;
  readonly entities: number;
  readonly relations: number;
  readonly blobKey: string;
}

export interface LexicalHit {
  readonly segmentId: string;
  readonly score: number;
}

export interface IngestItemState {
  readonly jobId: string;
  readonly ordinal: number;
  readonly state: 'QUEUED' | 'DONE' | 'FAILED';
  readonly assetId?: string;
  readonly error?: UserError;
}

/** A queued item: bytes are already in the blob store. */
export interface IngestItem {
  readonly ordinal: number;
  readonly blobKey: string;
  readonly byteSize: number;
  readonly fileName: string;
  readonly title?: string;
  readonly mediaType?: string;
}

/** The durable truth: everything else (graph, indexes) can be rebuilt from it. */
export interface Ledger {
  // ── writing ──
  /** All records in one transaction, with the graph changes they mean in the outbox. An asset already there is left as it is (idempotent). Returns the ids that were new. */
  commit(records: readonly AssetRecord[]): Promise<string[]>;
  /** Segments, readings, vectors, mentions, evidence, now-orphaned relations and entities; the graph follows by the outbox. Null when unknown. */
  deleteAsset(id: string): Promise<DeleteResult | null>;
  /** Joins `fromIds` into `intoId` (mentions, relations and aliases move), recorded as MANUAL merges. NOT_FOUND for unknown ids. */
  mergeEntities(intoId: string, fromIds: readonly string[]): Promise<Entity>;
  /** Takes mentions out of an entity into a new one named by their surface. NOT_FOUND when a mention is not the entity's. */
  splitEntity(id: string, mentionIds: readonly string[]): Promise<Entity>;
  saveAnswer(answer: Answer): Promise<void>;

  // ── reading ──
  asset(id: string): Promise<Asset | null>;
  /** Same order as asked, unknown left out (also for the other plural look-ups). */
  assetsById(ids: readonly string[]): Promise<Asset[]>;
  assets(options: { first: number; after?: string; modalities?: readonly Modality[] }): Promise<Page<Asset>>;
  segmentsById(ids: readonly string[]): Promise<Segment[]>;
  segmentsOf(assetId: string, options?: { first?: number; after?: string }): Promise<Page<Segment>>;
  readingsOf(segmentIds: readonly string[]): Promise<Map<string, Reading[]>>;
  mentionsOf(segmentIds: readonly string[]): Promise<Map<string, Mention[]>>;
  /** Mentions of an entity, strongest first. */
  mentionsOfEntity(
    entityId: string,
    options: { first: number; after?: string; methods?: readonly MentionMethod[] },
  ): Promise<Page<Mention>>;
  entitiesById(ids: readonly string[]): Promise<Entity[]>;
  /** By a part of the name, best match first; all when `search` is absent. */
  entities(options: {
    search?: string;
    kinds?: readonly string[];
    first: number;
    after?: string;
  }): Promise<Page<Entity>>;
  /** Exact normalised names and aliases → entities (several for homonyms). */
  entitiesByName(normals: readonly string[]): Promise<Map<string, Entity[]>>;
  /** Entities that share a block key (see link/blocking.ts) with any of `blocks`, at most `limit` a key. */
  entitiesByBlock(blocks: readonly string[], limit?: number): Promise<EntityCandidate[]>;
  relationsById(ids: readonly string[]): Promise<Relation[]>;
  mergesOf(entityId: string): Promise<Merge[]>;
  /** BM25 over English-stemmed words of title and text. Best first. */
  searchText(words: string, limit: number, options?: { modalities?: readonly Modality[] }): Promise<LexicalHit[]>;
  /** Dequantised sentence vectors [sentences × dimension]. */
  sentenceVectors(segmentIds: readonly string[]): Promise<Map<string, Float32Array>>;
  answer(id: string): Promise<Answer | null>;
  counts(): Promise<
    Record<'assets' | 'segments' | 'readings' | 'entities' | 'mentions' | 'relations' | 'outbox', number>
  >;

  // ── jobs ──
  createJob(items: readonly IngestItem[], rejected: readonly { ordinal: number; error: UserError }[]): Promise<Job>;
  job(id: string): Promise<Job | null>;
  jobItems(id: string): Promise<IngestItemState[]>;
  /** Items of the job still QUEUED among these ordinals. */
  queuedItems(jobId: string, ordinals: readonly number[]): Promise<IngestItem[]>;
  /** Marks items and gives the job as it stands; the job completes with its last item. */
  finishItems(jobId: string, items: readonly { ordinal: number; assetId?: string; error?: UserError }[]): Promise<Job>;
  cancelJob(id: string): Promise<Job | null>;
  /** Jobs that have queued items (for resuming after a crash), oldest first. */
  unfinishedJobs(): Promise<Job[]>;
  /** Jobs that wait or run, and their items that are not done. */
  jobCounts(): Promise<{ readonly queued: number; readonly running: number; readonly items: number }>;
}

/** How far the graph is behind the ledger. */
export interface ProjectionState {
  /** Outbox rows that wait, and how long the oldest of them has. */
  readonly pending: number;
  readonly lagSeconds: number;
  /** Rows that the graph refused, put aside. */
  readonly parked: number;
}

/** A change that the graph refused, put aside. */
export interface ParkedChange {
  readonly id: string;
  readonly reason: string;
  /** When it was written, and when it was put aside. */
  readonly enqueuedAt: string;
  readonly parkedAt: string;
}

/** Applies outbox rows to the graph, in order, until none is left. Idempotent; a failure leaves the rows for the next call. */
export interface Projector {
  project(): Promise<number>;
  state(): Promise<ProjectionState>;
  /** Oldest first, at most `limit`. */
  parked(limit: number): Promise<ParkedChange[]>;
}
