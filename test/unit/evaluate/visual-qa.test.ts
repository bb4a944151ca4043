import { describe, expect, it } from 'vitest';
import { wilson95 } from '../../../src/evaluate/figures.ts';
import { wordF1 } from '../../../src/evaluate/said-right.ts';
import { calibrationError, visualFigures, visualItem, type VisualResult } from '../../../src/evaluate/visual-qa.ts';

const line = { id: 'x', task: 'visual_question', source: 'S', file: 'a.jpg', question: 'What is it?' };

describe('visualItem', () => {
  it('takes statements, given answers by index, words, letter or number, yes and no, and free words', () => {
    expect(visualItem({ ...line, statement: 'A cat sits.', answer: 'False' })).toEqual({
      kind: 'STATEMENT',
      statement: 'A cat sits.',
      right: false,
    });
    const choices = ['a cat', 'a dog', '3'];
    const choice = (more: object) => visualItem({ ...line, choices, ...more });
    expect(choice({ answer_index: 1 })).toMatchObject({ kind: 'CHOICE', right: 1 });
    expect(choice({ answer: 'The Dog' })).toMatchObject({ right: 1 });
    expect(choice({ answer: 'B' })).toMatchObject({ right: 1 });
    expect(choice({ answer: 0 })).toMatchObject({ right: 0 });
    // A number that is itself a choice means that choice.
    expect(choice({ answer: 3 })).toMatchObject({ right: 2 });
    expect(visualItem({ ...line, answer: 'no' })).toMatchObject({ kind: 'CHOICE', choices: ['yes', 'no'], right: 1 });
    expect(visualItem({ ...line, answer: 'red' })).toEqual({ kind: 'WORDS', question: 'What is it?', right: 'red' });
    expect(visualItem({ ...line, question: undefined, choices: ['a', 'b'], answer_index: 0 })).toMatchObject({
      kind: 'CHOICE',
      question: '',
    });
  });

  it('says why a line is none', () => {
    expect(visualItem({ ...line, file: undefined })).toContain('without a picture');
    expect(visualItem({ ...line, file: 'table.csv' })).toContain('without a picture');
    expect(visualItem({ ...line, choices: ['a', 'b'], answer_index: 2 })).toContain('without a right answer');
    expect(visualItem({ ...line, statement: 'A cat.', answer: 'perhaps' })).toContain('neither true nor false');
    expect(visualItem(line)).toContain('no question with an answer');
  });
});

describe('visualFigures', () => {
  const result = (item: VisualResult['item'], said: number | string, probability: number): VisualResult => ({
    item,
    said,
    probability,
    milliseconds: 5,
  });

  it('gives accuracy with its interval beside chance, and the measures of words for free answers', () => {
    const statement = { kind: 'STATEMENT', statement: '', right: true } as const;
    const choice = { kind: 'CHOICE', question: '', choices: ['a', 'b', 'c', 'd'], right: 2 } as const;
    const words = { kind: 'WORDS', question: '', right: 'a red bus' } as const;
    expect(
      visualFigures([
        result(statement, 0, 0.9),
        result(statement, 1, 0.6),
        result(choice, 2, 0.9),
        result(choice, 2, 0.9),
        result(words, 'the bus', 0.5),
      ]),
    ).toMatchObject({ n: 5, accuracy: 75, chance: 37.5, words_n: 1, em: 0, f1: 66.7, ms_p50: 5 });
  });

  it('knows Wilson’s interval from the tables', () => {
    expect(wilson95(8, 10)).toEqual([49, 94.3]);
    expect(wilson95(0, 10)).toEqual([0, 27.8]);
    expect(wilson95(0, 0)).toEqual([0, 100]);
  });

  it('measures how far confidence and accuracy lie apart', () => {
    expect(calibrationError([0.95, 0.95, 0.55, 0.55], [1, 1, 1, 0])).toBeCloseTo(0.05, 6);
    expect(calibrationError([0.95, 0.95], [0, 0])).toBeCloseTo(0.95, 6);
    expect(wordF1('red bus', ['a red bus'])).toBe(1);
    expect(wordF1('', ['bus'])).toBe(0);
  });
});
