import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanSpans } from '../../../src/adapters/onnx/speech-guards.ts';
import { findStretches } from '../../../src/adapters/onnx/speech-stretches.ts';
import { cutAtTimes, RATE, speechRegions } from '../../../src/adapters/onnx/speech.ts';

/** Probabilities of frames of 0.1 s. */
const stretches = (...probabilities: number[]) =>
  findStretches(Float32Array.from(probabilities), 0.1, probabilities.length / 10, RULES).map(
    ({ startSeconds, endSeconds }) => [Math.round(startSeconds * 100), Math.round(endSeconds * 100)],
  );
const RULES = { enter: 0.5, leave: 0.3, pause: 0.2, shortest: 0.15, margin: 0.03 };
const span = (text: string, startSeconds = 0, endSeconds = 1, score = 0.9) => ({
  text,
  startSeconds,
  endSeconds,
  score,
});
const texts = (...said: ReturnType<typeof span>[]) => cleanSpans(said, 60).map(({ text }) => text);

describe('findStretches', () => {
  it('begins above one threshold and ends below another, after a pause', () => {
    expect(stretches(0, 0.4, 0.6, 0.9, 0.4, 0.9, 0, 0, 0, 0)).toEqual([[17, 63]]);
    // Wavering between the two changes nothing, and a short dip neither.
    expect(stretches(0.9, 0.4, 0.4, 0.4, 0.9, 0, 0.9, 0.1, 0.1, 0.1)).toEqual([[0, 73]]);
  });

  it('leaves out a click, and lets speech go on to the end', () => {
    expect(stretches(0, 0.9, 0, 0, 0, 0, 0.9, 0.9, 0.9)).toEqual([[57, 90]]);
    expect(stretches()).toEqual([]);
    expect(stretches(0, 0, 0)).toEqual([]);
  });

  it('gives stretches in order, apart and within the recording, whatever the probabilities', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), (probabilities) => {
        let last = 0;
        for (const one of findStretches(Float32Array.from(probabilities), 0.032, probabilities.length * 0.032)) {
          expect(one.startSeconds).toBeGreaterThanOrEqual(last);
          expect(one.endSeconds).toBeGreaterThan(one.startSeconds);
          expect(one.endSeconds).toBeLessThanOrEqual(probabilities.length * 0.032);
          last = one.endSeconds;
        }
      }),
    );
  });
});

describe('speechRegions', () => {
  it('leaves long pauses out, keeps short ones and a margin', () => {
    const said = [
      { startSeconds: 5, endSeconds: 7 },
      { startSeconds: 8, endSeconds: 10 },
      { startSeconds: 20, endSeconds: 21 },
    ];
    const seconds = speechRegions(said, 21.1 * RATE).map(({ start, end }) => [start / RATE, end / RATE]);
    expect(seconds).toEqual([
      [4.7, 10.3],
      [19.7, 21.1],
    ]);
    expect(speechRegions([], RATE)).toEqual([]);
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

  it('keeps the words of what is left, at their times', () => {
    const words = ['No,', 'no,', 'no,', 'no,', 'he', 'left.'].map((text, i) => ({
      text,
      startSeconds: i,
      endSeconds: i + 1,
      score: 0.9,
    }));
    const [kept] = cleanSpans([{ ...span('No, no, no, no, he left.', 0, 5.5), words }], 60);
    expect(kept?.text).toBe('No, he left.');
    expect(kept?.words?.map(({ text, startSeconds, endSeconds }) => [text, startSeconds, endSeconds])).toEqual([
      ['No,', 0, 1],
      ['he', 4, 5],
      ['left.', 5, 5.5],
    ]);
  });
});
