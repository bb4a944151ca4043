import { describe, expect, it } from 'vitest';
import { isExact, sameDenotation, wordF1 } from '../../../src/evaluate/said-right.ts';
import { textFigures, textItem, type TextResult } from '../../../src/evaluate/text-qa.ts';

describe('a said answer', () => {
  it('is compared without articles, case and punctuation', () => {
    expect(isExact('the River Esk.', ['river esk'])).toBe(true);
    expect(isExact('2.5 km', ['25 km'])).toBe(false);
    expect(isExact('6,960', ['6960'])).toBe(true);
    expect(wordF1('Ellen Carew', ['Carew', 'Anna'])).toBeCloseTo(2 / 3);
    expect(wordF1('', ['Carew'])).toBe(0);
  });

  it('of a table is all of the values in any order, numbers as numbers', () => {
    expect(sameDenotation('1,000', ['1000.0'])).toBe(true);
    expect(sameDenotation('Bray and Cork', ['Cork', 'Bray'])).toBe(true);
    expect(sameDenotation('Bray', ['Cork', 'Bray'])).toBe(false);
    expect(sameDenotation('Bray', ['Cork'])).toBe(false);
  });
});

describe('a line of a manifest', () => {
  const line = { id: 'a', task: 'extractive_qa', source: 'Made', question: 'Who found it?' };

  it('with a context is asked about that text', () => {
    expect(textItem({ ...line, context: 'Ada found it.', answer: 'Ada', aliases: ['Ada L.'] })).toMatchObject({
      kind: 'WORDS',
      rights: ['Ada', 'Ada L.'],
      place: { kind: 'CONTEXT', text: 'Ada found it.' },
    });
  });

  it('with a table is asked about that, and every value counts', () => {
    expect(textItem({ ...line, file: 'a.csv', answers: [2, 'x'] })).toMatchObject({
      kind: 'VALUES',
      rights: ['2', 'x'],
      place: { kind: 'TABLE', file: 'a.csv' },
    });
  });

  it('without either is asked of the corpus', () => {
    expect(textItem({ ...line, answer: true })).toMatchObject({
      rights: ['yes'],
      place: { kind: 'CORPUS', brings: [] },
    });
    expect(textItem({ ...line, choices: ['a', 'b'], answer: 'b' })).toMatchObject({ kind: 'CHOICE', right: 1 });
  });

  it('with passages brings them to the corpus', () => {
    const passages = [{ title: 'Ada', text: 'Ada found it.' }, { text: 'Nobody else was there.' }];
    expect(textItem({ ...line, passages, answer: 'Ada' })).toMatchObject({
      place: {
        kind: 'CORPUS',
        brings: [
          { id: 'a#0', title: 'Ada' },
          { id: 'a#1', text: 'Nobody else was there.' },
        ],
      },
    });
  });

  it('that can’t be measured says why', () => {
    expect(textItem(line)).toBe('no right answer');
    expect(textItem({ ...line, question: ' ', answer: 'x' })).toBe('no question');
    expect(textItem({ ...line, choices: ['a', 'b'], answer: 'c' })).toBe('a choice without a right answer');
  });
});

describe('figures of answers', () => {
  const item = textItem({ id: 'a', task: 'multihop_qa', source: 'Made', question: 'Who?', answer: 'Ada Lovelace' });
  const choice = textItem({ id: 'b', task: 'x', source: 'Made', question: 'Who?', choices: ['a', 'b'], answer: 'b' });
  if (typeof item === 'string' || typeof choice === 'string') throw new Error('no items');
  const result = (more: Partial<TextResult>): TextResult => ({
    item,
    asked: 'Who?',
    said: 'Ada Lovelace',
    confidence: 0.9,
    abstained: false,
    claims: { held: 3, all: 4 },
    milliseconds: 10,
    ...more,
  });

  it('count what was said without a threshold, and what the threshold would hold back', () => {
    const figures = textFigures([
      result({}),
      result({ said: 'Ada', confidence: 0.1, abstained: true }),
      result({ said: null, confidence: 0, abstained: true }),
      result({ item: choice, said: 'b' }),
    ]);
    expect(figures).toMatchObject({
      n: 4,
      em: 33.3,
      f1: 55.6,
      accuracy: 100,
      abstained: 50,
      answered_right: 100,
      verified: 75,
      ms_p50: 10,
    });
  });

  it('are calibrated where confidence is the share that is right', () => {
    const half = [result({ confidence: 0.55 }), result({ confidence: 0.55, said: 'nobody' })];
    expect(textFigures(half)['ece']).toBe(5);
    expect(textFigures([result({ confidence: 0.95, said: 'nobody' })])['ece']).toBe(95);
  });
});
