import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { FolderBlobStore } from './adapters/blob/folder.ts';
import { FolderUploads } from './adapters/blob/uploads.ts';
import { CompromiseExtractor } from './adapters/compromise/extractor.ts';
import { FfmpegDecoder } from './adapters/ffmpeg/decoder.ts';
import { openHubEncoders } from './adapters/hub/open.ts';
import { OpenAiCompatibleModel } from './adapters/language-model/openai-compatible.ts';
import { openEncoders, type PackEncoders } from './adapters/onnx/open.ts';
import { ModelPack } from './adapters/onnx/pack.ts';
import { openText } from './adapters/onnx/text.ts';
import { requireModel } from './adapters/onnx/lock.ts';
import { DEFAULT_TEXT_MODEL, readTextModel, textSpace } from './adapters/onnx/text-spec.ts';
import { openRemoteEncoders } from './adapters/remote/open.ts';
import { WordNet } from './adapters/wordnet/wordnet.ts';
import type { Application } from './application.ts';
import { profileText } from './config-profile.ts';
import { packageVersion, type Config } from './config.ts';
import { createApplication, type ApplicationDeps, type WorkSettings } from './create-application.ts';
import { encoderSpaces } from './encode/image-text.ts';
import type { Space } from './domain.ts';
import { asSensegraphError, SensegraphError } from './errors.ts';
import type { MigrateDeps } from './migrate-model.ts';
import { DecodeWorker } from './ingest/decode-worker.ts';
import { openStores } from './open-stores.ts';
import type { Encoders } from './ports/encoders.ts';
import type { GraphAudit } from './ports/graph-audit.ts';
import { waitForStores, type Waiting } from './wait-for-stores.ts';

/**
 * The encoders of the profile: those that it names, the rest from the embedded pack. Throws MODEL_MISSING, MODEL_CORRUPT
 * (hub) and REMOTE_FAILED (remote).
 */
export async function openProfile(
  config: Config,
  log: Logger,
  textModel = config.textModel ?? DEFAULT_TEXT_MODEL,
): Promise<PackEncoders> {
  const { profile, modelsDir, device, threads, captions } = config;
  const pack = openEncoders({ modelsDir, device, threads, log, textModel });
  const { languageModel } = pack;
  if (profile.kind === 'hub') {
    const dir = profile.dir ?? join(config.dataDir, 'hub');
    return { ...(await openHubEncoders({ ...profile, dir, device, threads, log }, pack)), captions, languageModel };
  }
  return { ...(profile.kind === 'remote' ? await openRemoteEncoders(profile, pack) : pack), captions, languageModel };
}

/**
 * Chooses the adapters, the stores by open-stores.ts: the only place that knows them. Throws DATA_DIR_LOCKED when
 * another process has the directory, REMOTE_FAILED when a database server can't be reached, MODEL_MISSING when the text
 * model that the data is embedded by is not there.
 */
export async function openParts(
  config: Config,
  log: Logger = pino({ level: 'silent' }),
): Promise<ApplicationDeps & { readonly audit: GraphAudit }> {
  const stores = await openStores(config, log);
  const packs: ModelPack[] = [];
  try {
    const serving = await stores.migration.servingText();
    // A text model of the profile serves as it is; what the passages were embedded by before is only known to the pack.
    const ofProfile = profileText(config.profile) !== undefined;
    const textModel = serving && !ofProfile ? await modelOf(serving, config) : (config.textModel ?? DEFAULT_TEXT_MODEL);
    const encoders = await openProfile(config, log, textModel);
    await stores.migration.serveText(encoders.text.space);
    for (const space of encoderSpaces(encoders)) await stores.vectors.ensureSpace(space);
    const asked = config.textModel !== undefined && config.textModel !== serving?.model && serving !== null;
    if (asked) log.warn({ serving: serving.model, asked: config.textModel }, ASKED_FOR_ANOTHER);
    const films = { decoder: new FfmpegDecoder(config.ffmpeg), limits: config };
    const folder = join(config.dataDir, 'uploads');
    const uploads = config.stores.postgres
      ? await FolderUploads.openBeside(folder, config.maxUploadBytes)
      : await FolderUploads.open(folder, config.maxUploadBytes);
    const lexicon = new WordNet();
    const extractor = new CompromiseExtractor(lexicon);
    return {
      ...stores,
      config,
      version: packageVersion,
      log,
      encoders,
      openTextModel: (id) => {
        const pack = new ModelPack({ ...config, log });
        packs.push(pack);
        return { ...encoders, text: openText(pack, id) };
      },
      extractor,
      uploads,
      blobs: new FolderBlobStore(join(config.dataDir, 'blobs')),
      decodeWorker: new DecodeWorker(),
      limits: config,
      films,
      link: { extractor, lexicon, ledger: stores.ledger, embedder: encoders.text },
      ...(config.languageModel === 'embedded'
        ? { languageModel: encoders.languageModel }
        : config.languageModel
          ? { languageModel: new OpenAiCompatibleModel(config.languageModel) }
          : {}),
      closeAll: async () => {
        await films.decoder.close();
        await Promise.all([encoders, ...packs].map((one) => one.close()));
        await uploads.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

const ASKED_FOR_ANOTHER =
  'This data directory is embedded by another text model than SENSEGRAPH_TEXT_MODEL, and answers with its own. To change it: sensegraph models migrate';

/** The pack's model whose vectors the space holds. MODEL_MISSING when the pack has it no more, or in another version. */
async function modelOf(space: Space, { modelsDir }: Config): Promise<string> {
  try {
    const found = textSpace(readTextModel(modelsDir, space.model));
    if (found.version !== space.version || found.dimension !== space.dimension)
      throw new SensegraphError(
        'MODEL_MISSING',
        `${modelsDir} has ${found.model} ${found.version} (${found.dimension}).`,
      );
    await requireModel(modelsDir, space.model);
    return space.model;
  } catch (cause) {
    const { message } = asSensegraphError(cause);
    throw new SensegraphError(
      'MODEL_MISSING',
      `This data directory is embedded by ${space.model} ${space.version} (${space.dimension} dimensions), which is not there: ${message} ` +
        'Put that model back into SENSEGRAPH_MODELS, or embed everything anew: sensegraph models migrate --to MODEL',
      { cause },
    );
  }
}

/** What a migration without a server needs: neither the text model that serves nor the queue. DATA_DIR_LOCKED as above. */
export async function openMigration(
  config: Config,
  log: Logger,
): Promise<MigrateDeps & { readonly to: Encoders; close(): Promise<void> }> {
  const stores = await openStores(config, log);
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
      blobs: new FolderBlobStore(join(config.dataDir, 'blobs')),
      decodeWorker,
      limits: config,
      films,
      log,
      to,
      close: async () => {
        await decodeWorker.close();
        await films.decoder.close();
        await to.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** Opens a data directory, new or existing, and takes up work that a crash left. */
export async function openSensegraph(
  config: Config,
  log?: Logger,
  options: Waiting & WorkSettings = {},
): Promise<Application> {
  const open = async (): Promise<Application> => {
    const parts = await openParts(config, log);
    try {
      return await createApplication(parts, options);
    } catch (error) {
      await parts.closeAll().catch(() => {}); // The first error is the one to tell.
      throw error;
    }
  };
  return waitForStores(open, log, options);
}
