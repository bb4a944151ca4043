import { describe, expect, it } from 'vitest';
import { writeBeams } from '../../../../src/adapters/onnx/generate/beam.ts';
import { pickGreedy } from '../../../../src/adapters/onnx/generate/greedy.ts';
import { nucleus, pickSampled } from '../../../../src/adapters/onnx/generate/sample.ts';
import { logProbabilities } from '../../../../src/adapters/onnx/generate/token-reader.ts';
import { shares, weigh } from '../../../../src/adapters/onnx/generate/weigh.ts';
import { write } from '../../../../src/adapters/onnx/generate/write.ts';
import { END, tableReader, tokensOf, wordsOf, type Table } from './table.ts';

/** The greedy way leads to "cat sits" (0.6 · 0.4 · 1 = 0.24); "dog runs" is likelier (0.4 · 0.9 · 1 = 0.36). */
const TABLE: Table = {
  a: { cat: 0.6, dog: 0.4 },
  'a cat': { sits: 0.4, runs: 0.35, end: 0.25 },
  'a dog': { runs: 0.9, end: 0.1 },
};
const PROMPT = tokensOf('a');
const limits = { ends: new Set([END]), mostTokens: 10, pause: async () => {} };

describe('greedy writing', () => {
  it('takes the likeliest token at each step and sums their log-probabilities, the closing one’s included', async () => {
    const reader = tableReader(TABLE);
    const written = await write(reader, PROMPT, pickGreedy, limits);
    expect(wordsOf(written.tokens)).toBe('cat sits');
    expect(written.logProbability).toBeCloseTo(Math.log(0.6 * 0.4), 5);
    expect(written.ended).toBe(true);
    // The prompt is read once, then one token a step.
    expect(reader.read_).toEqual([[PROMPT], [tokensOf('cat')], [tokensOf('sits')]]);
  });

  it('tells when the length cut it off', async () => {
    const written = await write(tableReader(TABLE), PROMPT, pickGreedy, { ...limits, mostTokens: 1 });
    expect(written).toMatchObject({ tokens: tokensOf('cat'), ended: false });
  });

  it('ends between two steps when the call is cancelled', async () => {
    let steps = 0;
    const pause = async () => {
      if (++steps === 2) throw new Error('cancelled');
    };
    const reader = tableReader(TABLE);
    await expect(write(reader, PROMPT, pickGreedy, { ...limits, pause })).rejects.toThrow('cancelled');
    expect(reader.read_).toHaveLength(1);
  });
});

describe('beam search', () => {
  const beam = (width: number, lengthPower: number, table = TABLE) =>
    writeBeams(tableReader(table), PROMPT, { width, lengthPower }, limits);

  it('finds the likelier text that greedy writing passes by', async () => {
    const written = await beam(2, 0);
    expect(wordsOf(written.tokens)).toBe('dog runs');
    expect(written.logProbability).toBeCloseTo(Math.log(0.4 * 0.9), 5);
    expect(written.ended).toBe(true);
  });

  it('is greedy writing where its width is 1', async () => {
    expect(wordsOf((await beam(1, 0)).tokens)).toBe('cat sits');
  });

  it('prefers the short text by its sum and the long one by its mean', async () => {
    // "cat": 0.5 · 0.5 = 0.25; "dog sits runs": 0.5 · 0.7 · 0.7 · 1 = 0.245. Means over 2 and 4 tokens: 0.5 and 0.70.
    const table: Table = {
      a: { cat: 0.5, dog: 0.5 },
      'a cat': { end: 0.5, sits: 0.5 },
      'a cat sits': { runs: 0.5, dog: 0.5 },
      'a dog': { sits: 0.7, runs: 0.3 },
      'a dog sits': { runs: 0.7, cat: 0.3 },
    };
    expect(wordsOf((await beam(4, 0, table)).tokens)).toBe('cat');
    const written = await beam(4, 1, table);
    expect(wordsOf(written.tokens)).toBe('dog sits runs');
    expect(written.logProbability).toBeCloseTo(Math.log(0.245), 5);
  });

  it('gives the best beginning where none has ended within the length', async () => {
    const written = await writeBeams(
      tableReader(TABLE),
      PROMPT,
      { width: 2, lengthPower: 0 },
      { ...limits, mostTokens: 1 },
    );
    expect(written).toMatchObject({ tokens: tokensOf('cat'), ended: false });
  });
});

