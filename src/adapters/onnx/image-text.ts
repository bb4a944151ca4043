import { cropImage } from '../../encode/crops.ts';
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
