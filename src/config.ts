import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { profileEnvironment, readProfile, type ProfileConfig } from './config-profile.ts';
import { readStores, storesEnvironment, type StoresConfig } from './config-stores.ts';
import { SensegraphError } from './errors.ts';

/** Folder of this package: the nearest parent with its package.json, from source or from dist. */
export const packageRoot: string = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** Version of this package. */
export const packageVersion: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))).version;

/** Chains of thought for one answer. */
export const MOST_SAMPLES = 8;

const Environment = z.object({
  SENSEGRAPH_DATA: z.string().default('.sensegraph'),
  SENSEGRAPH_MODELS: z.string().default(join(packageRoot, 'models')),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  /** `cpu`, `cuda` (needs the CUDA build of onnxruntime-node) or `auto`. */
  SENSEGRAPH_DEVICE: z.enum(['auto', 'cpu', 'cuda']).default('cpu'),
  /** Threads of one encoder session; 0 = as many as there are cores. */
  SENSEGRAPH_THREADS: z.coerce.number().int().min(0).max(256).default(0),
  SENSEGRAPH_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(256 * 1024 * 1024),
  SENSEGRAPH_MAX_PIXELS: z.coerce.number().int().positive().default(50_000_000),
  SENSEGRAPH_MAX_AUDIO_SECONDS: z.coerce
    .number()
    .positive()
    .default(4 * 3600),
  /** Path or name of ffmpeg; ffprobe lies beside it. */
  SENSEGRAPH_FFMPEG: z.string().min(1).default('ffmpeg'),
  SENSEGRAPH_MAX_FILM_SECONDS: z.coerce
    .number()
    .positive()
    .default(2 * 3600),
  SENSEGRAPH_MAX_SHOTS: z.coerce.number().int().min(1).max(5000).default(300),
  /** Below this confidence an answer is withheld. */
  SENSEGRAPH_MIN_CONFIDENCE: z.coerce.number().min(0).max(1).default(0.3),
  /** Whether pictures are captioned when they are ingested. */
  SENSEGRAPH_CAPTIONS: z.enum(['on', 'off']).default('on'),
  /** OpenAI-compatible base URL, e.g. http://127.0.0.1:11434/v1, or the pack's own small model; without it answers are extractive. */
  SENSEGRAPH_LLM_URL: z.union([z.literal('embedded'), z.url()]).optional(),
  SENSEGRAPH_LLM_MODEL: z.string().optional(),
  SENSEGRAPH_LLM_KEY: z.string().optional(),
  /** Base URL of a reranker (a cross-encoder); `/rerank` is put behind it. */
  SENSEGRAPH_RERANKER_URL: z.url().optional(),
  SENSEGRAPH_RERANKER_MODEL: z.string().optional(),
  SENSEGRAPH_RERANKER_KEY: z.string().optional(),
  /** Chains of thought that the language model writes for an answer; what most come to counts. */
  SENSEGRAPH_LLM_SAMPLES: z.coerce.number().int().min(1).max(MOST_SAMPLES).default(1),
  ...storesEnvironment,
  ...profileEnvironment,
});

export interface Config {
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  readonly threads: number;
  /** Text model of the pack, by its folder's name. Without it, the one that the data directory is embedded by. */
  readonly textModel?: string;
  readonly maxUploadBytes: number;
  readonly maxPixels: number;
  readonly maxAudioSeconds: number;
  readonly ffmpeg: string;
  readonly maxFilmSeconds: number;
  readonly maxShots: number;
  readonly minConfidence: number;
  /** False: the captioner answers questions alone. */
  readonly captions: boolean;
  readonly languageModel?: 'embedded' | { readonly url: string; readonly model: string; readonly key?: string };
  readonly reranker?: { readonly url: string; readonly model?: string; readonly key?: string };
  /** Chains of thought that it writes for one answer. */
  readonly samples: number;
  /** Which servers hold the data; none: it is all in `dataDir`. */
  readonly stores: StoresConfig;
  /** Whose data a command works on. */
  readonly tenant: string;
  /** Where the encoders come from. */
  readonly profile: ProfileConfig;
}

/** Reads the environment. BAD_INPUT names the variable at fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new SensegraphError('BAD_INPUT', `Environment variable ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const e = parsed.data;
  const isEmbedded = e.SENSEGRAPH_LLM_URL === 'embedded';
  if (e.SENSEGRAPH_LLM_URL && !isEmbedded && !e.SENSEGRAPH_LLM_MODEL) {
    throw new SensegraphError('BAD_INPUT', 'SENSEGRAPH_LLM_URL is set: name the model with SENSEGRAPH_LLM_MODEL too.');
  }
  return {
    dataDir: e.SENSEGRAPH_DATA,
    modelsDir: e.SENSEGRAPH_MODELS,
    host: e.HOST,
    port: e.PORT,
    logLevel: e.LOG_LEVEL,
    device: e.SENSEGRAPH_DEVICE,
    threads: e.SENSEGRAPH_THREADS,
    ...(e.SENSEGRAPH_TEXT_MODEL && e.SENSEGRAPH_PROFILE !== 'hub' ? { textModel: e.SENSEGRAPH_TEXT_MODEL } : {}),
    maxUploadBytes: e.SENSEGRAPH_MAX_UPLOAD_BYTES,
    maxPixels: e.SENSEGRAPH_MAX_PIXELS,
    maxAudioSeconds: e.SENSEGRAPH_MAX_AUDIO_SECONDS,
    ffmpeg: e.SENSEGRAPH_FFMPEG,
    maxFilmSeconds: e.SENSEGRAPH_MAX_FILM_SECONDS,
    maxShots: e.SENSEGRAPH_MAX_SHOTS,
    minConfidence: e.SENSEGRAPH_MIN_CONFIDENCE,
    captions: e.SENSEGRAPH_CAPTIONS === 'on',
    ...(isEmbedded ? { languageModel: 'embedded' as const } : {}),
    ...(e.SENSEGRAPH_LLM_URL && !isEmbedded && e.SENSEGRAPH_LLM_MODEL
      ? {
          languageModel: {
            url: e.SENSEGRAPH_LLM_URL,
            model: e.SENSEGRAPH_LLM_MODEL,
            ...(e.SENSEGRAPH_LLM_KEY ? { key: e.SENSEGRAPH_LLM_KEY } : {}),
          },
        }
      : {}),
    ...(e.SENSEGRAPH_RERANKER_URL
      ? {
          reranker: {
            url: e.SENSEGRAPH_RERANKER_URL,
            ...(e.SENSEGRAPH_RERANKER_MODEL ? { model: e.SENSEGRAPH_RERANKER_MODEL } : {}),
            ...(e.SENSEGRAPH_RERANKER_KEY ? { key: e.SENSEGRAPH_RERANKER_KEY } : {}),
          },
        }
      : {}),
    samples: e.SENSEGRAPH_LLM_SAMPLES,
    stores: readStores(e),
    tenant: e.SENSEGRAPH_TENANT,
    profile: readProfile(e),
  };
}
