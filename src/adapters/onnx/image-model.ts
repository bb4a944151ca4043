import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { Batcher } from './batcher.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import { softmax } from './softmax.ts';

/** Side of the square input. */
export const IMAGE_SIDE = 260;
const PIXELS = IMAGE_SIDE * IMAGE_SIDE;
const FEATURES = 1280;
const LABELS = 1000;
/** Of the feature map, 9 × 9. */
const CELLS = 81;
/** Pictures of one run: more gives nothing on a CPU and costs memory. */
export const BATCH_PICTURES = 4;

/** RGB bytes of n pictures of 260 × 260. */
export interface ImageRequest {
  readonly caller: number;
  readonly pixels: Uint8Array;
  /** Whether the features of the cells are wanted, too. */
  readonly cells?: boolean | undefined;
}

export interface ImageReply {
  /** [n × 1000] probabilities. */
  readonly scores: Float32Array;
  /** [n × 1280]. */
  readonly features: Float32Array;
  /** [n × 81 × 1280], where asked for. */
  readonly cells?: Float32Array;
}

interface Picture {
  readonly pixels: Uint8Array;
  readonly cells: boolean;
}

/** EfficientNet-Lite2. Callers' pictures share batches. */
export async function openImageModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  const batcher = new Batcher<Picture, ImageReply>({
    budget: BATCH_PICTURES * PIXELS,
    padding: 0,
    sizeOf: ({ pixels }) => pixels.length / 3,
    run: (pictures) => classify(session, pictures),
  });
  return {
    device,
    async run(call, payload) {
      const { caller, pixels, cells = false } = payload as ImageRequest;
      const n = pixels.length / (PIXELS * 3);
      const pictures = Array.from({ length: n }, (_, i) => ({
        pixels: pixels.subarray(i * PIXELS * 3, (i + 1) * PIXELS * 3),
        cells,
      }));
      const results = await batcher.add({ call, caller }, pictures);
      const scores = new Float32Array(n * LABELS);
      const features = new Float32Array(n * FEATURES);
      const grid = cells ? new Float32Array(n * CELLS * FEATURES) : undefined;
      for (const [i, one] of results.entries()) {
        scores.set(one.scores, i * LABELS);
        features.set(one.features, i * FEATURES);
        if (one.cells) grid?.set(one.cells, i * CELLS * FEATURES);
      }
      return { scores, features, ...(grid ? { cells: grid } : {}) } satisfies ImageReply;
    },
    cancel: (call) => batcher.cancel(call),
  };
}

async function classify(session: InferenceSession, pictures: readonly Picture[]): Promise<ImageReply[]> {
  const input = new Float32Array(pictures.length * 3 * PIXELS);
  for (const [i, { pixels }] of pictures.entries()) {
    for (let c = 0; c < 3; c++) {
      const plane = (i * 3 + c) * PIXELS;
      for (let p = 0; p < PIXELS; p++) input[plane + p] = ((pixels[p * 3 + c] ?? 0) - 127) / 128;
    }
  }
  const output = await session.run(
    { image: new Tensor('float32', input, [pictures.length, 3, IMAGE_SIDE, IMAGE_SIDE]) },
    ['scores', 'feature', ...(pictures.some(({ cells }) => cells) ? ['map'] : [])],
  );
  const raw = output['scores']?.data as Float32Array;
  const features = output['feature']?.data as Float32Array;
  const map = output['map']?.data as Float32Array | undefined;
  return pictures.map(({ cells }, i) => ({
    scores: softmax(raw.subarray(i * LABELS, (i + 1) * LABELS)),
    features: features.subarray(i * FEATURES, (i + 1) * FEATURES),
    ...(cells && map ? { cells: cellsFirst(map.subarray(i * CELLS * FEATURES, (i + 1) * CELLS * FEATURES)) } : {}),
  }));
}

/** [features × cells] → [cells × features]. */
function cellsFirst(map: Float32Array): Float32Array {
  const cells = new Float32Array(map.length);
  for (let f = 0; f < FEATURES; f++)
    for (let cell = 0; cell < CELLS; cell++) cells[cell * FEATURES + f] = map[f * CELLS + cell] ?? 0;
  return cells;
}
