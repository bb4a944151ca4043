import { describe, expect, it } from 'vitest';
import type { Segment } from '../../../src/domain.ts';
import { answerReadings } from '../../../src/retrieve/answer-readings.ts';
import { HOP_FEATURES, hopFeatures } from '../../../src/retrieve/hop-features.ts';
import { bestSentence, hopQueries } from '../../../src/retrieve/hop-queries.ts';
import type { SpanReader } from '../../../src/ports/span-reader.ts';
import { subAnswerFeatures } from '../../../src/retrieve/sub-answer-features.ts';
import { putInPlace } from '../../../src/retrieve/put-in-place.ts';
import { findSubAnswers } from '../../../src/retrieve/sub-answers.ts';
import { wordsOf, type Passage } from '../../../src/retrieve/passages.ts';

const QUESTION = 'Where was the man who cast the lantern bell born?';
const VECTOR = Float32Array.of(1, 0, 0);

function passage(title: string, sentences: readonly string[], vectors: readonly number[], more: Partial<Passage> = {}) {
  const text = sentences.join(' ');
  let at = 0;
  const places = sentences.map((sentence) => {
    const start = text.indexOf(sentence, at);
    at = start + sentence.length;
    return { start, end: at };
  });
  const segment = { id: `Segment:${title}`, kind: 'PASSAGE', text, sentences: places } as unknown as Segment;
  const words = new Set(wordsOf(`${title} ${text}`));
  return {
    segment,
    title,
    vectors: Float32Array.from(vectors),
    named: new Map(),
    about: new Set<string>(),
    words,
    ...more,
  };
}

const bell = passage(
  'Lantern bell',
  ['It hangs in the museum.', 'The lantern bell was cast by Thomas Miller.'],
  [0, 1, 0, 0.9, 0, 0.4],
  {
    named: new Map([
      ['Entity:miller', [1]],
      ['Entity:bell', [1]],
      ['Entity:museum', [0]],
    ]),
    about: new Set(['Entity:bell']),
  },
);
const miller = passage('Thomas Miller', ['Thomas Miller was born in Westbrook.'], [0.1, 0.3, 0.9], {
  named: new Map([['Entity:miller', [0]]]),
  about: new Set(['Entity:miller']),
});
const other = passage('A boat', ['The boat was built in Hull.'], [0.2, 0.9, 0.1]);
const PASSAGES = [bell, miller, other];
const captionOf = (id: string) => ({ 'Entity:miller': 'Thomas Miller', 'Entity:museum': 'museum' })[id];
const question = { text: QUESTION, vector: VECTOR, entities: new Set(['Entity:bell']) };

describe('questions put anew', () => {
  const queries = hopQueries(question, [{ index: 0, passage: bell }], { captionOf, degreeOf: () => 1 });

  it('hold what the best sentence of the first passage says', () => {
    expect(bestSentence(bell.vectors, VECTOR)).toBe(1);
    // Between the question and that sentence.
    const length = Math.hypot(1.9, 0.4);
    expect(queries[0]).toMatchObject({ from: 0, kind: 'sentence', sure: 1 });
    const asked = queries[0]?.asked ?? [];
    expect([...asked].map((value) => Number(value).toFixed(5))).toEqual(
      [1.9 / length, 0, 0.4 / length].map((value) => value.toFixed(5)),
    );
  });

  it('put a name of that sentence in the place of what it resolves', () => {
    expect(queries.slice(1)).toEqual([{ asked: 'Where man who born Thomas Miller', from: 0, kind: 'bridge', sure: 1 }]);
  });

  it('put what a reader found in the place of what its sentence says', () => {
    const found = [
      {
        segmentId: bell.segment.id,
        start: 16,
        end: 22,
        text: 'museum',
        sentence: 'It hangs in the museum.',
        sure: 0.8,
      },
    ];
    const anew = hopQueries(question, [{ index: 0, passage: bell }], { captionOf, degreeOf: () => 1 }, found);
    expect(bell.segment.text.slice(16, 22)).toBe('museum');
    // Its own sentence is taken out of the question, not the one nearest to it ("was cast by").
    expect(anew.at(-1)).toEqual({ asked: 'Where was man who cast born museum', from: 0, kind: 'sub', sure: 0.8 });
  });

  it('come of no passage without sentences', () => {
    const picture = passage('A picture', ['A bell.'], []);
    expect(hopQueries(question, [{ index: 0, passage: picture }], { captionOf, degreeOf: () => 1 })).toEqual([]);
  });
});

