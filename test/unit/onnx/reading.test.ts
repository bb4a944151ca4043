import { describe, expect, it } from 'vitest';
import { decodeCtc } from '../../../src/adapters/onnx/ctc.ts';
import { findTextBoxes } from '../../../src/adapters/onnx/text-boxes.ts';

const WIDTH = 100;
const HEIGHT = 60;
const map = (...regions: [x: number, y: number, width: number, height: number, probability: number][]) => {
  const values = new Float32Array(WIDTH * HEIGHT);
  for (const [x, y, width, height, probability] of regions)
    for (let row = y; row < y + height; row++) values.fill(probability, row * WIDTH + x, row * WIDTH + x + width);
  return values;
};

describe('findTextBoxes', () => {
  it('gives one box a region, grown beyond it and kept within the picture', () => {
    const boxes = findTextBoxes(map([10, 10, 40, 6, 0.9], [60, 40, 40, 8, 0.8]), WIDTH, HEIGHT);
    expect(boxes).toHaveLength(2);
    const [first, second] = boxes;
    expect(first?.x).toBeLessThan(10);
    expect(first?.y).toBeLessThan(10);
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeGreaterThan(50);
    expect((second?.x ?? 0) + (second?.width ?? 0)).toBe(WIDTH);
  });

  it('passes over what is faint, small or nothing', () => {
    expect(findTextBoxes(map([10, 10, 40, 6, 0.4], [60, 40, 20, 2, 0.9]), WIDTH, HEIGHT)).toEqual([]);
    expect(findTextBoxes(map(), WIDTH, HEIGHT)).toEqual([]);
  });
});

describe('decodeCtc', () => {
  const alphabet = ['', 'a', 'b', ' '];
  const steps = (...classes: number[]) =>
    Float32Array.from(classes.flatMap((best) => alphabet.map((_, i) => (i === best ? 0.7 : 0.1))));

  it('joins repeats, keeps letters that a blank parts, drops blanks', () => {
    const { text, score } = decodeCtc(steps(0, 1, 1, 0, 1, 3, 2, 2, 0), 9, 4, alphabet);
    expect(text).toBe('aa b');
    expect(score).toBeCloseTo(0.7, 5);
  });

  it('reads nothing where all is blank', () => {
    expect(decodeCtc(steps(0, 0), 2, 4, alphabet)).toEqual({ text: '', score: 0 });
  });
});
