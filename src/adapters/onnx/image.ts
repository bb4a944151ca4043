import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type { ClassifiedImage, ImageEncoder, ImageLabel } from '../../ports/encoders.ts';
import { IMAGE_SIDE, type ImageReply, type ImageRequest } from './image-model.ts';
import type { ModelName, ModelPack } from './pack.ts';

const MODEL: ModelName = { id: 'efficientnet-lite2', version: '0.1.0', licence: 'Apache-2.0' };
const FEATURES = 1280;
const LABELS = 1000;

const LabelFile = z.array(
  z.object({ index: z.number(), label: z.string(), synonyms: z.array(z.string()), synset31: z.number() }),
);

export function openImage(pack: ModelPack): ImageEncoder {
  const { worker, info } = pack.model('image', MODEL);
  let labels: ImageLabel[] | undefined;
  return {
    info,
    space: { name: MODEL.id, model: MODEL.id, version: MODEL.version, dimension: FEATURES },
    get labels() {
      return (labels ??= readLabels(pack.modelsDir));
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
      const reply = await worker.call<ImageReply>({ pixels } satisfies ImageRequest, {
        transfer: [pixels.buffer],
        signal,
      });
      return images.map((_, i) => ({
        scores: reply.scores.slice(i * LABELS, (i + 1) * LABELS),
        feature: reply.features.slice(i * FEATURES, (i + 1) * FEATURES),
      }));
    },
  };
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
