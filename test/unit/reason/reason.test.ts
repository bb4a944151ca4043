import { describe, expect, test } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Step } from '../../../src/domain.ts';
import { reason, type Reasoned } from '../../../src/reason/reason.ts';
import { bagEmbedder, noExtractor, picture, recording, retrievalOf, text, type Made } from './made.ts';

const extractor = new CompromiseExtractor(new WordNet());
const noise = [
  text(
    'weather.txt',
    'The wind was strong in the spring of 1903. Many roofs were lost, and the school was closed for a week.',
  ),
  text(
    'bakery.txt',
    'The bakery in Mill Lane was opened by Rosa Lind in 1931. It sells rye bread and forty kinds of cake.',
  ),
];

function ask(
  question: string,
  things: readonly Made[],
  options: {
    about?: Made;
    kinds?: readonly string[];
    choices?: readonly string[];
    minConfidence?: number;
    onStep?: (step: Step) => void;
  } = {},
): Promise<Reasoned> {
  const { minConfidence = 0.2, choices, onStep } = options;
  return reason(
    retrievalOf(question, [...things, ...noise], options),
    { extractor, embedder: bagEmbedder },
    { minConfidence, ...(choices ? { choices } : {}), ...(onStep ? { onStep } : {}) },
  );
}

const biscuit = text(
  'biscuit.txt',
  "The museum's cat, Biscuit, was found by Ellen Carew in 1987. It sleeps on the warm pipe in the hall.",
);
const foghorn = text(
  'foghorn.txt',
  'The foghorn on the west pier was built by Thomas Hale. It weighs 340 kilograms and was first heard on 4 May 1911.',
);
const hale = text(
  'hale.txt',
  'Thomas Hale was an engineer. He was born in Whitby in 1870 and died in Leeds. He employed 32 men.',
);
const tabby = picture('museum-cat.jpg', ['Egyptian cat', 'tabby']);
const kinds = ['Egyptian cat < cat < feline < animal', 'tabby < cat'];

describe('a question answered in one place', () => {
  test.each([
    ['Who built the foghorn?', 'Thomas Hale'],
    ['When was the foghorn first heard?', '4 May 1911'],
    ['Where was Thomas Hale born?', 'Whitby'],
    ['How many men did Thomas Hale employ?', '32'],
    ['In which year was Thomas Hale born?', '1870'],
    ['Who opened the bakery in Mill Lane?', 'Rosa Lind'],
  ])('%s', async (question, expected) => {
    const answer = await ask(question, [foghorn, hale, biscuit]);
    expect(answer.shortAnswer?.replace(/ men$/, '')).toBe(expected);
    expect(answer.text).toContain(expected);
  });
});

describe('a question that leads from one thing to another', () => {
  test('text and text, and the bridge itself does not win', async () => {
    const answer = await ask('In which town was the builder of the foghorn born?', [foghorn, hale, biscuit]);
    expect(answer.shortAnswer).toBe('Whitby');
    expect(answer.steps.find((step) => step.kind === 'RELATE')?.text).toContain('Thomas Hale');
    expect(new Set(answer.steps.at(-1)?.claims[0]?.evidence.map((e) => e.asset.title))).toEqual(
      new Set(['foghorn.txt', 'hale.txt']),
    );
  });

  test('a picture and a text', async () => {
    const answer = await ask('Who found the animal in this picture?', [tabby, biscuit, foghorn, hale], {
      about: tabby,
      kinds,
    });
    expect(answer.shortAnswer).toBe('Ellen Carew');
  });

  test('a line read in a picture and a text', async () => {
    const sign = picture('sign.jpg', ['street sign'], ['PEARL OF THE NORTH']);
    const pearl = text('pearl.txt', 'The Pearl of the North was a lifeboat. Its captain was Agnes Moor.');
    const hope = text('hope.txt', 'The Hope was another lifeboat. Its captain was Paul Wren.');
    const answer = await ask('Who was the captain of the boat whose name is on this sign?', [sign, pearl, hope], {
      about: sign,
    });
    expect(answer.shortAnswer).toBe('Agnes Moor');
  });

  test('a recording and a text', async () => {
    const tour = recording('tour.wav', 'Look at the clock above the door. The clock was repaired by Anna Berg.');
    const berg = text('berg.txt', 'Anna Berg lived in Harbour Street for most of her life. She collected stamps.');
    const answer = await ask('In which street did the woman who repaired the clock live?', [tour, berg]);
    expect(answer.shortAnswer).toBe('Harbour Street');
    expect(answer.steps.at(-1)?.claims[0]?.evidence.map((e) => e.locator.type)).toContain('TimeSpan');
  });
});

