import { expect, test } from 'vitest';
import { cutIntoParts } from '../../../src/adapters/onnx/text-parts.ts';

/** As the benchmark's mixed list: 8 to 256 tokens of about five letters. */
const mixed = Array.from({ length: 64 }, (_, i) => 5 * (8 + ((i * 61) % 249)));

test('each part fits one pass, the longest texts first, texts of like length together, none lost', () => {
  const parts = cutIntoParts(mixed, 512, 512);
  expect(parts.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual(mixed.map((_, i) => i));
  for (const { tokens } of parts) expect(tokens).toBeLessThanOrEqual(512);
  const lengths = parts.flatMap(({ members }) => members.map((i) => mixed[i] ?? 0));
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  // Enough parts that whoever is ready first can take the next one.
  expect(parts.length).toBeGreaterThan(16);
});

test('a call that fits one pass stays together, an empty one has no part, a text alone may be longer than a part', () => {
  expect(cutIntoParts([40, 44, 48, 12], 512, 512)).toEqual([{ members: [2, 1, 0, 3], tokens: 44 }]);
  expect(cutIntoParts([], 512, 512)).toEqual([]);
  expect(cutIntoParts([1e6], 8192, 512)).toEqual([{ members: [0], tokens: 8192 }]);
});
