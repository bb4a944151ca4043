import { expect, test } from 'vitest';
import { cutIntoParts, PART } from '../../../src/adapters/onnx/text-parts.ts';

/** As the benchmark's mixed list: 8 to 256 tokens of about five letters. */
const mixed = Array.from({ length: 64 }, (_, i) => 5 * (8 + ((i * 61) % 249)));
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

test('texts of mixed lengths are shared out evenly among the sessions', () => {
  for (const sessions of [1, 2, 3, 4]) {
    const parts = cutIntoParts(mixed, 512, sessions);
    // In the order in which the parts are called, each session takes the next one.
    const shares = Array.from({ length: sessions }, (_, session) =>
      sum(parts.filter((__, i) => i % sessions === session).map(({ tokens }) => tokens)),
    );
    expect(Math.max(...shares) / Math.min(...shares)).toBeLessThan(1.1);
    expect(parts.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(mixed.map((_, i) => i));
    for (const { tokens } of parts) expect(tokens).toBeLessThanOrEqual(PART + 512);
  }
});

test('the longest texts come first, and each part holds texts of like length', () => {
  const parts = cutIntoParts(
    Array.from({ length: 400 }, (_, i) => 4 * (1 + i)),
    512,
    2,
  );
  expect(parts[0]?.members[0]).toBe(399);
  const spans = parts.map(({ members }) => Math.max(...members) - Math.min(...members));
  expect(Math.max(...spans.slice(0, 4))).toBeLessThan(20);
});

test('what fits one pass stays together, an empty call has no part, and a text alone may be longer than a part', () => {
  expect(cutIntoParts([40, 44, 48, 12], 512, 2)).toEqual([{ members: [2, 1, 0, 3], tokens: 44 }]);
  expect(cutIntoParts([], 512, 2)).toEqual([]);
  expect(cutIntoParts([1e6], 8192, 2)).toEqual([{ members: [0], tokens: 8192 }]);
});
