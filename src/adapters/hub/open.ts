import type { Logger } from 'pino';
import type { HubConfig } from '../../config-profile.ts';
import type { Space } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type {
  Captioner,
  Encoders,
  ImageTextEncoder,
  ModelInfo,
  RgbImage,
  SoundTextEncoder,
  TextEmbedder,
  WrittenText,
} from '../../ports/encoders.ts';
import { shares } from '../onnx/generate/weigh.ts';
import { ModelWorker } from '../onnx/model-worker.ts';
import { transcriberOf } from '../onnx/transcriber.ts';
import type { CaptionerRequest } from './captioner-model.ts';
import { downloadModel } from './download.ts';
import { openHubFolder, type HubFolder } from './folder.ts';
import { imageTextDimension, type TwoTowerRequest } from './image-text-model.ts';
import { damaged, type HubStart } from './load.ts';
import { soundTextDimension } from './sound-text-model.ts';
import type { HubTask } from './tasks.ts';
import type { HubTextReply, HubTextRequest } from './text-model.ts';
import { textSettings } from './text-settings.ts';

/** The threads' entry file, in source or in dist. */
const WORKER_FILE = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export interface HubOptions extends HubConfig {
  readonly dir: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  /** 0 = as many as there are cores. */
  readonly threads: number;
  readonly log: Logger;
}

/** A model's thread, its folder and what it tells of itself. */
interface Opened {
  readonly folder: HubFolder;
  readonly worker: ModelWorker;
  readonly info: ModelInfo;
}

/**
 * The models that the profile names, from the hub's folder; the rest from `pack`. Looks through every folder now, and
 * fetches what is missing where that is allowed; each model is loaded at its first use in a thread of its own.
 * Throws MODEL_MISSING and MODEL_CORRUPT with the path at fault.
 */
export async function openHubEncoders(options: HubOptions, pack: Encoders): Promise<Encoders> {
  const workers: ModelWorker[] = [];
  const open = async (task: HubTask): Promise<Opened | undefined> => {
    const name = options[task];
    if (name === undefined) return undefined;
    const request = { task, name, root: options.dir, dtype: options.dtype, device: options.device };
    if (options.download) await downloadModel({ ...request, url: options.url, log: options.log });
    const folder = await openHubFolder(request);
    const text = task === 'text' ? { text: await textSettings(folder) } : {};
    const { device, threads, language } = options;
    const start: HubStart = { ...folder, ...text, kind: name, device, threads, language };
    const worker = new ModelWorker(async () => {
      options.log.debug({ model: name }, 'loading a model');
      return start;
    }, WORKER_FILE);
    workers.push(worker);
    const info: ModelInfo = {
      id: name,
      version: folder.version,
      licence: 'see its card',
      get device() {
        return worker.device;
      },
    };
    return { folder, worker, info };
  };
  const text = await open('text');
  const imageText = await open('imageText');
  const soundText = await open('soundText');
  const transcriber = await open('transcriber');
  const captioner = await open('captioner');
  return {
    ...pack,
    ...(text ? { text: await textEmbedder(text) } : {}),
    ...(imageText ? { imageText: imageTextEncoder(imageText) } : {}),
    ...(soundText ? { soundText: soundTextEncoder(soundText) } : {}),
    ...(transcriber ? { transcriber: transcriberOf(transcriber, pack.speechDetector) } : {}),
    ...(captioner ? { captioner: captionerOf(captioner) } : {}),
    close: async () => {
      await Promise.all([pack.close(), ...workers.map((worker) => worker.close())]);
    },
  };
}

function spaceOf({ folder: { name, version } }: Opened, dimension: number): Space {
  return { name: `${name}@${version}`, model: name, version, dimension };
}

async function textEmbedder(opened: Opened): Promise<TextEmbedder> {
  const { worker, info, folder } = opened;
  const { dimension } = await textSettings(folder);
  if (dimension === 0) throw damaged(folder, 'its config.json tells no hidden_size');
  return {
    info,
    space: spaceOf(opened, dimension),
    async embed(inputs, role, signal) {
      if (inputs.length === 0) return [];
      const reply = await worker.call<HubTextReply>({ inputs, role } satisfies HubTextRequest, { signal });
      return reply.map(([vector = new Float32Array(dimension), ...spanVectors]) => ({ vector, spanVectors }));
    },
  };
}

function imageTextEncoder(opened: Opened): ImageTextEncoder {
  return {
    info: opened.info,
    space: spaceOf(opened, imageTextDimension(opened.folder.config)),
    embedImages: (things, signal) => twoTowers<RgbImage>(opened, { things }, signal),
    embedTexts: (texts, signal) => twoTowers<RgbImage>(opened, { texts }, signal),
  };
}

function soundTextEncoder(opened: Opened): SoundTextEncoder {
  return {
    info: opened.info,
    space: spaceOf(opened, soundTextDimension(opened.folder.config)),
    embedSounds: (things, signal) => twoTowers<Float32Array>(opened, { things }, signal),
    embedTexts: (texts, signal) => twoTowers<Float32Array>(opened, { texts }, signal),
  };
}

function twoTowers<T>(
  { worker }: Opened,
  request: TwoTowerRequest<T>,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  return worker.call<Float32Array[]>(request, { signal });
}

function captionerOf({ worker, info }: Opened): Captioner {
  const ask = <T>(request: CaptionerRequest, signal?: AbortSignal) => worker.call<T>(request, { signal });
  async function choose(image: RgbImage, question: string, choices: readonly string[], signal?: AbortSignal) {
    if (choices.length === 0) throw new SensegraphError('BAD_INPUT', 'There is nothing to choose from. Give choices.');
    const weighed = await ask<WrittenText[]>({ image, question, texts: choices }, signal);
    const probabilities = shares(weighed.map(({ logProbability }) => logProbability));
    return { index: probabilities.indexOf(Math.max(...probabilities)), probabilities };
  }
  return {
    info,
    caption: (image, signal) => ask<WrittenText>({ image }, signal),
    answer: (image, question, signal) => ask<WrittenText>({ image, question }, signal),
    choose,
    async verify(image, statement, signal) {
      const question = `${statement}\nIs this true of the picture? Answer yes or no.`;
      const { probabilities } = await choose(image, question, ['Yes.', 'No.'], signal);
      return probabilities[0] ?? 0;
    },
    weigh: (image, captions, signal) => ask<WrittenText[]>({ image, texts: captions }, signal),
  };
}
