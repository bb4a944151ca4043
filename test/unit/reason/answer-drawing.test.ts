import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { readFlatDrawing } from '../../../src/encode/flat-drawing.ts';
import { reason } from '../../../src/reason/reason.ts';
import type { Sight } from '../../../src/reason/sight.ts';
import { draw } from '../../fixtures/drawing.ts';
import { bagEmbedder, picture, retrievalOf } from './made.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const about = picture('shapes.png', []);
let readings = 0;
const sight: Sight = {
  lexicon,
  boxed: new Map(),
  named: new Map(),
  drawing: async () => {
    readings++;
    const read = readFlatDrawing(
      draw([
        [
          { shape: 'circle', colour: 'yellow', at: [10, 20, 20] },
          { shape: 'square', colour: 'black', at: [60, 60, 20] },
        ],
      ]),
    );
    return read && { things: read.shapes.map(({ shape, ...more }) => ({ ...more, name: shape })), fields: read.fields };
  },
};
const ask = (question: string, choices: readonly string[] = []) =>
  reason(
    retrievalOf(question, [about], { about }),
    { extractor, embedder: bagEmbedder, sight },
    { minConfidence: 0.3, choices },
  );

describe('a question about a drawing', () => {
  it.each([
    ['There is exactly one yellow circle.', 'yes'],
    ['There are two yellow circles.', 'no'],
    ['Is the square black?', 'yes'],
    ['How many shapes are there?', '2'],
    ['What color is the circle?', 'yellow'],
  ])('%s %s', async (question, right) => {
    expect((await ask(question)).shortAnswer).toBe(right);
  });

  it('names the boxes that decide', async () => {
    const { steps } = await ask('There is a yellow circle.');
    expect(steps.at(-1)?.claims.flatMap(({ evidence }) => evidence.map(({ locator }) => locator))).toEqual([
      { type: 'ImageRegion', x: 10, y: 20, width: 20, height: 20 },
    ]);
  });

  it('is answered in the words given, or else another way', async () => {
    expect((await ask('There is a yellow circle.', ['False', 'True'])).shortAnswer).toBe('True');
    expect((await ask('How many circles are there?', ['3', '1'])).shortAnswer).toBe('1');
  });

  it('leaves the picture unread where the words are of other things', async () => {
    const before = readings;
    await ask('Who drew the yellow circle in 1921?');
    expect(readings).toBe(before);
  });
});
