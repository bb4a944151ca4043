import { expect, test } from 'vitest';
import { intersectionOverUnion } from '../../../src/boxes.ts';
import { groundingFigures, GroundingLine, trueBoxes } from '../../../src/evaluate/grounding.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

test('boxes are scaled from the original to the file, and crowds left out', () => {
  const line = GroundingLine.parse({
    id: 'a',
    file: 'a.jpg',
    width: 320,
    original_width: 640,
    objects: [
      { category: 'dog', bbox: [100, 20, 50, 40] },
      { category: 'dog', bbox: [0, 0, 640, 480], iscrowd: 1 },
      { category: 'cat', bbox: [2, 4, 6, 8], iscrowd: 0 },
    ],
  });
  expect(trueBoxes(line)).toEqual(
    new Map([
      ['dog', [box(50, 10, 25, 20)]],
      ['cat', [box(1, 2, 3, 4)]],
    ]),
  );
});

test('the nearest true box counts, silence counts as nothing, and answers about absent things are told apart', () => {
  const figures = groundingFigures([
    { box: box(0, 0, 10, 10), truth: [box(50, 50, 10, 10), box(0, 0, 10, 10)] },
    { box: box(0, 0, 10, 5), truth: [box(0, 0, 10, 20)] },
    { box: null, truth: [box(0, 0, 1, 1)] },
    { box: box(0, 0, 1, 1), truth: [] },
    { box: null, truth: [] },
  ]);
  expect(figures).toMatchObject({ mean_iou: 41.7, 'hit@0.5': 33.3, answered: 66.7, absent_answered: 50 });
});

test('boxes that touch share nothing', () => {
  expect(intersectionOverUnion(box(0, 0, 10, 10), box(10, 0, 10, 10))).toBe(0);
  expect(intersectionOverUnion(box(0, 0, 10, 10), box(0, 5, 10, 10))).toBeCloseTo(1 / 3);
});
