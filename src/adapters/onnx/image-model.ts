import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';

/** Side of the square input. */
export const IMAGE_SIDE = 260;
const FEATURES = 1280;
const LABELS = 1000;
/** Pictures of one run: more gives nothing on a CPU and costs memory. */
const BATCH = 4;

/** RGB bytes of n pictures of 260 × 260. */
export interface ImageRequest {
  readonly pixels: Uint8Array;
}

export interface ImageReply {
  /** [n × 1000] probabilities. */
  readonly scores: Float32Array;
  /** [n × 1280]. */
  readonly features: Float32Array;
}

/** EfficientNet-Lite2. */
export async function openImageModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  const size = IMAGE_SIDE * IMAGE_SIDE;
  return {
    device,
    ...inTurn<ImageRequest, ImageReply>(async ({ pixels }, pause) => {
      const n = pixels.length / (size * 3);
      const scores = new Float32Array(n * LABELS);
      const features = new Float32Array(n * FEATURES);
      for (let first = 0; first < n; first += BATCH) {
        await pause();
        const count = Math.min(BATCH, n - first);
        const input = new Float32Array(count * 3 * size);
        for (let i = 0; i < count; i++) {
          for (let p = 0; p < size; p++) {
            for (let c = 0; c < 3; c++)
              input[(i * 3 + c) * size + p] = ((pixels[((first + i) * size + p) * 3 + c] ?? 0) - 127) / 128;
          }
        }
        const output = await session.run({ image: new Tensor('float32', input, [count, 3, IMAGE_SIDE, IMAGE_SIDE]) }, [
          'scores',
          'feature',
        ]);
        features.set(output['feature']?.data as Float32Array, first * FEATURES);
        const raw = output['scores']?.data as Float32Array;
        for (let i = 0; i < count; i++)
          scores.set(softmax(raw.subarray(i * LABELS, (i + 1) * LABELS)), (first + i) * LABELS);
      }
      return { scores, features };
    }),
  };
}

function softmax(values: Float32Array): Float32Array {
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - greatest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
