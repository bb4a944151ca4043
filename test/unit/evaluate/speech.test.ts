import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spokenWords } from '../../../src/evaluate/english-words.ts';
import { digitsForWords } from '../../../src/evaluate/number-words.ts';
import { speechFigures, startErrors, type TranscribedClip } from '../../../src/evaluate/speech.ts';
import { equalErrorRate } from '../../../src/evaluate/voice.ts';
import { align } from '../../../src/evaluate/word-errors.ts';

const plain = (text: string) => spokenWords(text).join(' ');

describe('spokenWords', () => {
  it('leaves marks, case, fillers and remarks out', () => {
    expect(plain('Printing, in the ONLY sense — hm (laughs) with which, um, we are [music] concerned.')).toBe(
      'printing in the only sense hm with which we are concerned',
    );
    expect(plain('…')).toBe('');
    expect(plain('café')).toBe('cafe');
  });

  it('writes contractions and titles out', () => {
    expect(plain("I won't, you can’t, he's sure they'd've gone; let's ask Mr. Bell, Mrs. Dr. Lee.")).toBe(
      'i will not you can not he s sure they would have gone let us ask mister bell missus doctor lee',
    );
  });

  it('gives numbers in digits, however they are written', () => {
    expect(plain('Twenty-one boats')).toBe(plain('21 boats'));
    expect(plain('one thousand two hundred and five')).toBe('1205');
    expect(plain('1,205')).toBe('1205');
    expect(plain('nineteen eighty-four')).toBe('1984');
    expect(plain('the fourteenth of the twenty first')).toBe('the 14th of the 21st');
    expect(plain('about 1.5 metres.')).toBe('about 1.5 metres');
    expect(plain('$20')).toBe(plain('twenty dollars'));
    expect(plain('5%')).toBe(plain('five per cent'));
    expect(plain('three hundred thousand and me')).toBe('300000 and me');
  });
});

describe('digitsForWords', () => {
  it('keeps digits that are said one by one apart', () => {
    expect(digitsForWords('three five zero nine'.split(' '))).toEqual(['3', '5', '0', '9']);
    expect(digitsForWords('ten eleven'.split(' '))).toEqual(['1011']);
  });

  it('changes no word that is no number', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('bell', 'and', 'tenth-rate', 'onerous')), (words) => {
        expect(digitsForWords(words)).toEqual(words);
      }),
    );
  });
});

describe('align', () => {
  it('counts insertions, deletions and substitutions, and sets like beside like', () => {
    const { errors, steps } = align(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e']);
    expect(errors).toBe(2);
    expect(steps).toEqual([
      { said: 0, heard: 0 },
      { said: 1, heard: 1 },
      { said: 2, heard: 2 },
      { said: 3, heard: 3 },
      { heard: 4 },
    ]);
    expect(align([], ['a']).errors).toBe(1);
    expect(align([], [])).toEqual({ errors: 0, steps: [] });
  });

  it('is nought for the same, never more than the longer, and the same both ways', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(align(a, a).errors).toBe(0);
        expect(align(a, b).errors).toBe(align(b, a).errors);
        expect(align(a, b).errors).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

describe('speech figures', () => {
  it('measures the starts of words that were heard rightly', () => {
    const known = [
      { word: 'three', start_s: 0.5 },
      { word: 'bells', start_s: 1 },
      { word: 'ring', start_s: 2 },
    ];
    const heard = ['3', 'bells,', 'rang'].map((text, i) => ({
      text,
      startSeconds: i + 0.6,
      endSeconds: i + 1,
      score: 1,
    }));
    const spans = [{ text: '3 bells, rang', startSeconds: 0, endSeconds: 3, score: 1, words: heard }];
    expect(startErrors(known, spans).map((seconds) => Math.round(seconds * 100))).toEqual([10, 60]);
  });

  it('adds errors over all clips of a source', () => {
    const clip = (wordErrors: number, words: number): TranscribedClip => ({
      source: 'Made',
      words,
      wordErrors,
      characters: 100,
      characterErrors: 1,
      audioSeconds: 10,
      wallSeconds: 1,
      startErrors: [0.1, -0.1],
    });
    expect(speechFigures([clip(1, 10), clip(0, 30)])['Made']).toMatchObject({
      n: 2,
      wer: 2.5,
      cer: 1,
      exact: 50,
      real_time_factor: 0.1,
      timing_error_ms: 100,
      timing_bias_ms: 0,
    });
  });
});

describe('equalErrorRate', () => {
  it('is nought where a threshold tells all pairs apart, and half where none tells any', () => {
    expect(equalErrorRate([0.8, 0.9], [0.1, 0.2, 0.3]).rate).toBe(0);
    expect(equalErrorRate([0.1, 0.5, 0.9], [0.1, 0.5, 0.9]).rate).toBeCloseTo(0.5, 0);
    const { rate, threshold } = equalErrorRate([0.2, 0.8, 0.8, 0.8], [0.1, 0.1, 0.1, 0.9]);
    expect(rate).toBe(0.25);
    expect(threshold).toBeGreaterThan(0.1);
  });
});
