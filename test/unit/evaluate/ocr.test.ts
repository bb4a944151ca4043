import { describe, expect, it } from 'vitest';
import { ocrFigures, wordsWritten } from '../../../src/evaluate/ocr.ts';
import { editDistance } from '../../../src/evaluate/word-errors.ts';

describe('figures of reading', () => {
  it('take lines and fields in any of their usual shapes', () => {
    expect(wordsWritten(['a  b', { text: 'c' }, { words: [{ text: 'd' }] }, [['e']], ''])).toEqual([
      'a b',
      'c',
      'd',
      'e',
    ]);
    expect(wordsWritten({ company: 'Rope & Co', total: { value: 12.5 } })).toEqual(['Rope & Co', '12.5']);
    expect(wordsWritten([{ name: 'total', value: '9.00' }])).toEqual(['9.00']);
  });

  it('count characters over a source, words as often as written, fields as a whole', () => {
    const written = 'The lamp was lit';
    const figures = ocrFigures([
      { source: 'a', written, fields: [], read: 'The lamp was 1it' },
      { source: 'a', written, fields: [], read: written },
      { source: 'b', fields: ['Rope & Co', '9.00'], read: 'ROPE & CO total 8.00' },
    ]);
    expect(figures['a']).toMatchObject({ n: 2, cer: 3.1, word_recall: 87.5 });
    expect(figures['b']).toMatchObject({ n: 1, word_recall: 66.7, field_recall: 50, fields: 2 });
    expect(figures['b']).not.toHaveProperty('cer');
  });

  it('the edit distance counts changes, additions and omissions', () => {
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('same', 'same')).toBe(0);
  });
});
