import { z } from 'zod';
import { SensegraphError } from './errors.ts';

/** `org/name` or `name`, as the model hub writes it; never a way out of the folder. */
const HubName = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?$/,
    'is no model name: write org/name, e.g. Xenova/bge-base-en-v1.5',
  );

export const DTYPES = ['auto', 'fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'] as const;
export type Dtype = (typeof DTYPES)[number];

/** Environment variables that choose where the encoders come from. */
export const profileEnvironment = {
  SENSEGRAPH_PROFILE: z.enum(['embedded', 'hub', 'remote']).default('embedded'),
  SENSEGRAPH_HUB_DIR: z.string().optional(),
  SENSEGRAPH_HUB_DOWNLOAD: z.enum(['on', 'off']).default('off'),
  SENSEGRAPH_HUB_URL: z.url().default('https://huggingface.co'),
  SENSEGRAPH_HUB_DTYPE: z.enum(DTYPES).default('auto'),
  SENSEGRAPH_TEXT_MODEL: HubName.optional(),
  SENSEGRAPH_IMAGE_MODEL: HubName.optional(),
  SENSEGRAPH_SOUND_MODEL: HubName.optional(),
  SENSEGRAPH_TRANSCRIBER_MODEL: HubName.optional(),
  SENSEGRAPH_TRANSCRIBER_LANGUAGE: z.string().default('en'),
  SENSEGRAPH_CAPTIONER_MODEL: HubName.optional(),
  SENSEGRAPH_EMBEDDINGS_URL: z.url().optional(),
  SENSEGRAPH_EMBEDDINGS_MODEL: z.string().optional(),
  SENSEGRAPH_EMBEDDINGS_KEY: z.string().optional(),
  SENSEGRAPH_EMBEDDINGS_DIMENSION: z.coerce.number().int().min(1).max(2000).optional(),
  SENSEGRAPH_EMBEDDINGS_QUERY_PREFIX: z.string().default(''),
  SENSEGRAPH_TRITON_URL: z.url().optional(),
  SENSEGRAPH_TRITON_TEXT_MODEL: z.string().optional(),
  SENSEGRAPH_TRITON_IMAGE_MODEL: z.string().optional(),
  SENSEGRAPH_TRITON_IMAGE_TEXT_MODEL: z.string().optional(),
  SENSEGRAPH_REMOTE_TIMEOUT_MS: z.coerce.number().int().min(1).default(30_000),
  SENSEGRAPH_REMOTE_BATCH: z.coerce.number().int().min(1).max(4096).default(32),
};
const Environment = z.object(profileEnvironment);

/** Models that transformers.js loads, by name; one that is not named comes from the embedded pack. */
export interface HubConfig {
  readonly kind: 'hub';
  /** Holds `<org>/<name>/{config.json,tokenizer.json,onnx/*.onnx}`. Default: `hub/` in the data directory. */
  readonly dir?: string;
  /** Whether files that are missing may be fetched from `url`. */
  readonly download: boolean;
  readonly url: string;
  readonly dtype: Dtype;
  readonly text?: string;
  readonly imageText?: string;
  readonly soundText?: string;
  readonly transcriber?: string;
  /** What is spoken, where the transcriber knows many languages. */
  readonly language: string;
  readonly captioner?: string;
}

/** Encoders behind a network address; what is not named comes from the embedded pack. */
export interface RemoteConfig {
  readonly kind: 'remote';
  readonly embeddings?: {
    readonly url: string;
    readonly model: string;
    readonly key?: string;
    /** Known beforehand, so that the server may be down when this process starts. */
    readonly dimension?: number;
    readonly queryPrefix: string;
  };
  readonly triton?: {
    readonly url: string;
    readonly text?: string;
    /** The two towers of one image-text model. */
    readonly imageText?: { readonly image: string; readonly text: string };
  };
  /** Of one attempt. */
  readonly timeoutMs: number;
  /** Texts of one request; a request takes a quarter as many pictures. */
  readonly batch: number;
}

export type ProfileConfig = { readonly kind: 'embedded' } | HubConfig | RemoteConfig;

/** Name of the text model, where the profile names one; without it the text model is the pack's. */
export function profileText(profile: ProfileConfig): string | undefined {
  if (profile.kind === 'hub') return profile.text;
  return profile.kind === 'remote' ? (profile.embeddings?.model ?? profile.triton?.text) : undefined;
}

/** The profile that the environment names. Throws BAD_INPUT with the variable to set. */
export function readProfile(e: z.infer<typeof Environment>): ProfileConfig {
  if (e.SENSEGRAPH_PROFILE === 'embedded') return { kind: 'embedded' };
  return e.SENSEGRAPH_PROFILE === 'hub' ? hubProfile(e) : remoteProfile(e);
}

