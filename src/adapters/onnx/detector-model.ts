import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { keepApart, type FoundBox } from './non-maximum.ts';
import { openSession } from './session.ts';

/** Columns of the network's scores: COCO's ids from 1. */
const CLASSES = 90;
/** A box counts from here on; training/image_text/objects.py has the same. */
const LEAST_SCORE = 0.3;
/** One that was looked for counts from here on (models/coco-ssd/CARD.md: grounding). */
const LEAST_SOUGHT = 0.05;

/** RGB bytes, at most 640 pixels a side. */
export interface DetectorRequest {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** The best box of each class from a low score on, instead of all sure ones. */
  readonly search?: boolean;
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
    ...inTurn<DetectorRequest, DetectorReply>(async ({ width, height, data, search = false }) => {
      const outputs = Object.values(await session.run({ [input]: new Tensor('uint8', data, [1, height, width, 3]) }));
      const scores = outputs.find(({ dims }) => dims.at(-1) === CLASSES)?.data as Float32Array;
      const corners = outputs.find(({ dims }) => dims.at(-1) === 4)?.data as Float32Array;
      const best = new Float32Array(CLASSES);
      const boxes: FoundBox[] = [];
      const boxAt = (i: number): FoundBox | undefined => {
        const index = i % CLASSES;
        const at = ((i - index) / CLASSES) * 4;
        const [top = 0, left = 0, bottom = 0, right = 0] = corners.subarray(at, at + 4).map(inside);
        return right > left && bottom > top ? { index, score: scores[i] ?? 0, left, top, right, bottom } : undefined;
      };
      const add = (box: FoundBox | undefined) => box && boxes.push(box);
      if (search) {
        for (const i of bestOfEach(scores)) add(boxAt(i));
        return { boxes: boxes.toSorted((a, b) => b.score - a.score), best };
      }
      for (let i = 0; i < scores.length; i++) {
        const score = scores[i] ?? 0;
        if (score < LEAST_SCORE) continue;
        const index = i % CLASSES;
        best[index] = Math.max(best[index] ?? 0, score);
        add(boxAt(i));
      }
      return { boxes: keepApart(boxes), best };
    }),
  };
}

/** Where the scores [boxes × classes] of the classes that reach the low score are greatest. */
function bestOfEach(scores: Float32Array): number[] {
  return Array.from({ length: CLASSES }, (_, index) => {
    let at = index;
    for (let i = index; i < scores.length; i += CLASSES) if ((scores[i] ?? 0) > (scores[at] ?? 0)) at = i;
    return at;
  }).filter((at) => (scores[at] ?? 0) >= LEAST_SOUGHT);
}

const inside = (value: number): number => Math.min(1, Math.max(0, value));
