import { expect, it } from 'vitest';
import { bestSpans } from '../../../src/adapters/onnx/span-scores.ts';

it('a span has the highest sum of its first and last token’s scores, and never ends before it begins', () => {
  const starts = Float32Array.of(0, 1, 5, 0);
  const ends = Float32Array.of(9.5, 0, 2, 4);
  expect(bestSpans(starts, ends, 3)).toEqual([
    { first: 0, last: 0, score: 9.5 },
    { first: 2, last: 3, score: 9 },
    { first: 2, last: 2, score: 7 },
  ]);
});

it('a span has at most 24 tokens', () => {
  const starts = new Float32Array(40);
  const ends = new Float32Array(40);
  starts[0] = 10;
  ends[39] = 10;
  expect(Math.max(...bestSpans(starts, ends).map(({ first, last }) => last - first + 1))).toBeLessThanOrEqual(24);
});

it('nothing to read has no spans', () => {
  expect(bestSpans(new Float32Array(0), new Float32Array(0))).toEqual([]);
});
