import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { keepApart, type FoundBox } from './non-maximum.ts';
import { openSession } from './session.ts';

/** Columns of the network's scores: COCO's ids from 1. */
const CLASSES = 90;
/** A box counts from here on; training/image_text/objects.py has the same. */
const LEAST_SCORE = 0.3;

/** RGB bytes, at most 640 pixels a side. */
export interface DetectorRequest {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface DetectorReply {
  /** Strongest first; the boxes as shares of width and height. */
  readonly boxes: readonly FoundBox[];
  /** Greatest score of each class, 0 below the least score. */
  readonly best: Float32Array;
}

/** SSDLite MobileNetV2; what overlaps is thinned out here. */
export async function openDetectorModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  const [input = 'image_tensor:0'] = session.inputNames;
  return {
    device,
    ...inTurn<DetectorRequest, DetectorReply>(async ({ width, height, data }) => {
      const outputs = Object.values(await session.run({ [input]: new Tensor('uint8', data, [1, height, width, 3]) }));
      const scores = outputs.find(({ dims }) => dims.at(-1) === CLASSES)?.data as Float32Array;
      const corners = outputs.find(({ dims }) => dims.at(-1) === 4)?.data as Float32Array;
      const best = new Float32Array(CLASSES);
      const boxes: FoundBox[] = [];
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i] ?? 0;
        if (score < LEAST_SCORE) continue;
        const index = i % CLASSES;
        best[index] = Math.max(best[index] ?? 0, score);
        const at = ((i - index) / CLASSES) * 4;
        const [top = 0, left = 0, bottom = 0, right = 0] = corners.subarray(at, at + 4).map(inside);
        if (right > left && bottom > top) boxes.push({ index, score, left, top, right, bottom });
      }
      return { boxes: keepApart(boxes), best };
    }),
  };
}

const inside = (value: number): number => Math.min(1, Math.max(0, value));