function hubProfile(e: z.infer<typeof Environment>): HubConfig {
  const models = {
    ...(e.SENSEGRAPH_TEXT_MODEL ? { text: e.SENSEGRAPH_TEXT_MODEL } : {}),
    ...(e.SENSEGRAPH_IMAGE_MODEL ? { imageText: e.SENSEGRAPH_IMAGE_MODEL } : {}),
    ...(e.SENSEGRAPH_SOUND_MODEL ? { soundText: e.SENSEGRAPH_SOUND_MODEL } : {}),
    ...(e.SENSEGRAPH_TRANSCRIBER_MODEL ? { transcriber: e.SENSEGRAPH_TRANSCRIBER_MODEL } : {}),
    ...(e.SENSEGRAPH_CAPTIONER_MODEL ? { captioner: e.SENSEGRAPH_CAPTIONER_MODEL } : {}),
  };
  if (Object.keys(models).length === 0)
    throw incomplete(
      'hub',
      'SENSEGRAPH_TEXT_MODEL, _IMAGE_MODEL, _SOUND_MODEL, _TRANSCRIBER_MODEL or _CAPTIONER_MODEL',
    );
  return {
    kind: 'hub',
    ...(e.SENSEGRAPH_HUB_DIR ? { dir: e.SENSEGRAPH_HUB_DIR } : {}),
    download: e.SENSEGRAPH_HUB_DOWNLOAD === 'on',
    url: e.SENSEGRAPH_HUB_URL,
    dtype: e.SENSEGRAPH_HUB_DTYPE,
    language: e.SENSEGRAPH_TRANSCRIBER_LANGUAGE,
    ...models,
  };
}

function remoteProfile(e: z.infer<typeof Environment>): RemoteConfig {
  const { SENSEGRAPH_EMBEDDINGS_URL: url, SENSEGRAPH_EMBEDDINGS_MODEL: model, SENSEGRAPH_TRITON_URL: triton } = e;
  if (!url && !triton) throw incomplete('remote', 'SENSEGRAPH_EMBEDDINGS_URL or SENSEGRAPH_TRITON_URL');
  if (url && !model) throw incomplete('remote with SENSEGRAPH_EMBEDDINGS_URL', 'SENSEGRAPH_EMBEDDINGS_MODEL');
  const { SENSEGRAPH_TRITON_IMAGE_MODEL: image, SENSEGRAPH_TRITON_IMAGE_TEXT_MODEL: imageText } = e;
  const { SENSEGRAPH_TRITON_TEXT_MODEL: text } = e;
  if (triton && !text && !image && !imageText)
    throw incomplete('remote with SENSEGRAPH_TRITON_URL', 'SENSEGRAPH_TRITON_TEXT_MODEL or _IMAGE_MODEL');
  if (Boolean(image) !== Boolean(imageText))
    throw incomplete(
      'remote with one tower of an image-text model',
      'SENSEGRAPH_TRITON_IMAGE_MODEL and SENSEGRAPH_TRITON_IMAGE_TEXT_MODEL, both',
    );
  if (url && text)
    throw new SensegraphError(
      'BAD_INPUT',
      'SENSEGRAPH_EMBEDDINGS_URL and SENSEGRAPH_TRITON_TEXT_MODEL both name the text encoder: unset one.',
    );
  return {
    kind: 'remote',
    ...(url && model
      ? {
          embeddings: {
            url,
            model,
            queryPrefix: e.SENSEGRAPH_EMBEDDINGS_QUERY_PREFIX,
            ...(e.SENSEGRAPH_EMBEDDINGS_KEY ? { key: e.SENSEGRAPH_EMBEDDINGS_KEY } : {}),
            ...(e.SENSEGRAPH_EMBEDDINGS_DIMENSION ? { dimension: e.SENSEGRAPH_EMBEDDINGS_DIMENSION } : {}),
          },
        }
      : {}),
    ...(triton
      ? {
          triton: {
            url: triton,
            ...(text ? { text } : {}),
            ...(image && imageText ? { imageText: { image, text: imageText } } : {}),
          },
        }
      : {}),
    timeoutMs: e.SENSEGRAPH_REMOTE_TIMEOUT_MS,
    batch: e.SENSEGRAPH_REMOTE_BATCH,
  };
}

function incomplete(profile: string, missing: string): SensegraphError {
  return new SensegraphError('BAD_INPUT', `The profile is ${profile}: set ${missing}.`);
}
