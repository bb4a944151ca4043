import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { reason } from '../../../src/reason/reason.ts';
import type { Looker, Sight } from '../../../src/reason/sight.ts';
import { bagEmbedder, picture, retrievalOf, text, type Made } from './made.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const synset = (name: string) => lexicon.synsets(name)[0] ?? 0;
const names = (...all: string[]) => new Map(all.map((name) => [name.toLowerCase(), synset(name)]));
const boxed = names('cat', 'dog', 'person', 'sheep', 'laptop');
boxed.set('mouse', lexicon.synsets('mouse')[3] ?? 0);
const named = names('beagle', 'Egyptian cat', 'lighthouse');

const asked: string[] = [];
const looker: Looker = {
  answer: async (question) => (asked.push(question), { text: 'sitting on a laptop', score: 0.8 }),
  choose: async (question, choices) => (
    asked.push(question),
    choices.map((_, i) => (i === 0 ? 0.9 : 0.1 / (choices.length - 1)))
  ),
  fits: async (captions) => (asked.push('captions'), captions.map((_, i) => (i === 1 ? 0.8 : 0.1))),
  verify: async (statement) => (asked.push(statement), 0.1),
};
const sight: Sight = { lexicon, boxed, named, looker };

/** A picture whose things have boxes, with a caption. */
function boxes(title: string, things: readonly string[], caption?: string): Made {
  const made = picture(title, things);
  const [whole] = made.segments;
  if (!whole) throw new Error('no segment');
  const readings = whole.readings.map((reading, i) => ({
    ...reading,
    score: 0.8,
    locator: { type: 'ImageRegion' as const, x: 10 * i, y: 5, width: 9, height: 9 },
  }));
  const [first] = whole.readings;
  const told =
    caption && first ? [{ ...first, id: `${first.id}:c`, kind: 'CAPTION' as const, text: caption, score: 0.6 }] : [];
  return { ...made, segments: [{ ...whole, readings: [...told, ...readings] }, ...made.segments.slice(1)] };
}

/** As boxes of the detector, not of the whole picture's names. */
const byDetector = (made: Made): Made => ({
  ...made,
  segments: made.segments.map(({ segment, readings }) => ({
    segment,
    readings: readings.map((one, i) => (one.kind === 'LABEL' ? { ...one, id: `${one.id}:thing:${i}` } : one)),
  })),
});

const catText = text(
  'cats.txt',
  'There is a dog in this picture of the harbour cat. Two dogs are in the picture, and the cat is asleep.',
);

async function ask(question: string, about: Made, options: { sight?: Sight; choices?: string[] } = {}) {
  asked.length = 0;
  return reason(
    retrievalOf(question, [about, catText], { about }),
    { extractor, embedder: bagEmbedder, sight: options.sight ?? sight },
    { minConfidence: 0.3, ...(options.choices ? { choices: options.choices } : {}) },
  );
}
const evidenceOf = ({ steps }: Awaited<ReturnType<typeof ask>>) =>
  steps.at(-1)?.claims.flatMap(({ evidence }) => evidence) ?? [];

