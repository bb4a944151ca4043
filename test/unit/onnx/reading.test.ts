import { describe, expect, it } from 'vitest';
import { decodeCtc } from '../../../src/adapters/onnx/ctc.ts';
import { LINE_HEIGHT, splitAtGaps } from '../../../src/adapters/onnx/line-cuts.ts';
import { turnedBack, uprightAround } from '../../../src/adapters/onnx/slanted-box.ts';
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
  it('gives one box a region, grown beyond it', () => {
    const boxes = findTextBoxes(map([10, 10, 40, 6, 0.9], [60, 40, 40, 8, 0.8]), WIDTH, HEIGHT).map(uprightAround);
    expect(boxes).toHaveLength(2);
    const [first, second] = boxes;
    expect(first?.x).toBeLessThan(10);
    expect(first?.y).toBeLessThan(10);
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeGreaterThan(50);
    expect((second?.x ?? 0) + (second?.width ?? 0)).toBeGreaterThan(WIDTH);
  });

  it('follows a line that slants, and lays it level', () => {
    const slant = 0.15;
    const values = new Float32Array(WIDTH * HEIGHT);
    for (let x = 10; x < 90; x++)
      for (let dy = -3; dy <= 3; dy++) values[Math.round(25 + slant * (x - 50) + dy) * WIDTH + x] = 0.9;
    const [box, ...more] = findTextBoxes(values, WIDTH, HEIGHT);
    if (!box) throw new Error('no box');
    expect(more).toEqual([]);
    expect(box.angle).toBeCloseTo(Math.atan(slant), 1);
    expect(box.x).toBeCloseTo(50, 0);
    expect(box.width).toBeGreaterThan(80);
    expect(box.height).toBeLessThan(22);
    expect(turnedBack(box, box.angle).height).toBe(box.height);
  });

  it('passes over what is faint, small or nothing', () => {
    expect(findTextBoxes(map([10, 10, 40, 6, 0.4], [60, 40, 20, 2, 0.9]), WIDTH, HEIGHT)).toEqual([]);
    expect(findTextBoxes(map(), WIDTH, HEIGHT)).toEqual([]);
  });
});

describe('splitAtGaps', () => {
  const line = (...words: [from: number, to: number][]) => {
    const width = 400;
    const pixels = Buffer.alloc(width * LINE_HEIGHT * 3, 255);
    for (const [from, to] of words)
      for (let y = 12; y < 36; y++)
        for (let x = from; x < to; x++) pixels.fill((x + y) % 3 ? 0 : 90, (y * width + x) * 3, (y * width + x) * 3 + 3);
    return { box: { x: 100, y: 20, width: 200, height: 24, angle: 0 }, width, pixels };
  };

  it('parts two columns that were found as one line, each with its own box', () => {
    const [left, right, ...more] = splitAtGaps(line([10, 180], [220, 390]));
    expect(more).toEqual([]);
    expect(left && uprightAround(left.box).x).toBeLessThanOrEqual(5);
    expect(right && uprightAround(right.box).x).toBeGreaterThan(left ? uprightAround(left.box).width : 0);
    expect(right?.pixels).toHaveLength((right?.width ?? 0) * LINE_HEIGHT * 3);
  });

  it('leaves spaces between words alone', () => {
    const whole = line([10, 90], [104, 180], [194, 390]);
    expect(splitAtGaps(whole)).toEqual([whole]);
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