describe('yes or no, one of two, one of several', () => {
  const nolan = text('Nolan.txt', 'Ada Nolan is a British film director. She was born in 1970.');
  const kent = text('Kent.txt', 'Ivo Kent is a film director from Wales. He was born in 1964.');
  const evening = text('Evening Gull.txt', 'The Evening Gull was built in 1894.');
  const morning = text('Morning Gull.txt', 'The Morning Gull was built in 1871.');
  const moss = text('Moss.txt', 'Lena Moss is a French painter. She was born in 1981.');

  test.each([
    ['Are Ada Nolan and Ivo Kent both film directors?', 'yes'],
    ['Are Ada Nolan and Lena Moss both film directors?', 'no'],
    ['Was Ada Nolan born before Lena Moss?', 'yes'],
    ['Was Ada Nolan born before Ivo Kent?', 'no'],
    ['Who is older, Ada Nolan or Ivo Kent?', 'Ivo Kent'],
    ['Which of them is a painter, Ada Nolan or Lena Moss?', 'Lena Moss'],
    ['Was the foghorn built by Thomas Hale?', 'yes'],
    ['Was Ada Nolan born in 1970?', 'yes'],
    ['Was Ada Nolan born in 1981?', 'no'],
    ['Which was built first, the Evening Gull or the Morning Gull?', 'Morning Gull'],
  ])('%s %s', async (question, expected) => {
    expect((await ask(question, [nolan, kent, moss, foghorn, evening, morning])).shortAnswer).toBe(expected);
  });

  test('two kinds of one thing are compared as kinds of that, whatever else is one', async () => {
    const book = text('Dune.txt', 'The book of Dune came out in 1965.');
    const film = text('Dune film.txt', 'A film of Dune was shown after the war.');
    const other = text('Metropolis.txt', 'The film Metropolis was shown in 1927.');
    expect((await ask('Was Dune a book or a film first?', [other, film, book])).shortAnswer).toBe('a book');
  });

  test('a place that only one of two is told with leaves out neither', async () => {
    const tomb = text('tomb.txt', 'The tomb was found in Egypt in 1922.');
    const temple = text('temple.txt', 'The temple was found in 1817.');
    const question = 'Which was found first in Egypt, the tomb or the temple?';
    expect((await ask(question, [tomb, temple])).shortAnswer).toBe('the temple');
  });

  test('what the text says the opposite of is denied', async () => {
    const hours = text('hours.txt', 'The tower is open from May to August. It is closed on Mondays.');
    expect((await ask('Is the tower open on Mondays?', [hours, foghorn])).shortAnswer).toBe('no');
  });

  test('a given choice is given back as it was written', async () => {
    const answer = await ask('Who built the foghorn?', [foghorn, hale], {
      choices: ['ROSA LIND', 'thomas hale', 'Ellen Carew'],
      minConfidence: 0,
    });
    expect(answer.shortAnswer).toBe('thomas hale');
  });

  test('where no choice stands out, the one that says so is taken', async () => {
    const answer = await ask('Who was late?', [text('late.txt', 'A man and a woman met at the pier.')], {
      choices: ['the man', 'the woman', "can't be determined"],
      minConfidence: 0,
    });
    expect(answer.shortAnswer).toBe("can't be determined");
  });
});

describe('what the asked asset itself holds', () => {
  test('what a picture shows', async () => {
    expect((await ask('What animal is in this picture?', [tabby], { about: tabby, kinds })).shortAnswer).toBe(
      'Egyptian cat',
    );
  });
  test('what a sign says', async () => {
    const sign = picture('sign.jpg', ['street sign'], ['NO SWIMMING', 'AFTER DARK']);
    expect((await ask('What does this sign say?', [sign], { about: sign })).shortAnswer).toBe('NO SWIMMING AFTER DARK');
  });
});

describe('abstaining', () => {
  test.each([
    'Who painted the ceiling of the opera?',
    'When was the bridge of Orlen pulled down?',
    'How many whales live near Mora?',
  ])('%s', async (question) => {
    const answer = await ask(question, [foghorn, hale, biscuit], { minConfidence: 0.3 });
    expect(answer).toMatchObject({ text: null, shortAnswer: null, abstained: true });
    expect(answer.steps.at(-1)?.text).toContain('does not hold the answer');
  });

  test('what is said of another thing of the kind is hardly an answer', async () => {
    const bells = text(
      'bells.txt',
      'The fog bell was cast by George Baker. The lantern bell hangs in the hall. The chapel bell was cast by Daniel Price.',
    );
    const [fog, lantern] = [
      await ask('Who cast the fog bell?', [bells]),
      await ask('Who cast the lantern bell?', [bells]),
    ];
    expect(fog.shortAnswer).toBe('George Baker');
    expect(lantern.confidence).toBeLessThan(fog.confidence / 2);
    // What is asked for may be called otherwise, and a verb is no thing of a kind.
    const ship = text('ship.txt', 'The schooner carried wool to Westbrook. It was built by Ann Moor.');
    expect((await ask('Which ship carried wool to Westbrook?', [ship])).confidence).toBeGreaterThan(0.3);
  });

  test('an empty graph abstains', async () => {
    const answer = await reason(
      retrievalOf('Who built the foghorn?', []),
      { extractor: noExtractor, embedder: bagEmbedder },
      { minConfidence: 0 },
    );
    expect(answer).toMatchObject({ abstained: true, confidence: 0 });
    expect(answer.steps.map((step) => step.kind)).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
  });
});

test('the four steps come in order, each told as it is ready, and every claim has evidence', async () => {
  const told: string[] = [];
  const answer = await ask('Who found the animal in this picture?', [tabby, biscuit], {
    about: tabby,
    kinds,
    onStep: (step) => told.push(step.kind),
  });
  expect(told).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
  expect(answer.steps[0]?.text).toContain('The picture museum-cat.jpg shows an Egyptian cat (0.83)');
  for (const step of answer.steps) for (const claim of step.claims) expect(claim.evidence.length).toBeGreaterThan(0);
});

test('the same question gets the same answer', async () => {
  const once = await ask('Where was Thomas Hale born?', [foghorn, hale]);
  expect(await ask('Where was Thomas Hale born?', [foghorn, hale])).toEqual(once);
});

test('an aborted question throws', async () => {
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(
    reason(retrievalOf('Who?', [foghorn]), { extractor, embedder: bagEmbedder }, { minConfidence: 0, signal }),
  ).rejects.toThrow('gone');
});