describe('what the sub-answers make of a candidate', () => {
  const reader: SpanReader = {
    info: { id: 'made', version: '1', licence: '', device: 'cpu' },
    read: async (asked, texts) =>
      texts.map((text) => {
        const start = asked.startsWith('first step: ') ? text.indexOf('Thomas Miller.') : -1;
        return { spans: start < 0 ? [] : [{ start, end: start + 13, score: 6 }], absent: 3 };
      }),
  };

  it('is its title, a name in its text, or that it holds one', async () => {
    const found = await findSubAnswers(QUESTION, PASSAGES, PASSAGES, reader);
    expect(found).toEqual([
      {
        segmentId: bell.segment.id,
        start: 53,
        end: 66,
        text: 'Thomas Miller',
        sentence: 'The lantern bell was cast by Thomas Miller.',
        sure: 1 / (1 + Math.exp(-1)),
        standsForNothing: true,
      },
    ]);
    const [own, named, unnamed] = subAnswerFeatures(PASSAGES, found, [1, 0.5, 0.5]);
    const sure = found[0]?.sure ?? 0;
    expect(own).toEqual({ 'sub.title': 0, 'sub.text': 0, 'sub.own': sure });
    expect(named).toEqual({ 'sub.title': sure, 'sub.text': sure, 'sub.own': 0 });
    expect(unnamed).toEqual({ 'sub.title': 0, 'sub.text': 0, 'sub.own': 0 });
  });
});

describe('a question of three steps', () => {
  const town = passage('Westbrook', ['Westbrook was ruled by Ellen Carew.'], [0, 0, 1]);
  const steps = new Map([
    ['The lantern bell was cast by Thomas Miller.', 'Thomas Miller.'],
    ['Thomas Miller was born in Westbrook.', 'Westbrook.'],
  ]);
  /** Finds the name of the last sentence that it knows; unsure of the second step where it shall be. */
  const readerOf = (second: number): SpanReader => ({
    info: { id: 'made', version: '1', licence: '', device: 'cpu' },
    read: async (_asked, texts) =>
      texts.map((text) => {
        const [sentence, name] = [...steps].findLast(([own]) => text.includes(own)) ?? ['', '-'];
        const start = text.indexOf(sentence) + sentence.indexOf(name);
        const score = name === 'Westbrook.' ? second : 6;
        return { spans: name === '-' ? [] : [{ start, end: start + name.length - 1, score }], absent: 0 };
      }),
  });

  it('follows what the first one leads to, behind its sentence', async () => {
    const found = await findSubAnswers(QUESTION, [bell], [...PASSAGES, town], readerOf(5));
    expect(found.map(({ text, segmentId, after }) => [text, segmentId, after?.text])).toEqual([
      ['Thomas Miller', bell.segment.id, undefined],
      ['Westbrook', miller.segment.id, 'Thomas Miller'],
    ]);
    const rows = subAnswerFeatures([...PASSAGES, town], found, [1, 0, 0, 0]);
    // As likely as what led there, though the question alone says nothing of Miller's passage.
    expect(rows.at(-1)?.['sub.title']).toBeCloseTo((found[0]?.sure ?? 0) * (found[1]?.sure ?? 0));
  });

  it('is answered behind the sentences of both', async () => {
    const found = await findSubAnswers(QUESTION, [bell], [...PASSAGES, town], readerOf(5));
    const texts: string[] = [];
    const reader: SpanReader = {
      ...readerOf(5),
      read: async (_, given) => {
        texts.push(...given);
        return given.map((text) => {
          // In the lead of one passage, in another itself, in the others nowhere.
          const start = text.endsWith('Carew.') ? text.lastIndexOf('Ellen') : text.indexOf('Thomas Miller. ');
          return { spans: start < 0 ? [] : [{ start, end: start + 11, score: 6 }], absent: 3 };
        });
      },
    };
    const read = await answerReadings(QUESTION, [...PASSAGES, town], found, reader);
    const leading = 'The lantern bell was cast by Thomas Miller. ';
    expect(texts).toEqual([
      `${leading}${miller.segment.text}`,
      `${leading}Thomas Miller was born in Westbrook. ${town.segment.text}`,
      `Lantern bell: ${bell.segment.text}`,
      `A boat: ${other.segment.text}`,
    ]);
    expect(read.map(({ segmentId, sure }) => [segmentId, sure > 0.7])).toEqual([
      [miller.segment.id, false],
      [town.segment.id, true],
      [bell.segment.id, false],
      [other.segment.id, false],
    ]);
    const rows = hopFeatures({ vector: VECTOR, words: [], entities: new Set() }, [town], [1], [], () => 1, found, read);
    expect(rows[0]?.['read.answers']).toBe(read[1]?.sure);
  });

  it('goes no further from what the reader is not sure of', async () => {
    const unsure: SpanReader = {
      ...readerOf(5),
      read: async () => [{ spans: [{ start: 53, end: 66, score: -1 }], absent: 0 }],
    };
    expect(await findSubAnswers(QUESTION, [bell], PASSAGES, unsure)).toHaveLength(1);
  });
});

