import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import sharp from 'sharp';
import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type {
  ClassifiedImage,
  EmbeddedText,
  Encoders,
  ImageEncoder,
  ImageLabel,
  ModelInfo,
  ReadLine,
  TextEmbedder,
  TextReader,
  Transcriber,
  TranscribedSpan,
} from '../../ports/encoders.ts';
import type { ImageReply, ImageRequest } from './image-model.ts';
import { requireModel } from './lock.ts';
import { ModelWorker, type ModelKind } from './model-worker.ts';
import type { ReaderRequest } from './reader-model.ts';
import type { TextReply, TextRequest } from './text-model.ts';
import type { TranscriberRequest } from './transcriber-model.ts';

const IDS: Record<ModelKind, { id: string; version: string; licence: string }> = {
  text: { id: 'bge-small-en-v1.5', version: 'q8-1.0.0-beta3', licence: 'MIT' },
  image: { id: 'efficientnet-lite2', version: '0.1.0', licence: 'Apache-2.0' },
  reader: { id: 'pp-ocrv4', version: '1.4.2', licence: 'Apache-2.0' },
  transcriber: { id: 'whisper-tiny.en', version: 'q8-0.1.0', licence: 'MIT' },
};
const TEXT_DIMENSION = 384;
const FEATURES = 1280;
const LABELS = 1000;
const IMAGE_SIDE = 260;

const LabelFile = z.array(
  z.object({ index: z.number(), label: z.string(), synonyms: z.array(z.string()), synset31: z.number() }),
);

export interface OpenEncodersOptions {
  readonly modelsDir: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  /** 0 = as many as there are cores. */
  readonly threads: number;
  readonly log: Logger;
}

/** The embedded pack. Nothing is loaded before its first use; then each model runs in a thread of its own. */
export function openEncoders(options: OpenEncodersOptions): Encoders {
  const worker = (kind: ModelKind) =>
    new ModelWorker(async () => {
      const folder = await requireModel(options.modelsDir, IDS[kind].id);
      options.log.debug({ model: IDS[kind].id }, 'loading a model');
      return { kind, folder, device: options.device, threads: options.threads };
    });
  const workers = {
    text: worker('text'),
    image: worker('image'),
    reader: worker('reader'),
    transcriber: worker('transcriber'),
  };
  const info = (kind: ModelKind): ModelInfo => ({
    ...IDS[kind],
    get device() {
      return workers[kind].device;
    },
  });

  const text: TextEmbedder = {
    info: info('text'),
    space: { name: IDS.text.id, model: IDS.text.id, version: IDS.text.version, dimension: TEXT_DIMENSION },
    async embed(inputs, role, signal): Promise<EmbeddedText[]> {
      if (inputs.length === 0) return [];
      const { packed } = await workers.text.call<TextReply>({ inputs, role } satisfies TextRequest, { signal });
      let at = 0;
      const next = () => packed.slice(at * TEXT_DIMENSION, ++at * TEXT_DIMENSION);
      return inputs.map((input) => ({ vector: next(), spanVectors: (input.spans ?? []).map(next) }));
    },
  };

  let labels: ImageLabel[] | undefined;
  const image: ImageEncoder = {
    info: info('image'),
    space: { name: IDS.image.id, model: IDS.image.id, version: IDS.image.version, dimension: FEATURES },
    get labels() {
      return (labels ??= readLabels(options.modelsDir));
    },
    async classify(images, signal): Promise<ClassifiedImage[]> {
      if (images.length === 0) return [];
      const size = IMAGE_SIDE * IMAGE_SIDE * 3;
      const pixels = new Uint8Array(images.length * size);
      await Promise.all(
        images.map(async ({ width, height, data }, i) => {
          const resized = sharp(data, { raw: { width, height, channels: 3 } }).resize(IMAGE_SIDE, IMAGE_SIDE, {
            fit: 'fill',
            kernel: 'cubic',
          });
          pixels.set(await resized.raw().toBuffer(), i * size);
        }),
      );
      const reply = await workers.image.call<ImageReply>({ pixels } satisfies ImageRequest, {
        transfer: [pixels.buffer],
        signal,
      });
      return images.map((_, i) => ({
        scores: reply.scores.slice(i * LABELS, (i + 1) * LABELS),
        feature: reply.features.slice(i * FEATURES, (i + 1) * FEATURES),
      }));
    },
  };

  const reader: TextReader = {
    info: info('reader'),
    read: (picture, signal) => workers.reader.call<ReadLine[]>({ image: picture } satisfies ReaderRequest, { signal }),
  };
  const transcriber: Transcriber = {
    info: info('transcriber'),
    transcribe: (samples, signal) =>
      workers.transcriber.call<TranscribedSpan[]>({ samples } satisfies TranscriberRequest, { signal }),
  };
  return {
    text,
    image,
    reader,
    transcriber,
    close: async () => {
      await Promise.all(Object.values(workers).map((one) => one.close()));
    },
  };
}

function readLabels(modelsDir: string): ImageLabel[] {
  const path = join(modelsDir, IDS.image.id, 'labels.json');
  try {
    return LabelFile.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ synset31, ...rest }) => ({
      ...rest,
      synset: synset31,
    }));
  } catch (cause) {
    throw new SensegraphError('MODEL_MISSING', `${path} is missing or damaged. Get the model pack again.`, { cause });
  }
}
