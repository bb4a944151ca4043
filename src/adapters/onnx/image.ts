import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type { ClassifiedImage, ImageEncoder, ImageLabel, RgbImage } from '../../ports/encoders.ts';
import { mapAtMost } from './gate.ts';
import { BATCH_PICTURES, IMAGE_SIDE, type ImageReply, type ImageRequest } from './image-model.ts';
import type { ModelName, ModelPack } from './pack.ts';

const MODEL: ModelName = { id: 'efficientnet-lite2', version: '0.1.0', licence: 'Apache-2.0' };
const FEATURES = 1280;
const LABELS = 1000;

const LabelFile = z.array(
  z.object({ index: z.number(), label: z.string(), synonyms: z.array(z.string()), synset31: z.number() }),
);

export function openImage(pack: ModelPack): ImageEncoder {
  const { worker, info } = pack.model('image', MODEL, { shared: true, capacity: 8 * BATCH_PICTURES });
  let labels: ImageLabel[] | undefined;
  return {
    info,
    space: { name: MODEL.id, model: MODEL.id, version: MODEL.version, dimension: FEATURES },
    get labels() {
      return (labels ??= readLabels(pack.modelsDir));
    },
    async classify(images, signal, options = {}): Promise<ClassifiedImage[]> {
      const caller = worker.newCaller();
      const parts = Array.from({ length: Math.ceil(images.length / BATCH_PICTURES) }, (_, i) =>
        images.slice(i * BATCH_PICTURES, (i + 1) * BATCH_PICTURES),
      );
      const results = await mapAtMost(parts, 2 * worker.sessions, async (part): Promise<ClassifiedImage[]> => {
        const pixels = await squares(part);
        const request: ImageRequest = { caller, pixels, cells: options.cells };
        const { scores, features, cells } = await worker.call<ImageReply>(request, {
          transfer: [pixels.buffer],
          signal,
          size: part.length,
        });
        return part.map((_, i) => ({
          scores: scores.slice(i * LABELS, (i + 1) * LABELS),
          feature: features.slice(i * FEATURES, (i + 1) * FEATURES),
          ...(cells
            ? { cells: cells.slice((i * cells.length) / part.length, ((i + 1) * cells.length) / part.length) }
            : {}),
        }));
      });
      return results.flat();
    },
  };
}

/** Each picture whole, as RGB bytes of the model's square input, one after another. */
async function squares(images: readonly RgbImage[]): Promise<Uint8Array<ArrayBuffer>> {
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
  return pixels;
}

function readLabels(modelsDir: string): ImageLabel[] {
  const path = join(modelsDir, MODEL.id, 'labels.json');
  try {
    return LabelFile.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ synset31, ...rest }) => ({
      ...rest,
      synset: synset31,
    }));
  } catch (cause) {
    throw new SensegraphError('MODEL_MISSING', `${path} is missing or damaged. Get the model pack again.`, { cause });
  }
}
