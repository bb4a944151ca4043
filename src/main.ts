import pino, { type Logger } from 'pino';
import { CompromiseExtractor } from './adapters/compromise/extractor.ts';
import { FfmpegDecoder } from './adapters/ffmpeg/decoder.ts';
import { openRemoteReranker } from './adapters/remote/reranker.ts';
import { OpenAiCompatibleModel } from './adapters/language-model/openai-compatible.ts';
import { ModelPack } from './adapters/onnx/pack.ts';
import { openText } from './adapters/onnx/text.ts';
import { DEFAULT_TEXT_MODEL } from './adapters/onnx/text-spec.ts';
import { WordNet } from './adapters/wordnet/wordnet.ts';
import type { TenantStores } from './adapters/postgres/all-stores.ts';
import type { PgBossQueue } from './adapters/postgres/job-queue.ts';
import type { Application } from './application.ts';
import { Applications } from './applications.ts';
import { profileText } from './config-profile.ts';
import { packageVersion, type Config } from './config.ts';
import type { ApplicationDeps, WorkSettings } from './create-application.ts';
import { EncoderLoad } from './encoder-load.ts';
import { encoderSpaces } from './encode/image-text.ts';
import type { MigrateDeps } from './migrate-model.ts';
import { DecodeWorker } from './ingest/decode-worker.ts';
import { modelOf, openProfile } from './open-profile.ts';
import { openBytes, type Bytes } from './open-bytes.ts';
import { openStores, type Stores } from './open-stores.ts';
import type { Encoders } from './ports/encoders.ts';
import type { GraphAudit } from './ports/graph-audit.ts';
import type { BlobStore } from './ports/stores.ts';
import type { Tenants } from './ports/tenants.ts';
import { waitForStores, type Waiting } from './wait-for-stores.ts';

/** What the applications of all tenants are made of. */
export interface Parts extends ApplicationDeps {
  readonly audit: GraphAudit;
  readonly tenants: Tenants;
  readonly queues: Pick<PgBossQueue, 'onStranger'>;
  /** Another tenant's, with the same encoders. Its `closeAll` closes what is its alone. BAD_INPUT when there is none. */
  forTenant(name: string): Promise<Parts>;
}

/**
 * Chooses the adapters, the stores by open-stores.ts and open-bytes.ts: the only places that know them. Throws DATA_DIR_LOCKED when
 * another process has the directory, REMOTE_FAILED when a server or the bucket can't be reached, MODEL_MISSING when the text
 * model that the data is embedded by is not there.
 */
export async function openParts(config: Config, log: Logger = pino({ level: 'silent' })): Promise<Parts> {
  const bytes = await openBytes(config);
  const stores = await openStores(config, log).catch(closing(bytes));
  const packs: ModelPack[] = [];
  try {
    const serving = await stores.migration.servingText();
    // A text model of the profile serves as it is; what the passages were embedded by before is only known to the pack.
    const ofProfile = profileText(config.profile) !== undefined;
    const textModel = serving && !ofProfile ? await modelOf(serving, config) : (config.textModel ?? DEFAULT_TEXT_MODEL);
    const encoders = await openProfile(config, log, textModel);
    const asked = config.textModel !== undefined && config.textModel !== serving?.model && serving !== null;
    if (asked) log.warn({ serving: serving.model, asked: config.textModel }, ASKED_FOR_ANOTHER);
    const films = { decoder: new FfmpegDecoder(config.ffmpeg), limits: config };
    const decodeWorker = new DecodeWorker();
    // Nobody who checks an answer waits for what is being taken in.
    const documents = new DecodeWorker();
    const load = new EncoderLoad();
    const lexicon = new WordNet();
    const extractor = new CompromiseExtractor(lexicon);
    const opened = new Map<string, Encoders>([[textModel, encoders]]);
    const openTextModel = (id: string): Encoders => {
      let encodersWith = opened.get(id);
      if (!encodersWith) {
        const pack = new ModelPack({ ...config, log });
        packs.push(pack);
        encodersWith = { ...encoders, text: openText(pack, id) };
        opened.set(id, encodersWith);
      }
      return encodersWith;
    };
    // Models are loaded once for all tenants, also where some are embedded by another text model.
    const encodersOf = async ({ migration }: TenantStores): Promise<Encoders> => {
      const space = await migration.servingText();
      return space && !ofProfile ? openTextModel(await modelOf(space, config)) : encoders;
    };
    const partsOf = async (tenant: string, own: TenantStores): Promise<Parts> => {
      const ofTenant = await encodersOf(own);
      await own.migration.serveText(ofTenant.text.space);
      for (const space of encoderSpaces(ofTenant)) await own.vectors.ensureSpace(space);
      const { blobs, openUploads } = bytes.of(tenant);
      const uploads = await openUploads(own.db, log);
      return {
        ...own,
        tenant,
        config,
        version: packageVersion,
        log,
        encoders: ofTenant,
        openTextModel,
        extractor,
        uploads,
        blobs,
        decodeWorker,
        documents,
        load,
        limits: config,
        films,
        link: { extractor, lexicon, ledger: own.ledger, embedder: ofTenant.text },
        spanReader: encoders.spanReader,
        ...(config.reranker ? { reranker: openRemoteReranker(config.reranker) } : {}),
        ...(config.languageModel === 'embedded'
          ? { languageModel: encoders.languageModel }
          : config.languageModel
            ? { languageModel: new OpenAiCompatibleModel(config.languageModel) }
            : {}),
        tenants: stores.tenants,
        queues: stores.queues,
        ...(stores.connections ? { connections: stores.connections } : {}),
        forTenant: async (name) => partsOf(name, await stores.forTenant(name)),
        closeAll: () => uploads.close(),
      };
    };
    const parts = await partsOf(config.tenant, stores);
    return {
      ...parts,
      closeAll: async () => {
        await parts.closeAll();
        await decodeWorker.close();
        await documents.close();
        await films.decoder.close();
        await Promise.all([encoders, ...packs].map((one) => one.close()));
        bytes.close();
        await stores.close();
      },
    };
  } catch (error) {
    bytes.close();
    await stores.close();
    throw error;
  }
}

