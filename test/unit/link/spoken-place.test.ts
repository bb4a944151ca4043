import { describe, expect, it } from 'vitest';
import { spokenPlace } from '../../../src/link/spoken-place.ts';

const text = 'The bell of Saint Ann rang. Ann heard it.';
const locator = { type: 'TimeSpan', startSeconds: 10, endSeconds: 15 } as const;
const words = text
  .split(' ')
  .map((word, i) => ({ text: word, startSeconds: 10 + i / 2, endSeconds: 10.4 + i / 2, score: 1 }));
const placeOf = (part: string, from = 0) => {
  const start = text.indexOf(part, from);
  return spokenPlace({ locator, text }, { start, end: start + part.length }, words);
};

describe('spokenPlace', () => {
  it('gives the seconds of the words of a range', () => {
    expect(placeOf('Saint Ann')).toEqual({ type: 'TimeSpan', startSeconds: 11.5, endSeconds: 12.4 });
    expect(placeOf('Ann', 25)).toEqual({ type: 'TimeSpan', startSeconds: 13, endSeconds: 13.4 });
    expect(placeOf('rang')).toEqual({ type: 'TimeSpan', startSeconds: 12.5, endSeconds: 12.9 });
  });

  it('gives the whole utterance where the words are not known', () => {
    expect(spokenPlace({ locator, text }, { start: 0, end: 3 }, [])).toEqual(locator);
  });
});