describe('sampling', () => {
  it('keeps the likeliest tokens that together hold the share asked for', () => {
    const logs = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);
    expect(nucleus(logs, 1, 0.75).map(({ token }) => token)).toEqual([0, 1]);
    expect(nucleus(logs, 1, 0.85).map(({ token }) => token)).toEqual([0, 1, 2]);
    expect(nucleus(logs, 1, 1)).toHaveLength(4);
    // At temperature 0.5 probabilities are squared and spread anew: 0.25, 0.09, 0.0225, 0.0025 of 0.365.
    expect(nucleus(logs, 0.5, 0.68).map(({ token }) => token)).toEqual([0]);
  });

  it('draws as often as the probabilities say', () => {
    const pick = pickSampled({ temperature: 1, topP: 1, seed: 7 });
    const logs = Float32Array.from([0.7, 0.2, 0.1], Math.log);
    const drawn = [0, 0, 0];
    for (let i = 0; i < 3000; i++) drawn[pick(logs) as number]! += 1;
    expect(drawn[0]! / 3000).toBeCloseTo(0.7, 1);
    expect(drawn[2]! / 3000).toBeCloseTo(0.1, 1);
  });

  it('writes the same from the same seed and something else from another', async () => {
    const text = async (seed: number) =>
      wordsOf((await write(tableReader(TABLE), PROMPT, pickSampled({ temperature: 1, topP: 1, seed }), limits)).tokens);
    expect(await text(3)).toBe(await text(3));
    const all = await Promise.all(Array.from({ length: 20 }, (_, seed) => text(seed)));
    expect(new Set(all).size).toBeGreaterThan(2);
  });

  it('refuses a temperature of 0 and a share above 1', () => {
    expect(() => pickSampled({ temperature: 0, topP: 1, seed: 1 })).toThrow('above 0');
    expect(() => pickSampled({ temperature: 1, topP: 1.1, seed: 1 })).toThrow('above 0');
  });
});

describe('weighing given texts', () => {
  it('sums each text with its end behind a prompt that is read once', async () => {
    const reader = tableReader(TABLE);
    const texts = [tokensOf('cat'), tokensOf('dog', 'runs'), tokensOf('dog'), tokensOf('sits'), []];
    const weighed = await weigh(reader, PROMPT, texts, { end: END, pause: async () => {} });
    const wanted = [0.6 * 0.25, 0.4 * 0.9, 0.4 * 0.1, 0, 0];
    for (const [i, { logProbability }] of weighed.entries())
      expect(Math.exp(logProbability)).toBeCloseTo(wanted[i]!, 5);
    expect(weighed.map(({ tokens }) => tokens)).toEqual([2, 3, 2, 2, 1]);
    // Texts of one length in one batch.
    expect(reader.read_).toEqual([
      [PROMPT],
      [tokensOf('cat'), tokensOf('dog'), tokensOf('sits')],
      [tokensOf('dog', 'runs')],
    ]);
  });

  it('turns log-probabilities into shares of 1, however small they are', () => {
    const [a, b] = shares([-1000, -1000 + Math.log(3)]);
    expect(a).toBeCloseTo(0.25, 6);
    expect(b).toBeCloseTo(0.75, 6);
  });
});

it('log-probabilities of logits sum to 1 whatever their height', () => {
  const logs = logProbabilities(Float32Array.from([1000, 1001, 999]));
  expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 4);
});
