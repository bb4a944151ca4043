import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { SensegraphError } from '../../errors.ts';
import type { DetectedThing, ObjectDetector, RgbImage, ThingLabel } from '../../ports/encoders.ts';
import type { DetectorReply, DetectorRequest } from './detector-model.ts';
import type { FoundBox } from './non-maximum.ts';
import type { ModelName, ModelPack } from './pack.ts';

const MODEL: ModelName = { id: 'coco-ssd', version: '1.0.6', licence: 'Apache-2.0' };
/** Longest side given to the network, which looks at 300 × 300 pixels of it. */
const MOST_SIDE = 640;

const LabelFile = z.array(z.object({ index: z.number(), label: z.string(), synset31: z.number() }));

/** COCO-SSD of the pack: 80 kinds of things, each with its box. */
export function openDetector(pack: ModelPack): ObjectDetector {
  const { worker, info } = pack.model('detector', MODEL);
  let labels: ThingLabel[] | undefined;
  const read = () => (labels ??= readLabels(pack.modelsDir));

  async function look(
    { width, height, data }: RgbImage,
    how: Pick<DetectorRequest, 'search'>,
    signal: AbortSignal | undefined,
  ): Promise<DetectorReply> {
    const small = await sharp(data, { raw: { width, height, channels: 3 } })
      .resize(MOST_SIDE, MOST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width: w, height: h } = small.info;
    const request: DetectorRequest = { width: w, height: h, data: new Uint8Array(small.data), ...how };
    return worker.call<DetectorReply>(request, { signal });
  }

  function thingsOf(boxes: readonly FoundBox[], { width, height }: RgbImage): DetectedThing[] {
    const known = new Map(read().map((label) => [label.index, label]));
    return boxes.flatMap(({ index, score, left, top, right, bottom }) => {
      const label = known.get(index);
      const box = {
        type: 'ImageRegion',
        x: left * width,
        y: top * height,
        width: (right - left) * width,
        height: (bottom - top) * height,
      } as const;
      return label ? [{ label, score, box }] : [];
    });
  }

  return {
    info,
    get labels() {
      return read();
    },
    async detect(image, signal) {
      const { boxes, best } = await look(image, {}, signal);
      return { things: thingsOf(boxes, image), scores: Float32Array.from(read(), ({ index }) => best[index] ?? 0) };
    },
    async search(image, signal) {
      return thingsOf((await look(image, { search: true }, signal)).boxes, image);
    },
  };
}

function readLabels(modelsDir: string): ThingLabel[] {
  const path = join(modelsDir, MODEL.id, 'labels.json');
  try {
    return LabelFile.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ index, label, synset31 }) => ({
      index,
      label,
      synset: synset31,
    }));
  } catch (cause) {
    throw new SensegraphError('MODEL_MISSING', `${path} is missing or damaged. Get the model pack again.`, { cause });
  }
}
