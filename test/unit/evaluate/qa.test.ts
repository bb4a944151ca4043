import { describe, expect, it } from 'vitest';
import { isExact, sameDenotation, wordF1 } from '../../../src/evaluate/said-right.ts';
import { calibrationError, wilson95 } from '../../../src/evaluate/figures.ts';
import { qaFigures, type QaResult } from '../../../src/evaluate/qa-figures.ts';
import { qaItem } from '../../../src/evaluate/qa-item.ts';

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
    expect(qaItem({ ...line, context: 'Ada found it.', answer: 'Ada', aliases: ['Ada L.'] })).toMatchObject({
      kind: 'WORDS',
      rights: ['Ada', 'Ada L.'],
      place: { kind: 'CONTEXT', text: 'Ada found it.' },
    });
  });

  it('with a table is asked about that, and every value counts', () => {
    expect(qaItem({ ...line, file: 'a.csv', answers: [2, 'x'] })).toMatchObject({
      kind: 'VALUES',
      rights: ['2', 'x'],
      place: { kind: 'TABLE', file: 'a.csv' },
    });
  });

  it('without either is asked of the corpus', () => {
    expect(qaItem({ ...line, answer: true })).toMatchObject({
      rights: ['yes'],
      place: { kind: 'CORPUS', brings: [] },
    });
    expect(qaItem({ ...line, choices: ['a', 'b'], answer: 'b' })).toMatchObject({ kind: 'CHOICE', right: 1 });
  });

  it('with passages brings them to the corpus', () => {
    const passages = [{ title: 'Ada', text: 'Ada found it.' }, { text: 'Nobody else was there.' }];
    expect(qaItem({ ...line, passages, answer: 'Ada' })).toMatchObject({
      place: {
        kind: 'CORPUS',
        brings: [
          { id: 'a#0', title: 'Ada' },
          { id: 'a#1', text: 'Nobody else was there.' },
        ],
      },
    });
  });

  const seen = { ...line, task: 'visual_question', file: 'a.jpg', question: 'What is it?' };
  it('with a picture takes statements, given answers by index, words, letter or number, yes and no, and free words', () => {
    expect(qaItem({ ...seen, statement: 'A cat sits.', answer: 'False' })).toMatchObject({
      kind: 'YES_NO',
      question: 'A cat sits.',
      right: false,
      place: { kind: 'PICTURE', file: 'a.jpg' },
    });
    const choices = ['a cat', 'a dog', '3'];
    const choice = (more: object) => qaItem({ ...seen, choices, ...more });
    expect(choice({ answer_index: 1 })).toMatchObject({ kind: 'CHOICE', right: 1 });
    expect(choice({ answer: 'The Dog' })).toMatchObject({ right: 1 });
    expect(choice({ answer: 'B' })).toMatchObject({ right: 1 });
    expect(choice({ answer: 0 })).toMatchObject({ right: 0 });
    // A number that is itself a choice means that choice.
    expect(choice({ answer: 3 })).toMatchObject({ right: 2 });
    expect(qaItem({ ...seen, answer: 'no' })).toMatchObject({ kind: 'YES_NO', right: false });
    expect(qaItem({ ...seen, answer: 'red' })).toMatchObject({ kind: 'WORDS', rights: ['red'] });
    expect(qaItem({ ...seen, question: undefined, choices: ['a', 'b'], answer_index: 0 })).toMatchObject({
      kind: 'CHOICE',
      question: '',
    });
  });

  it('that can’t be measured says why', () => {
    expect(qaItem({ ...seen, statement: 'A cat.', answer: 'perhaps' })).toContain('neither true nor false');
    expect(qaItem({ ...line, question: undefined, choices: ['a', 'b'], answer_index: 0 })).toBe('no question');
    expect(qaItem(line)).toBe('no right answer');
    expect(qaItem({ ...line, question: ' ', answer: 'x' })).toBe('no question');
    expect(qaItem({ ...line, choices: ['a', 'b'], answer: 'c' })).toBe('a choice without a right answer');
  });
});

describe('figures of answers', () => {
  const item = qaItem({ id: 'a', task: 'multihop_qa', source: 'Made', question: 'Who?', answer: 'Ada Lovelace' });
  const choice = qaItem({ id: 'b', task: 'x', source: 'Made', question: 'Who?', choices: ['a', 'b'], answer: 'b' });
  const statement = qaItem({ id: 'c', task: 'x', source: 'Made', file: 'a.jpg', statement: 'A cat.', answer: 'true' });
  if (typeof item === 'string' || typeof choice === 'string' || typeof statement === 'string')
    throw new Error('no items');
  const result = (more: Partial<QaResult>): QaResult => ({
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
    const figures = qaFigures([
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

  it('of given answers, and of yes or no, stand beside chance', () => {
    const figures = qaFigures([
      result({ item: statement, said: 'yes' }),
      result({ item: statement, said: 'no' }),
      result({ item: statement, said: null }),
      result({ item: choice, said: 'b' }),
    ]);
    expect(figures).toMatchObject({ n: 4, decided_n: 4, accuracy: 50, chance: 50 });
    expect(figures).not.toHaveProperty('f1');
  });

  it('have Wilson’s interval as in the tables', () => {
    expect(wilson95(8, 10)).toEqual([49, 94.3]);
    expect(wilson95(0, 10)).toEqual([0, 27.8]);
    expect(wilson95(0, 0)).toEqual([0, 100]);
  });

  it('tell how far confidence and accuracy lie apart', () => {
    expect(calibrationError([0.95, 0.95, 0.55, 0.55], [1, 1, 1, 0])).toBeCloseTo(0.05, 6);
    expect(calibrationError([0.95, 0.95], [0, 0])).toBeCloseTo(0.95, 6);
  });

  it('are calibrated where confidence is the share that is right', () => {
    const half = [result({ confidence: 0.55 }), result({ confidence: 0.55, said: 'nobody' })];
    expect(qaFigures(half)['ece']).toBe(5);
    expect(qaFigures([result({ confidence: 0.95, said: 'nobody' })])['ece']).toBe(95);
  });
});
