import type {
  Answer,
  Asset,
  Box,
  Entity,
  Evidence,
  EvidencePath,
  Job,
  Mention,
  Merge,
  Modality,
  Page,
  Reading,
  Relation,
  Segment,
  Step,
  UserError,
} from './domain.ts';
import type { ConversationCalls } from './conversing.ts';
import type { Verification } from './reason/verify.ts';
import type { Exploring } from './exploring.ts';
import type { Looked, LookRequest } from './encode/look.ts';
import type { HeardQuestion, SpokenQuestion } from './hear-question.ts';
import type { DeleteResult, IngestItemState, ParkedChange, ProjectionState } from './ports/ledger.ts';
import type { Measure } from './measures.ts';
import type { GraphEdge, GraphNode } from './ports/graph-store.ts';
import type { ModelInfo } from './ports/encoders.ts';
import type { GroundedPhrase } from './ground-asset.ts';
import type { SimilarEntity } from './similar-entities.ts';
import type { MigrationProgress } from './ports/space-migration.ts';
import type { ByteRange } from './ports/stores.ts';

/** One thing to ingest. Exactly one of `text`, `uploadId`, `path` (CLI only) and `bytes` (in-process only). */
export interface IngestInput {
  readonly text?: string;
  readonly uploadId?: string;
  readonly path?: string;
  readonly bytes?: Uint8Array;
  readonly title?: string;
  readonly fileName?: string;
  readonly mediaType?: string;
}

export interface IngestItemResult {
  readonly ordinal: number;
  /** Known at once: it is the hash of the bytes. Absent when the item was refused. */
  readonly assetId?: string;
  /** True when these bytes were ingested before: nothing is done again. */
  readonly duplicate: boolean;
  readonly userErrors: readonly UserError[];
}

export interface UploadTicket {
  readonly id: string;
  /** Path on this server that takes one PUT, e.g. `/uploads/<id>?token=…`. */
  readonly path: string;
  readonly expiresAt: string;
}

export interface AskInput {
  readonly question: string;
  /** A picture, recording or text the question is about ("this picture"). */
  readonly assetId?: string;
  /** Given answers to choose among. */
  readonly choices?: readonly string[];
  /** Below this confidence it abstains, 0…1. Default from the configuration. */
  readonly minConfidence?: number;
  /** Chains of thought that the language model writes, 1…8; what most come to counts. Default from the configuration. */
  readonly samples?: number;
  readonly signal?: AbortSignal;
  /** Called with each step as it is ready. */
  readonly onStep?: (step: Step) => void;
}

export interface SearchInput {
  readonly query?: string;
  readonly assetId?: string;
  readonly modalities?: readonly Modality[];
  readonly first: number;
  readonly after?: string;
}

export interface Subgraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface AssetFile {
  readonly byteSize: number;
  readonly mediaType: string;
  read(range: ByteRange): Promise<AsyncIterable<Uint8Array>>;
}

/** What the product does, for every way in: GraphQL resolvers, CLI, tests and later MCP call these same functions. */
export interface Application extends Exploring, ConversationCalls {
  createUpload(input: { fileName: string; byteSize: number; mediaType?: string }): Promise<UploadTicket>;
  /** Stores the bytes of a one-time upload. UPLOAD_NOT_FOUND (also after use or expiry), TOO_LARGE, UPLOAD_INCOMPLETE. */
  receiveUpload(id: string, token: string, body: AsyncIterable<Uint8Array>): Promise<{ byteSize: number }>;
  /** The words of a recording that is a question; it is not ingested, and an upload is gone after. Codes of uploads and of hearQuestion. */
  hearQuestion(recording: SpokenQuestion, signal?: AbortSignal): Promise<HeardQuestion>;
  /** Checks each item and queues the good ones; `job` is null only when all were refused or known. */
  ingest(items: readonly IngestInput[]): Promise<{ job: Job | null; items: IngestItemResult[] }>;
  job(id: string): Promise<Job | null>;
  jobItems(id: string): Promise<IngestItemState[]>;
  cancelJob(id: string): Promise<Job | null>;
  /** The job as it is, then at each change until it ends. */
  jobProgress(id: string, signal: AbortSignal): AsyncIterable<Job>;

