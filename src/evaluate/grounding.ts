import { z } from 'zod';
import { intersectionOverUnion } from '../boxes.ts';
import type { Box } from '../domain.ts';
import { interval95, mean, percent } from './figures.ts';

export const GROUNDING_TASKS = ['captioned_image'];

/** A picture with the boxes of the things in it, as COCO tells them: `bbox` = x, y, width, height in original pixels. */
export const GroundingLine = z.object({
  id: z.string(),
  file: z.string(),
  source: z.string().default('unknown'),
  width: z.number().positive().optional(),
  original_width: z.number().positive().optional(),
  objects: z
    .array(
      z.object({
        category: z.string(),
        bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
        iscrowd: z.number().default(0),
      }),
    )
    .optional(),
});
export type GroundingLine = z.infer<typeof GroundingLine>;

/** Boxes of each thing in a line's picture, in the file's pixels; crowds are no box of one thing. */
export function trueBoxes({ objects = [], width, original_width }: GroundingLine): Map<string, Box[]> {
  const scale = width && original_width ? width / original_width : 1;
  const boxes = new Map<string, Box[]>();
  for (const { category, bbox, iscrowd } of objects) {
    if (iscrowd) continue;
    const [x, y, w, h] = bbox;
    const box = { x: x * scale, y: y * scale, width: w * scale, height: h * scale };
    boxes.set(category, [...(boxes.get(category) ?? []), box]);
  }
  return boxes;
}

/** What one way said of one thing in one picture. */
export interface GroundedThing {
  readonly box: Box | null;
  /** Empty where the picture shows no such thing. */
  readonly truth: readonly Box[];
}

/**
 * Of the things that are there: mean intersection over union with the nearest true box (0 where nothing was said), share
 * with at least half, share answered; of those that are not there: share answered all the same. Percentages.
 */
export function groundingFigures(said: readonly GroundedThing[]): Record<string, unknown> {
  const there = said.filter(({ truth }) => truth.length > 0);
  const absent = said.filter(({ truth }) => truth.length === 0);
  const overlaps = there.map(({ box, truth }) =>
    box ? Math.max(...truth.map((one) => intersectionOverUnion(box, one))) : 0,
  );
  const hits = overlaps.map((overlap) => (overlap >= 0.5 ? 1 : 0));
  const answered = (some: readonly GroundedThing[]) => percent(mean(some.map(({ box }) => (box ? 1 : 0))));
  return {
    mean_iou: percent(mean(overlaps)),
    mean_iou_95: interval95(overlaps),
    'hit@0.5': percent(mean(hits)),
    'hit@0.5_95': interval95(hits),
    answered: answered(there),
    absent_answered: answered(absent),
  };
}
