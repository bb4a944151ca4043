import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanSpans } from '../../../src/adapters/onnx/speech-guards.ts';
import { cutAtTimes, RATE, soundingRegions } from '../../../src/adapters/onnx/speech.ts';

/** Seconds of tone (true) or silence. */
const recording = (...parts: [seconds: number, sounds: boolean][]) =>
  Float32Array.from(
    parts.flatMap(([seconds, sounds]) =>
      Array.from({ length: seconds * RATE }, (_, i) => (sounds ? Math.sin(i / 5) / 10 : 0)),
    ),
  );
const span = (text: string, startSeconds = 0, endSeconds = 1, score = 0.9) => ({
  text,
  startSeconds,
  endSeconds,
  score,
});
const texts = (...said: ReturnType<typeof span>[]) => cleanSpans(said, 60).map(({ text }) => text);

describe('soundingRegions', () => {
  it('leaves long silences out, keeps short pauses and a margin', () => {
    const samples = recording([5, false], [2, true], [1, false], [2, true], [10, false], [1, true]);
    const seconds = soundingRegions(samples).map(({ start, end }) => [start / RATE, end / RATE]);
    expect(seconds).toHaveLength(2);
    for (const [i, [from, to]] of [
      [4.7, 10.3],
      [19.7, 21],
    ].entries()) {
      expect(seconds[i]?.[0]).toBeCloseTo(from ?? 0, 1);
      expect(seconds[i]?.[1]).toBeCloseTo(to ?? 0, 1);
    }
    expect(soundingRegions(recording([3, false]))).toEqual([]);
    expect(soundingRegions(new Float32Array())).toEqual([]);
  });

  it('gives regions in order, apart and within the recording, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.boolean()), { maxLength: 6 }), (parts) => {
        const samples = recording(...parts);
        let last = 0;
        for (const { start, end } of soundingRegions(samples)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(samples.length);
          last = end;
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('cutAtTimes', () => {
  const TIME = 1000;
  const at = (seconds: number) => TIME + seconds * 50;

  it('gives the words between times, and no end where the model broke off', () => {
    const tokens = [at(0), 1, 2, at(3), at(3), 3, at(5), at(6), 4];
    const parts = cutAtTimes(
      tokens,
      tokens.map((_, i) => -i),
      TIME,
    );
    expect(parts.map(({ from, to, tokens }) => [from, to, tokens])).toEqual([
      [0, 3, [1, 2]],
      [3, 5, [3]],
      [6, undefined, [4]],
    ]);
    expect(parts[1]?.logProbabilities).toEqual([-5]);
  });

  it('gives nothing for nothing, and one open part where no time is named', () => {
    expect(cutAtTimes([], [], TIME)).toEqual([]);
    expect(cutAtTimes([at(0), at(0)], [0, 0], TIME)).toEqual([]);
    expect(cutAtTimes([1, 2], [0, 0], TIME)).toMatchObject([{ from: 0, to: undefined, tokens: [1, 2] }]);
  });
});

describe('cleanSpans', () => {
  it('keeps times in order and within the recording', () => {
    expect(cleanSpans([span('one', -1, 5), span('two', 4, 9), span('three', 9, 99), span('late', 70, 80)], 20)).toEqual(
      [span('one', 0, 5), span('two', 5, 9), span('three', 9, 20)],
    );
  });

  it('drops what the model is unsure of, sounds, and its habits where nothing else is said', () => {
    expect(texts(span('The bell rang.'), span('the', 1, 2, 0.03))).toEqual(['The bell rang.']);
    expect(texts(span('♪ music ♪'), span('(wind)'), span('...'))).toEqual([]);
    expect(texts(span('Thank you.'))).toEqual([]);
    expect(texts(span('The bell rang.'), span('Thank you.', 1, 2))).toEqual(['The bell rang.', 'Thank you.']);
  });

  it('drops loops', () => {
    expect(texts(span(`A${'H'.repeat(90)}`))).toEqual([]);
    expect(texts(span('No, '.repeat(20)))).toEqual([]);
    expect(texts(span('Ugh!', 0, 1), span('ugh!', 1, 2), span('Ugh!', 2, 3), span('He left.', 3, 4))).toEqual([
      'He left.',
    ]);
    expect(texts(span('We sailed out and we sailed out and we sailed out and we came home.'))).toHaveLength(1);
    expect(texts(span('No, no, that is wrong.'))).toEqual(['No, no, that is wrong.']);
  });
});