function closing(opened: { close(): void }): (error: unknown) => never {
  return (error) => {
    opened.close();
    throw error;
  };
}

const ASKED_FOR_ANOTHER =
  'This data directory is embedded by another text model than SENSEGRAPH_TEXT_MODEL, and answers with its own. To change it: sensegraph models migrate';

/** What a migration without a server needs: neither the text model that serves nor the queue. DATA_DIR_LOCKED as above. */
export async function openMigration(
  config: Config,
  log: Logger,
): Promise<MigrateDeps & { readonly to: Encoders; close(): Promise<void> }> {
  const bytes = await openBytes(config);
  const stores = await openStores(config, log).catch(closing(bytes));
  try {
    const serving = await stores.migration.servingText();
    const isNamed = config.textModel !== undefined || profileText(config.profile) !== undefined;
    const under = await stores.migration.progress();
    // Without a text model named, a migration to another goes on, or the one that serves stays; other spaces are filled.
    const text = under && under.from.name === serving?.name ? under.to : serving;
    const to = await openProfile(config, log, text && !isNamed ? await modelOf(text, config) : undefined);
    const decodeWorker = new DecodeWorker();
    const films = { decoder: new FfmpegDecoder(config.ffmpeg), limits: config };
    return {
      ...stores,
      blobs: bytes.of(config.tenant).blobs,
      decodeWorker,
      limits: config,
      films,
      log,
      to,
      close: async () => {
        await decodeWorker.close();
        await films.decoder.close();
        await to.close();
        bytes.close();
        await stores.close();
      },
    };
  } catch (error) {
    bytes.close();
    await stores.close();
    throw error;
  }
}

/** The stores and the bytes, those of the configuration's tenant at once, and no model. DATA_DIR_LOCKED, REMOTE_FAILED as above. */
export async function openTransfer(
  config: Config,
  log: Logger,
): Promise<Stores & { readonly bytes: Bytes; readonly blobs: BlobStore }> {
  const bytes = await openBytes(config);
  const stores = await openStores(config, log).catch(closing(bytes));
  const close = async (): Promise<void> => {
    await stores.close();
    bytes.close();
  };
  return { ...stores, bytes, blobs: bytes.of(config.tenant).blobs, close };
}

/** Opens a data directory, new or existing, and takes up work that a crash left: the applications of all tenants. */
export async function openApplications(
  config: Config,
  log?: Logger,
  options: Waiting & WorkSettings = {},
): Promise<Applications> {
  const open = async (): Promise<Applications> => {
    const parts = await openParts(config, log);
    try {
      return await Applications.open(parts, { ...options, isShared: config.stores.postgres !== undefined });
    } catch (error) {
      await parts.closeAll().catch(() => {}); // The first error is the one to tell.
      throw error;
    }
  };
  return waitForStores(open, log, options);
}

/** The application of the configuration's tenant. Closing it closes everything. */
export async function openSensegraph(
  config: Config,
  log?: Logger,
  options: Waiting & WorkSettings = {},
): Promise<Application> {
  const applications = await openApplications(config, log, options);
  return { ...applications.first, close: () => applications.close() };
}
