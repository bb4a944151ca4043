import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords, withinSpeech } from '../../../src/adapters/onnx/whisper-words.ts';
import { alignTokens, firstFrames, medianOver } from '../../../src/adapters/onnx/word-alignment.ts';

describe('firstFrames', () => {
  it('follows the ridge of a matrix', () => {
    const [rows, columns] = [3, 8];
    const matrix = new Float32Array(rows * columns).fill(-1);
    for (const [row, from, to] of [
      [0, 0, 2],
      [1, 3, 5],
      [2, 6, 7],
    ] as const)
      matrix.fill(1, row * columns + from, row * columns + to + 1);
    expect([...firstFrames(matrix, rows, columns)]).toEqual([0, 3, 6]);
  });

  it('gives frames in order, within the sound, the first token the first one, whatever the matrix', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.double({ min: -3, max: 3, noNaN: true })),
        (rows, columns, numbers) => {
          const matrix = Float32Array.from({ length: rows * columns }, () => numbers.next().value as number);
          const frames = [...firstFrames(matrix, rows, columns)];
          expect(frames).toHaveLength(rows);
          expect(frames[0]).toBe(0);
          for (const [i, frame] of frames.entries()) {
            expect(frame).toBeGreaterThanOrEqual(frames[i - 1] ?? 0);
            expect(frame).toBeLessThan(columns);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('alignTokens', () => {
  it('reads each token’s time off the token before it, and leaves out what lies behind the sound', () => {
    const [heads, tokens, frames, heard] = [2, 5, 60, 40];
    const data = new Float32Array(heads * tokens * frames).fill(0.001);
    // Rows: start, no times, two words, end. What the row before attends to is the token's.
    for (let head = 0; head < heads; head++)
      for (const [row, from, to] of [
        [1, 0, 12],
        [2, 13, 27],
        [3, 28, 39],
        [4, 45, 60],
      ] as const)
        data.fill(1, (head * tokens + row) * frames + from, (head * tokens + row) * frames + to + 1);
    const begins = [...alignTokens({ data, heads, tokens, frames, heard }, 1)];
    expect(begins).toHaveLength(3);
    for (const [i, frame] of [0, 13, 28].entries()) expect(Math.abs((begins[i] ?? 99) - frame)).toBeLessThanOrEqual(1);
  });
});

describe('medianOver', () => {
  it('takes a peak out and keeps a step, mirroring the ends', () => {
    expect([...medianOver(Float32Array.of(0, 0, 9, 0, 0, 1, 1, 1, 1), 3)]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...medianOver(Float32Array.of(5, 1, 2), 3)]).toEqual([1, 2, 1]);
    expect([...medianOver(Float32Array.of(5), 7)]).toEqual([5]);
  });
});

describe('splitWords', () => {
  const pieces = [' Don', "'t", ' say', ' "', 'no', '"', ',', ' na', '\u00EF', 've', ' man', '.'];
  const decode = (tokens: readonly number[]) => tokens.map((token) => pieces[token] ?? '').join('');

  it('begins a word where its text begins with a space; marks stay with the word they touch', () => {
    const words = splitWords([...pieces.keys()], decode);
    expect(words.map(({ text }) => text)).toEqual(["Don't", 'say', '"no",', 'naïve', 'man.']);
    expect(words.map(({ first, end }) => [first, end])).toEqual([
      [0, 2],
      [2, 3],
      [3, 7],
      [7, 10],
      [10, 12],
    ]);
    expect(splitWords([], decode)).toEqual([]);
  });

  it('takes the parts of one character together', () => {
    const half = (tokens: readonly number[]) =>
      tokens.join('') === '1' ? ' \uFFFD' : tokens.join('') === '12' ? ' é' : ' x';
    expect(splitWords([1, 2, 3], half).map(({ text }) => text)).toEqual(['é', 'x']);
  });
});

describe('withinSpeech', () => {
  const word = (startSeconds: number, endSeconds: number) => ({ text: 'bell', startSeconds, endSeconds, score: 1 });
  const stretches = [
    { startSeconds: 1, endSeconds: 2 },
    { startSeconds: 4, endSeconds: 6 },
  ];

  it('takes a pause off a word, on the side that holds less of it', () => {
    expect(withinSpeech(word(0.2, 1.5), stretches)).toMatchObject({ startSeconds: 1, endSeconds: 1.5 });
    expect(withinSpeech(word(1.9, 4.6), stretches)).toMatchObject({ startSeconds: 4, endSeconds: 4.6 });
    expect(withinSpeech(word(2.5, 3.5), stretches)).toMatchObject({ startSeconds: 2.5, endSeconds: 3.5 });
  });
});