describe('what a sub-answer leaves of the question', () => {
  const town = passage('Westbrook', ['Westbrook was ruled by Ellen Carew.'], [0, 0, 1]);
  const LONGER = 'Who ruled the town where the man who cast the lantern bell was born?';
  const CAST = 'The lantern bell was cast by Thomas Miller.';
  /** What is found in which passage, first of which question, and which words it stands for: a reader of these and nothing else. */
  const STEPS = [
    { first: /the man who cast/, in: 'Lantern bell', finds: 'Thomas Miller', for: 'the man who cast the lantern bell' },
    {
      first: /Who ruled .*Miller/,
      in: 'Thomas Miller was',
      finds: 'Westbrook',
      for: 'the town where Thomas Miller was born',
    },
  ];
  const readerOf = (sure = 6, words?: string): { reader: SpanReader; asked: string[] } => {
    const asked: string[] = [];
    const reader: SpanReader = {
      info: { id: 'made', version: '1', licence: '', device: 'cpu' },
      read: async (question, texts) => {
        asked.push(question);
        return texts.map((text) => {
          const step = question.startsWith('in place of: ')
            ? STEPS.find(({ finds }) => question.startsWith(`in place of: ${finds}: `))
            : STEPS.find(
                (one) => question.startsWith('first step: ') && one.first.test(question) && text.includes(one.in),
              );
          const said = question.startsWith('in') ? (words ?? step?.for) : step?.finds;
          const start = said === undefined ? -1 : text.indexOf(said);
          return { spans: start < 0 ? [] : [{ start, end: start + (said ?? '').length, score: sure }], absent: 0 };
        });
      },
    };
    return { reader, asked };
  };

  it('is asked of the passages that name it, without what led there', async () => {
    const { reader, asked } = readerOf();
    const found = await findSubAnswers(QUESTION, [bell], PASSAGES, reader);
    expect(asked).toEqual([
      `first step: ${QUESTION}`,
      `in place of: Thomas Miller: ${CAST}`,
      'first step: Where was Thomas Miller born?',
    ]);
    expect(found.map(({ text, asks }) => [text, asks])).toEqual([['Thomas Miller', 'Where was Thomas Miller born?']]);
    const read = await answerReadings(QUESTION, PASSAGES, found, reader);
    expect(read.map((one) => [one.asked, one.segmentId])).toEqual([
      ['Where was Thomas Miller born?', miller.segment.id],
      [QUESTION, bell.segment.id],
      [QUESTION, other.segment.id],
    ]);
    expect(read[0]?.text).toBe(miller.segment.text);
  });

  it('is put again, step by step', async () => {
    const { reader } = readerOf();
    const found = await findSubAnswers(LONGER, [bell], [...PASSAGES, town], reader);
    expect(found.map(({ text, asks, after }) => [text, asks, after?.text])).toEqual([
      ['Thomas Miller', 'Who ruled the town where Thomas Miller was born?', undefined],
      ['Westbrook', 'Who ruled Westbrook?', 'Thomas Miller'],
    ]);
    const read = await answerReadings(LONGER, [...PASSAGES, town], found, reader);
    expect(read.find(({ segmentId }) => segmentId === town.segment.id)?.asked).toBe('Who ruled Westbrook?');
  });

  it('is trusted as far as what was put into it is sure', async () => {
    const found = await findSubAnswers(QUESTION, [bell], PASSAGES, readerOf().reader);
    const answering: SpanReader = {
      ...readerOf().reader,
      read: async (_, texts) => texts.map(() => ({ spans: [{ start: 0, end: 3, score: 0 }], absent: 0 })),
    };
    const sureOf = async (sure: number) => {
      const subs = found.map((one) => ({ ...one, sure }));
      const [first] = await answerReadings(QUESTION, PASSAGES, subs, answering);
      return first?.sure ?? 0;
    };
    expect(await sureOf(1)).toBeCloseTo(0.5);
    expect(await sureOf(0.4)).toBeCloseTo(1 / (1 + 1 / 0.4));
  });

  it('is looked for by its vector, too', () => {
    const found = { segmentId: bell.segment.id, start: 53, end: 66, text: 'Thomas Miller', sentence: '', sure: 0.8 };
    const asks = 'Where was Thomas Miller born?';
    const queries = hopQueries(question, [{ index: 0, passage: bell }], { captionOf, degreeOf: () => 1 }, [
      { ...found, asks },
    ]);
    expect(queries.at(-1)).toEqual({ asked: asks, from: 0, kind: 'sub', sure: 0.8 });
  });

  it.each([
    ['the reader is not sure of the words', QUESTION, -3, undefined],
    ['they are one word', QUESTION, 6, 'man'],
    ['they are what asks', QUESTION, 6, 'Where was the man who cast the lantern bell'],
    [
      'it names what was found',
      'Where was Thomas Miller, the man who cast the bell, born?',
      6,
      'the man who cast the bell',
    ],
  ])('is the question as it is where %s', async (_, asked, sure, words) => {
    const found = { segmentId: 'a', start: 0, end: 13, text: 'Thomas Miller', sentence: CAST, sure: 0.9 };
    const isTried = !asked.includes('Thomas Miller');
    const left = isTried ? { ...found, standsForNothing: true } : found;
    expect(await putInPlace(asked, [found], readerOf(sure, words).reader)).toEqual([left]);
  });

  it('is found for the three surest names, each once', async () => {
    const { reader, asked } = readerOf();
    const named = (text: string, sure: number) => ({ segmentId: 'a', start: 0, end: 1, text, sentence: CAST, sure });
    const names = [named('A Hale', 0.95), named('B Hale', 0.5), named('the A Hale', 0.06), named('C Hale', 0.4)];
    await putInPlace(QUESTION, [...names, named('D Hale', 0.3)], reader);
    expect(asked.map((one) => one.slice(13, 19))).toEqual(['A Hale', 'B Hale', 'C Hale']);
    asked.length = 0;
    // What follows from something that nothing stands for is no part of this question.
    await putInPlace(QUESTION, [{ ...named('E Hale', 0.9), after: named('A Hale', 0.9) }], reader);
    expect(asked).toEqual([]);
  });
});

