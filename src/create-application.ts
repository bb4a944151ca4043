import type { Logger } from 'pino';
import { KNOWLEDGE_EDGES, type EdgeType } from '../graph/ontology.ts';
import { requireAsset } from './asset-at-hand.ts';
import { answering } from './answering.ts';
import type { Application } from './application.ts';
import type { Config } from './config.ts';
import { Drawer } from './draw-asset.ts';
import { conversing } from './conversing.ts';
import { SensegraphError } from './errors.ts';
import { exploring } from './exploring.ts';
import { groundAsset } from './ground-asset.ts';
import { intake } from './ingest/intake.ts';
import { jobProgress } from './job-progress.ts';
import { measureStores } from './measures.ts';
import { runIngestJob, type PipelineDeps } from './pipeline.ts';
import { modelsOf, type Encoders } from './ports/encoders.ts';
import type { Conversations } from './ports/conversations.ts';
import type { Extractor } from './ports/extractor.ts';
import type { GraphStore } from './ports/graph-store.ts';
import type { LanguageModel } from './ports/language-model.ts';
import type { Reranker } from './ports/reranker.ts';
import type { SpanReader } from './ports/span-reader.ts';
import type { SpaceMigration } from './ports/space-migration.ts';
import type { ConnectionCounts, JobQueue, Uploads } from './ports/stores.ts';
import { DEFAULT_TENANT } from './ports/tenants.ts';
import type { VectorStore } from './ports/vector-store.ts';
import type { DocumentReader } from './reason/place-check.ts';
import { verifyAnswer } from './reason/verify.ts';
import { findPaths } from './retrieve/find-paths.ts';
import type { RetrieveDeps } from './retrieve/retrieve.ts';
import { ServingEncoders } from './serving-encoders.ts';
import { similarEntities } from './similar-entities.ts';
import { hearQuestion } from './hear-question.ts';
import { lookAtAsset } from './sight-of.ts';

const INGEST_QUEUE = 'ingest';
/** Items of one payload: short enough that a queue's time-out never meets a healthy one. */
const PAYLOAD_ITEMS = 256;
/** Jobs that nobody works at, though they were made, are looked for this often. */
const TAKE_UP_MS = 30_000;
export interface WorkSettings {
  /** Payloads (up to 256 items) taken in at once, at most; 0: this process only answers. Default 1. */
  readonly concurrency?: number;
}

export interface ApplicationDeps extends PipelineDeps {
  /** Whose application it is. */
  readonly tenant: string;
  readonly config: Config;
  readonly version: string;
  readonly graph: GraphStore;
  readonly conversations: Conversations;
  readonly vectors: VectorStore;
  readonly migration: SpaceMigration;
  /** The encoders with another text model of the pack. */
  readonly openTextModel: (id: string) => Encoders;
  readonly queue: JobQueue;
  readonly uploads: Uploads;
  /** Reads documents again for whoever checks an answer. */
  readonly documents: DocumentReader;
  /** Of a database server. */
  readonly connections?: () => ConnectionCounts;
  readonly extractor: Extractor;
  readonly languageModel?: LanguageModel | undefined;
  readonly spanReader?: SpanReader | undefined;
  readonly reranker?: Reranker | undefined;
  readonly log: Logger;
  /** Closes what the composition root opened, after the queue has stopped. */
  readonly closeAll: () => Promise<void>;
}

/** What is around a thing is what is known of it; around a turn, what it spoke of. */
function knownAround(of: readonly string[]): { types?: readonly EdgeType[] } {
  return of.some((id) => /^(?:Turn|Conversation):/.test(id)) ? {} : { types: KNOWLEDGE_EDGES };
}

