import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { FolderBlobStore } from './adapters/blob/folder.ts';
import { FolderUploads } from './adapters/blob/uploads.ts';
import { CompromiseExtractor } from './adapters/compromise/extractor.ts';
import { openHubEncoders } from './adapters/hub/open.ts';
import { OpenAiCompatibleModel } from './adapters/language-model/openai-compatible.ts';
import { ProcessEvents } from './adapters/memory/events.ts';
import { openEncoders } from './adapters/onnx/open.ts';
import { openEmbeddedStores } from './adapters/pglite/open.ts';
import { openRemoteEncoders } from './adapters/remote/open.ts';
import { WordNet } from './adapters/wordnet/wordnet.ts';
import type { Application } from './application.ts';
import { packageVersion, type Config } from './config.ts';
import { createApplication, type ApplicationDeps } from './create-application.ts';
import { encoderSpaces } from './encode/image-text.ts';
import { DecodeWorker } from './ingest/decode-worker.ts';
import type { Encoders } from './ports/encoders.ts';

/**
 * The encoders of the profile: those that it names, the rest from the embedded pack. Throws MODEL_MISSING, MODEL_CORRUPT
 * (hub) and REMOTE_FAILED (remote).
 */
export async function openProfile(config: Config, log: Logger): Promise<Encoders> {
  const { profile, modelsDir, device, threads } = config;
  const pack = openEncoders({ modelsDir, device, threads, log });
  if (profile.kind === 'hub') {
    const dir = profile.dir ?? join(config.dataDir, 'hub');
    return openHubEncoders({ ...profile, dir, device, threads, log }, pack);
  }
  return profile.kind === 'remote' ? openRemoteEncoders(profile, pack) : pack;
}

/** Chooses the adapters: the only place that knows them. Throws DATA_DIR_LOCKED when another process has the directory. */
export async function openParts(config: Config, log: Logger = pino({ level: 'silent' })): Promise<ApplicationDeps> {
  const stores = await openEmbeddedStores({ dataDir: config.dataDir, log });
  try {
    const encoders = await openProfile(config, log);
    for (const space of encoderSpaces(encoders)) await stores.vectors.ensureSpace(space);
    const uploads = await FolderUploads.open(join(config.dataDir, 'uploads'), config.maxUploadBytes);
    const lexicon = new WordNet();
    const extractor = new CompromiseExtractor(lexicon);
    return {
      ...stores,
      config,
      version: packageVersion,
      log,
      encoders,
      extractor,
      uploads,
      blobs: new FolderBlobStore(join(config.dataDir, 'blobs')),
      events: new ProcessEvents(),
      decodeWorker: new DecodeWorker(),
      limits: config,
      link: { extractor, lexicon, ledger: stores.ledger, embedder: encoders.text },
      ...(config.languageModel ? { languageModel: new OpenAiCompatibleModel(config.languageModel) } : {}),
      closeAll: async () => {
        await encoders.close();
        await uploads.close();
        await stores.close();
      },
    };
  } catch (error) {
    await stores.close();
    throw error;
  }
}

/** Opens a data directory, new or existing, and takes up work that a crash left. */
export async function openSensegraph(config: Config, log?: Logger): Promise<Application> {
  return createApplication(await openParts(config, log));
}