describe('what a candidate is beside the first passages', () => {
  const asked = [
    { query: { asked: '', from: 0, kind: 'bridge' as const, sure: 1 }, vector: Float32Array.of(0, 0.3, 0.95) },
  ];
  const rows = hopFeatures(
    { vector: VECTOR, words: wordsOf(QUESTION), entities: question.entities },
    PASSAGES,
    [0.9, 0.2, 0.2],
    asked,
    () => 1,
  );

  it('tells the passage that the first one names from one that it does not', () => {
    expect(rows[1]).toMatchObject({ 'hop.named': 1, 'hop.named.near': expect.closeTo(0.9) as number });
    expect(rows[2]?.['hop.named']).toBeUndefined();
    expect(rows[1]?.['hop.bridge']).toBeGreaterThan(rows[2]?.['hop.bridge'] ?? 1);
    expect(rows[1]?.['hop.covers']).toBeGreaterThan(0);
  });

  it('has no features but the fitted ones, each a number', () => {
    for (const row of rows)
      for (const [name, value] of Object.entries(row)) {
        expect(HOP_FEATURES).toContain(name);
        expect(Number.isFinite(value)).toBe(true);
      }
  });

  it('is nothing where there is nothing', () => {
    expect(hopFeatures({ vector: VECTOR, words: [], entities: new Set() }, [], [], [], () => 1)).toEqual([]);
  });
});