  ask(input: AskInput): Promise<Answer>;
  answer(id: string): Promise<Answer | null>;
  /** What of an answer still stands. NOT_FOUND. */
  verifyAnswer(id: string): Promise<Verification>;
  search(input: SearchInput): Promise<Page<Evidence>>;
  /** What a model says that looks at a picture and at nothing else. NOT_FOUND, BAD_INPUT where it is no picture. */
  look(input: LookRequest & { readonly assetId: string }): Promise<Looked>;

  /** Where a phrase is in a picture; null where nothing fits it. NOT_FOUND; BAD_INPUT where the asset is no picture; EMPTY, TOO_LONG of the phrase. */
  ground(assetId: string, phrase: string): Promise<GroundedPhrase | null>;

  asset(id: string): Promise<Asset | null>;
  assetsById(ids: readonly string[]): Promise<Asset[]>;
  assets(options: { first: number; after?: string; modalities?: readonly Modality[] }): Promise<Page<Asset>>;
  segmentsById(ids: readonly string[]): Promise<Segment[]>;
  segmentsOf(assetId: string, options: { first: number; after?: string }): Promise<Page<Segment>>;
  readingsOf(segmentIds: readonly string[]): Promise<Map<string, Reading[]>>;
  mentionsOf(segmentIds: readonly string[]): Promise<Map<string, Mention[]>>;
  mentionsOfEntity(entityId: string, options: { first: number; after?: string }): Promise<Page<Mention>>;
  entitiesById(ids: readonly string[]): Promise<Entity[]>;
  entities(options: {
    search?: string;
    kinds?: readonly string[];
    first: number;
    after?: string;
  }): Promise<Page<Entity>>;
  mergesOf(entityId: string): Promise<Merge[]>;
  relationsById(ids: readonly string[]): Promise<Relation[]>;
  neighbourhood(options: {
    of: readonly string[];
    hops: number;
    fanout: number;
    predicates?: readonly string[];
  }): Promise<Subgraph>;
  /** Entities in the same passages and of the same relations, most alike first. NOT_FOUND. */
  similarEntities(id: string, first: number): Promise<SimilarEntity[]>;
  paths(fromId: string, toId: string, maxHops: number): Promise<EvidencePath[]>;
  mergeEntities(intoId: string, fromIds: readonly string[]): Promise<Entity>;
  splitEntity(id: string, mentionIds: readonly string[]): Promise<Entity>;
  deleteAsset(id: string): Promise<DeleteResult | null>;
  /** The asset's bytes, whole. NOT_FOUND. */
  assetBytes(id: string): Promise<{ bytes: Uint8Array; mediaType: string }>;
  /**
   * The picture as PNG with boxes drawn on it, numbered from 1, in pixels of the original. NOT_FOUND, BAD_INPUT (no picture; none
   * or more than 20 boxes), OVERLOADED.
   */
  drawing(assetId: string, boxes: readonly Box[]): Promise<Uint8Array>;
  /** A picture as JPEG of at most 256 pixels on its longer side. As `drawing` throws. */
  thumbnail(assetId: string): Promise<Uint8Array>;
  /** The asset's bytes to be read in parts: `read` reads no more than its part. NOT_FOUND. */
  assetFile(id: string): Promise<AssetFile>;
  /**
   * Embeds everything by another text model of the pack while the old one answers, then changes over. Closing stops it; the next call goes
   * on. MODEL_MISSING, MODEL_CORRUPT before anything is begun.
   */
  migrateModel(textModel: string): Promise<void>;
  /** Loads the model that every question needs. */
  warmUp(): Promise<void>;
  health(): Promise<{
    ok: boolean;
    version: string;
    models: ModelInfo[];
    counts: Record<string, number>;
    /** Null when none is under way. */
    migration: MigrationProgress | null;
    projection: ProjectionState;
  }>;
  /** Changes that the graph refused, oldest first, at most `first`. */
  parkedChanges(first: number): Promise<ParkedChange[]>;
  /** Figures for whoever watches the server. */
  measures(): Promise<Measure[]>;
  close(): Promise<void>;
}