/** Joins the stages into what the API and the CLI call, takes up unfinished jobs, and starts working. */
export async function createApplication(
  deps: ApplicationDeps,
  { concurrency = 1 }: WorkSettings = {},
): Promise<Application> {
  const { ledger, graph, projector, blobs, events, queue, load } = deps;
  const serving = new ServingEncoders(deps);
  const retrieveDeps = (encoders: Encoders): RetrieveDeps => ({
    ledger,
    graph,
    vectors: deps.vectors,
    encoders,
    extractor: deps.extractor,
    reranker: deps.reranker,
    spanReader: deps.spanReader,
  });

  const drawer = new Drawer(deps);
  const { ask, search } = answering({ ...deps, serving, retrieveDeps });

  await projector.project();
  for (const job of await ledger.unfinishedJobs()) await enqueue(job.id);
  if (concurrency > 0) await queue.work(INGEST_QUEUE, takeIn, { concurrency, hasRoom: () => !load.isFull });
  const takingUp = setInterval(() => {
    // Whoever made a job may have died, or lost the database, before it was queued. What is queued stays so once.
    takeUp().catch((error: unknown) => deps.log.warn({ err: error }, 'unfinished jobs could not be looked for'));
  }, TAKE_UP_MS).unref();

  async function takeIn(payload: object, signal: AbortSignal): Promise<void> {
    const { jobId, ordinals } = payload as { jobId: string; ordinals: number[] };
    await serving.ingest((encoders) => {
      const { text, voice } = encoders;
      const voices = voice ? { voices: { space: voice.space.name, ledger, vectors: deps.vectors } } : {};
      const link = { ...deps.link, embedder: text, ...voices };
      return runIngestJob(jobId, ordinals, { ...deps, encoders, link }, signal);
    });
  }

  /** Cut the same way each time, whatever is done already: the queue leaves out what it has. */
  async function enqueue(jobId: string): Promise<void> {
    const items = await ledger.jobItems(jobId);
    const payloads: { jobId: string; ordinals: number[] }[] = [];
    for (let i = 0; i < items.length; i += PAYLOAD_ITEMS) {
      const part = items.slice(i, i + PAYLOAD_ITEMS);
      if (part.some((item) => item.state === 'QUEUED'))
        payloads.push({ jobId, ordinals: part.map((item) => item.ordinal) });
    }
    await queue.send(
      INGEST_QUEUE,
      payloads,
      payloads.map(({ ordinals }) => ordinals.length),
    );
  }

  async function takeUp(): Promise<void> {
    const old = Date.now() - TAKE_UP_MS;
    for (const job of await ledger.unfinishedJobs()) if (Date.parse(job.createdAt) < old) await enqueue(job.id);
  }

  /** Key of bytes that a delete left, which was interrupted after the ledger's part of it; undefined where there are none. */
  async function bytesLeft(id: string): Promise<string | undefined> {
    const key = /^Asset:([0-9a-f]{64})$/.exec(id)?.[1];
    if (key === undefined || !(await blobs.has(key))) return undefined;
    for (const job of await ledger.unfinishedJobs()) {
      const ordinals = (await ledger.jobItems(job.id)).map((item) => item.ordinal);
      if ((await ledger.queuedItems(job.id, ordinals)).some((item) => item.blobKey === key)) return undefined;
    }
    return (await ledger.asset(id)) ? undefined : key;
  }

  async function afterChange<T>(result: T): Promise<T> {
    await projector.project();
    return result;
  }

  return {
    createUpload: async (input) => {
      const { id, token, expiresAt } = await deps.uploads.create(input);
      // Not among the others' uploads does the server look for it then.
      const place = deps.tenant === DEFAULT_TENANT ? id : `${deps.tenant}.${id}`;
      return { id, path: `/uploads/${place}?token=${token}`, expiresAt };
    },
    receiveUpload: (id, token, body) => deps.uploads.receive(id, token, body),
    hearQuestion: async (recording, signal) => {
      const { bytes } = 'bytes' in recording ? recording : await deps.uploads.take(recording.uploadId);
      return hearQuestion(bytes, (work) => serving.retrieve(work), deps, signal);
    },
    ingest: async (items) => {
      const result = await intake(items, { ledger, blobs, uploads: deps.uploads, limits: deps.limits });
      if (result.job) await enqueue(result.job.id);
      return result;
    },
    job: (id) => ledger.job(id),
    jobItems: (id) => ledger.jobItems(id),
    cancelJob: async (id) => {
      const job = await ledger.cancelJob(id);
      if (job) events.publish({ type: 'job', job });
      return job;
    },
    jobProgress: (id, signal) => jobProgress(id, { ledger, events }, signal),
    ask,
    search,
    ...exploring({ ledger, graph, serving, retrieveDeps }),
    ...conversing({ ...deps, ask, search }),
    answer: (id) => ledger.answer(id),
    verifyAnswer: async (id) => {
      const answer = await ledger.answer(id);
      if (!answer) throw new SensegraphError('NOT_FOUND', `There is no answer ${id}.`);
      return verifyAnswer(answer, { ledger, graph, blobs, documents: deps.documents });
    },
    ground: (assetId, phrase) =>
      serving.retrieve((encoders) => groundAsset(assetId, phrase, { ...deps, lexicon: deps.link.lexicon, encoders })),
    look: (input) => serving.retrieve((encoders) => lookAtAsset(input, encoders, deps)),
    asset: (id) => ledger.asset(id),
    assetsById: (ids) => ledger.assetsById(ids),
    assets: (options) => ledger.assets(options),
    segmentsById: (ids) => ledger.segmentsById(ids),
    segmentsOf: (assetId, options) => ledger.segmentsOf(assetId, options),
    readingsOf: (ids) => ledger.readingsOf(ids),
    mentionsOf: (ids) => ledger.mentionsOf(ids),
    mentionsOfEntity: (id, options) => ledger.mentionsOfEntity(id, options),
    entitiesById: (ids) => ledger.entitiesById(ids),
    entities: (options) => ledger.entities(options),
    mergesOf: (id) => ledger.mergesOf(id),
    relationsById: (ids) => ledger.relationsById(ids),
    neighbourhood: ({ of, hops, fanout, predicates }) =>
      graph.expand({ from: of, hops, fanout, ...(predicates ? { predicates } : {}), ...knownAround(of) }),
    similarEntities: (id, first) => similarEntities(id, first, { graph, ledger }),
    paths: (fromId, toId, maxHops) => findPaths(fromId, toId, maxHops, retrieveDeps(serving.current)),
    mergeEntities: async (intoId, fromIds) => afterChange(await ledger.mergeEntities(intoId, fromIds)),
    splitEntity: async (id, mentionIds) => afterChange(await ledger.splitEntity(id, mentionIds)),
    deleteAsset: async (id) => {
      const result = await ledger.deleteAsset(id);
      const key = result?.blobKey ?? (await bytesLeft(id));
      if (key !== undefined) await blobs.remove(key);
      return afterChange(result);
    },
    assetBytes: async (id) => {
      const { blobKey, mediaType } = await requireAsset(ledger, id);
      return { bytes: await blobs.get(blobKey), mediaType };
    },
    drawing: (id, boxes) => drawer.draw(id, boxes),
    thumbnail: (id) => drawer.thumbnail(id),
    assetFile: async (id) => {
      const { blobKey, byteSize, mediaType } = await requireAsset(ledger, id);
      return { byteSize, mediaType, read: (range) => blobs.read(blobKey, range) };
    },
    migrateModel: (textModel) => serving.migrate(textModel),
    warmUp: async () => {
      await serving.current.text.embed([{ text: 'ready' }], 'query');
    },
    health: async () => ({
      ok: true,
      version: deps.version,
      models: modelsOf(serving.current),
      counts: await ledger.counts(),
      migration: await deps.migration.progress(),
      projection: await projector.state(),
    }),
    parkedChanges: (first) => projector.parked(first),
    measures: () => measureStores({ ledger, projector, load, connections: deps.connections }),
    close: async () => {
      clearInterval(takingUp);
      await serving.close();
      await queue.stop();
      await deps.closeAll();
    },
  };
}
