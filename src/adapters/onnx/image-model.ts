import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { Batcher } from './batcher.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';

/** Side of the square input. */
export const IMAGE_SIDE = 260;
const PIXELS = IMAGE_SIDE * IMAGE_SIDE;
const FEATURES = 1280;
const LABELS = 1000;
/** Pictures of one run: more gives nothing on a CPU and costs memory. */
export const BATCH_PICTURES = 4;

/** RGB bytes of n pictures of 260 × 260. */
export interface ImageRequest {
  readonly caller: number;
  readonly pixels: Uint8Array;
}

export interface ImageReply {
  /** [n × 1000] probabilities. */
  readonly scores: Float32Array;
  /** [n × 1280]. */
  readonly features: Float32Array;
}

/** EfficientNet-Lite2. Callers' pictures share batches. */
export async function openImageModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  const batcher = new Batcher<Uint8Array, ImageReply>({
    budget: BATCH_PICTURES * PIXELS,
    padding: 0,
    sizeOf: (picture) => picture.length / 3,
    run: (pictures) => classify(session, pictures),
  });
  return {
    device,
    async run(call, payload) {
      const { caller, pixels } = payload as ImageRequest;
      const n = pixels.length / (PIXELS * 3);
      const pictures = Array.from({ length: n }, (_, i) => pixels.subarray(i * PIXELS * 3, (i + 1) * PIXELS * 3));
      const results = await batcher.add({ call, caller }, pictures);
      const scores = new Float32Array(n * LABELS);
      const features = new Float32Array(n * FEATURES);
      for (const [i, one] of results.entries()) {
        scores.set(one.scores, i * LABELS);
        features.set(one.features, i * FEATURES);
      }
      return { scores, features } satisfies ImageReply;
    },
    cancel: (call) => batcher.cancel(call),
  };
}

async function classify(session: InferenceSession, pictures: readonly Uint8Array[]): Promise<ImageReply[]> {
  const input = new Float32Array(pictures.length * 3 * PIXELS);
  for (const [i, picture] of pictures.entries()) {
    for (let c = 0; c < 3; c++) {
      const plane = (i * 3 + c) * PIXELS;
      for (let p = 0; p < PIXELS; p++) input[plane + p] = ((picture[p * 3 + c] ?? 0) - 127) / 128;
    }
  }
  const output = await session.run(
    { image: new Tensor('float32', input, [pictures.length, 3, IMAGE_SIDE, IMAGE_SIDE]) },
    ['scores', 'feature'],
  );
  const raw = output['scores']?.data as Float32Array;
  const features = output['feature']?.data as Float32Array;
  return pictures.map((_, i) => ({
    scores: softmax(raw.subarray(i * LABELS, (i + 1) * LABELS)),
    features: features.subarray(i * FEATURES, (i + 1) * FEATURES),
  }));
}

function softmax(values: Float32Array): Float32Array {
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - greatest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