describe('a question about the picture at hand', () => {
  const flock = boxes('flock.jpg', ['sheep', 'sheep', 'sheep', 'dog'], 'A dog herds sheep.');
  const desk = boxes('desk.jpg', ['cat', 'laptop']);

  it('is answered yes by what was seen, with its boxes', async () => {
    const answer = await ask('Is there a dog in this picture?', flock);
    expect(answer.shortAnswer).toBe('yes');
    expect(answer.confidence).toBeCloseTo(0.88, 2);
    expect(evidenceOf(answer).map(({ locator }) => locator)).toEqual([
      { type: 'ImageRegion', x: 30, y: 5, width: 9, height: 9 },
    ]);
  });

  it('is answered no where nothing of the kind was seen, whatever a text says of another picture', async () => {
    const answer = await ask('Is there a dog in this picture?', desk);
    expect(answer.shortAnswer).toBe('no');
    expect(evidenceOf(answer).every(({ asset }) => asset.id === desk.asset.id)).toBe(true);
    expect(evidenceOf(answer)).not.toHaveLength(0);
    expect(asked).toEqual([]);
  });

  it('takes a kind of the thing for it, and the commonest sense of the word', async () => {
    expect((await ask('Is there an animal in this picture?', desk)).shortAnswer).toBe('yes');
    expect((await ask('Is there a dog in this picture?', picture('x.jpg', ['Beagle']))).shortAnswer).toBe('yes');
    // The computer's mouse is called one, but is no rodent.
    const mouse = boxes('pad.jpg', ['mouse']);
    expect((await ask('Is there a mouse in this picture?', mouse)).shortAnswer).toBe('yes');
    expect((await ask('Is there a rodent in this picture?', mouse)).shortAnswer).not.toBe('yes');
  });

  it('is looked for by a model where nothing else knows such things', async () => {
    const answer = await ask('Is there a teapot in this picture?', desk);
    expect(asked).toEqual(['There is a teapot in the picture.']);
    expect(answer.shortAnswer).toBe('no');
    const blind = await ask('Is there a teapot in this picture?', desk, { sight: { lexicon, boxed, named } });
    expect(blind).toMatchObject({ abstained: true, shortAnswer: null });
  });

  it('is counted by boxes', async () => {
    const three = await ask('How many sheep are in this picture?', flock);
    expect(three.shortAnswer).toBe('3');
    expect(evidenceOf(three)).toHaveLength(3);
    expect((await ask('How many dogs are there?', desk)).shortAnswer).toBe('0');
    // Things without boxes are not counted, and not counted in texts either.
    expect((await ask('How many lighthouses are in this picture?', desk)).abstained).toBe(true);
  });

  it('is described by its caption, which is the evidence', async () => {
    const answer = await ask('Describe this picture.', flock);
    expect(answer.shortAnswer).toBe('A dog herds sheep.');
    expect(evidenceOf(answer)).toMatchObject([{ reading: { kind: 'CAPTION', model: 'm' } }]);
  });

  it('is put to the model that looks where it asks for more, with the box of what it names', async () => {
    const answer = await ask('What is the cat doing?', desk);
    expect(asked).toEqual(['What is the cat doing?']);
    expect(answer.shortAnswer).toBe('sitting on a laptop');
    expect(evidenceOf(answer).map(({ quote }) => quote)).toContain('cat');
    expect((await ask('Is the cat asleep?', desk)).shortAnswer).toBe('yes');
    expect((await ask('The cat is under the laptop.', desk)).shortAnswer).toBe('no');
    const chosen = await ask('What is the cat doing?', desk, { choices: ['sitting', 'flying'] });
    expect(chosen.shortAnswer).toBe('sitting');
  });

  it('about a colour is answered by the pixels in the box of what is named', async () => {
    const painted: Sight = {
      ...sight,
      colours: async () => [
        { colour: 'brown', share: 0.6 },
        { colour: 'white', share: 0.38 },
        { colour: 'red', share: 0.02 },
      ],
    };
    const detected = byDetector(desk);
    const colour = async (question: string) => (await ask(question, detected, { sight: painted })).shortAnswer;
    expect(await colour('What colour is the cat?')).toBe('brown');
    expect(await colour('Is the cat white?')).toBe('yes');
    expect(await colour('Is the cat red?')).toBe('no');
    expect(await colour('Is the cat red or white?')).toBe('white');
    expect(await colour('The laptop is brown.')).toBe('yes');
    const among = async (choices: string[]) =>
      (await ask('What colour is the cat?', detected, { sight: painted, choices })).shortAnswer;
    expect(await among(['Red', 'White', 'black'])).toBe('White');
    expect(asked).toEqual([]);
    expect(evidenceOf(await ask('What colour is the cat?', detected, { sight: painted }))).toMatchObject([
      { quote: 'cat' },
    ]);
    // What is no colour is put to the model with the others.
    expect(await among(['ginger', 'white'])).toBe('ginger');
    expect(asked).toHaveLength(1);
    // Of three sheep it is not known which is meant.
    await ask('What colour is the sheep?', byDetector(flock), { sight: painted });
    expect(asked).toHaveLength(1);
  });

  it('about a place of what was not seen is never answered from texts', async () => {
    await ask('Is the teapot left of the lamp?', desk);
    expect(asked).toEqual(['Is the teapot left of the lamp?']);
  });

  it('may be a statement of what is there, which needs no model', async () => {
    expect((await ask('There is a dog in the picture.', flock)).shortAnswer).toBe('yes');
    expect((await ask('There is a dog in the picture.', desk)).shortAnswer).toBe('no');
    expect(asked).toEqual([]);
  });

  it('may be which caption fits, which is no question to the model', async () => {
    const choices = ['A dog herds cats.', 'A dog herds sheep.'];
    expect((await ask('Which caption fits this picture?', flock, { choices })).shortAnswer).toBe(choices[1]);
    expect(asked).toEqual(['captions']);
    // What a flag shows is another thing than what the picture does.
    await ask('What does the flag show?', desk);
    expect(asked).toEqual([]);
    expect((await ask('What does this picture show?', flock)).shortAnswer).toBe('A dog herds sheep.');
  });

  it('that a look would not answer is answered from the texts as before', async () => {
    const answer = await ask('Where was the cat in this picture found?', desk);
    expect(asked).toEqual([]);
    expect(answer.steps).toHaveLength(4);
  });

  it('abstains where the model only guesses', async () => {
    const guess = { ...sight, looker: { ...looker, verify: async () => 0.52 } };
    expect((await ask('The cat is under the laptop.', desk, { sight: guess })).abstained).toBe(true);
  });
});
