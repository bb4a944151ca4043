import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';

export const FEATURE_WIDTH = 1280;
export const TEXT_WIDTH = 384;
export const SHARED_WIDTH = 256;

/** Features of pictures' crops and scores of the things found in them, or vectors of texts. */
export type ImageTextRequest =
  | {
      /** [pictures × crops × 1280]. */
      readonly features: Float32Array;
      /** [pictures × things]. */
      readonly objects: Float32Array;
      readonly pictures: number;
    }
  /** [texts × 384]. */
  | { readonly texts: Float32Array };

/** The two heads. Reply: Float32Array [n × 256], unit norm. */
export async function openImageTextModel(start: ModelStart): Promise<Model> {
  const { session: image, device } = await openSession(start, 'image.onnx');
  const { session: text } = await openSession(start, 'text.onnx');
  return {
    device,
    ...inTurn<ImageTextRequest, Float32Array>(async (request) => {
      if ('texts' in request) {
        const n = request.texts.length / TEXT_WIDTH;
        const { vector } = await text.run({ text: new Tensor('float32', request.texts, [n, TEXT_WIDTH]) });
        return vector?.data as Float32Array;
      }
      const { features, objects, pictures } = request;
      const { vector } = await image.run({
        features: new Tensor('float32', features, [
          pictures,
          features.length / pictures / FEATURE_WIDTH,
          FEATURE_WIDTH,
        ]),
        objects: new Tensor('float32', objects, [pictures, objects.length / pictures]),
      });
      return vector?.data as Float32Array;
    }),
  };
}
