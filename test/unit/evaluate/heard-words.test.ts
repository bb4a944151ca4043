import { describe, expect, it } from 'vitest';
import { characterErrors, errorInterval, errorRate, wordErrors } from '../../../src/evaluate/heard-words.ts';
import { speakingFigures } from '../../../src/evaluate/speaking.ts';
import { editDistance } from '../../../src/evaluate/word-errors.ts';

describe('errors of what was heard', () => {
  it('counts words put in, left out and changed', () => {
    expect(editDistance([...'kitten'], [...'sitting'])).toBe(3);
    expect(wordErrors('The bell rang nine times.', 'the bell range nine times')).toEqual({ errors: 1, of: 5 });
    expect(wordErrors('One two three', '')).toEqual({ errors: 3, of: 3 });
    expect(characterErrors('abc', 'abd')).toEqual({ errors: 1, of: 3 });
  });

  it('takes numbers, money and short forms as they are said', () => {
    expect(
      wordErrors('Dr. Smith paid $5 in 1999.', 'Doctor Smith paid five dollars in nineteen ninety-nine').errors,
    ).toBe(0);
  });

  it('pools the lines of a source, and gives an interval around', () => {
    const lines = [
      { errors: 1, of: 10 },
      { errors: 0, of: 30 },
    ];
    expect(errorRate(lines)).toBe(2.5);
    const [low, high] = errorInterval(lines);
    expect(low).toBeLessThan(2.5);
    expect(high).toBeGreaterThan(2.5);
    expect(errorRate([])).toBe(0);
  });

  it('reports by source', () => {
    const line = (id: string, source: string) => ({ id, source, text: 'a b' });
    const spoken = (id: string, source: string, errors: number) => ({
      line: line(id, source),
      heard: '',
      words: { errors, of: 2 },
      characters: { errors, of: 3 },
      audioSeconds: 2,
      speakingSeconds: 1,
    });
    expect(speakingFigures([spoken('1', 'B', 1), spoken('2', 'A', 0), spoken('3', 'B', 0)])).toMatchObject({
      A: { n: 1, words: 2, wer: 0, cer: 0, real_time_factor: 0.5 },
      B: { n: 2, words: 4, wer: 25, cer: 16.7 },
    });
  });
});
