import { cropImage, cropBoxes } from '../../encode/crops.ts';
import { fittingBox } from '../../encode/phrase-map.ts';
import type { ImageEncoder, ImageTextEncoder, ObjectDetector, TextEmbedder } from '../../ports/encoders.ts';
import { FEATURE_WIDTH, SHARED_WIDTH, TEXT_WIDTH, type ImageTextRequest } from './image-text-model.ts';
import type { ModelName, ModelPack } from './pack.ts';

const MODEL: ModelName = { id: 'image-text', version: '1.0.0', licence: 'Apache-2.0' };

/** What the heads stand on: the very encoders that they were fitted to. */
export interface ImageTextParts {
  readonly text: TextEmbedder;
  readonly image: ImageEncoder;
  readonly detector: ObjectDetector;
}

/** Pictures and words in one space, by heads over the frozen encoders of the pack (LiT, arXiv 2111.07991). */
export function openImageText(pack: ModelPack, { text, image, detector }: ImageTextParts): ImageTextEncoder {
  const { worker, info } = pack.model('imageText', MODEL);
  const ask = async (request: ImageTextRequest, signal: AbortSignal | undefined): Promise<Float32Array[]> => {
    const packed = await worker.call<Float32Array>(request, { signal });
    return Array.from({ length: packed.length / SHARED_WIDTH }, (_, i) =>
      packed.slice(i * SHARED_WIDTH, (i + 1) * SHARED_WIDTH),
    );
  };
  const encoder: ImageTextEncoder = {
    info,
    space: {
      name: `${MODEL.id}-${MODEL.version}`,
      model: MODEL.id,
      version: MODEL.version,
      dimension: SHARED_WIDTH,
    },
    async embedSeen({ crops, objects }, signal) {
      const features = new Float32Array(crops.length * FEATURE_WIDTH);
      for (const [i, { feature }] of crops.entries()) features.set(feature, i * FEATURE_WIDTH);
      const [vector] = await ask({ features, objects, pictures: 1 }, signal);
      return vector ?? new Float32Array(SHARED_WIDTH);
    },
    embedImages: (images, signal) =>
      Promise.all(
        images.map(async (one) => {
          const crops = await image.classify(await cropImage(one), signal);
          const { scores } = await detector.detect(one, signal);
          return embedSeen({ crops, objects: scores }, signal);
        }),
      ),
    async place({ width, height, crops }, phrases, signal) {
      if (phrases.length === 0) return [];
      const cells = crops.map((crop) => crop.cells ?? new Float32Array());
      // Each cell is seen as a picture by itself; after the cells the crops come whole.
      const features = joined([...cells, ...crops.map(({ feature }) => feature)]);
      const pictures = features.length / FEATURE_WIDTH;
      const objects = new Float32Array(pictures * detector.labels.length);
      const seen = await ask({ features, objects, pictures }, signal);
      const places = cropBoxes({ width, height });
      const words = await encoder.embedTexts(phrases, signal);
      return words.map((word) => {
        const fits = Float32Array.from(seen, (vector) => dot(vector, word));
        let from = 0;
        const parts = cells.flatMap(({ length }, i) => {
          const place = places[i];
          const own = fits.subarray(from, (from += length / FEATURE_WIDTH));
          return place && own.length > 0 ? [{ place, fits: own }] : [];
        });
        const fit = fits.subarray(from).reduce((a, b) => Math.max(a, b), -1);
        return { box: { type: 'ImageRegion', ...fittingBox(parts, { width, height }) } as const, fit };
      });
    },
    async embedTexts(texts, signal) {
      if (texts.length === 0) return [];
      const embedded = await text.embed(
        texts.map((one) => ({ text: one })),
        'passage',
        signal,
      );
      const packed = new Float32Array(texts.length * TEXT_WIDTH);
      for (const [i, { vector }] of embedded.entries()) packed.set(vector, i * TEXT_WIDTH);
      return ask({ texts: packed }, signal);
    },
  };
  const embedSeen = encoder.embedSeen as NonNullable<ImageTextEncoder['embedSeen']>;
  return encoder;
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
  return sum;
}
