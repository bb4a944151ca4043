import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { example, ingestSample, startServing, type ApiClient, type Serving } from './serving.ts';

/** One row more than retrieval ranks of an asset, so that an answer from all rows differs from one of the first. */
const BOATS = [
  'Boat,Built,Crew',
  ...Array.from({ length: 25 }, (_, i) => `Boat ${i + 1},${1900 + i},${i === 24 ? 30 : 3 + (i % 5)}`),
].join('\n');

let serving: Serving;
let api: ApiClient;
let miller: string;
let cat: string;
let table: string;
let bell: string;
let sign: string;
let cup: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  [miller, , cat] = await ingestSample(api);
  const picture = async (name: string) => ({ uploadId: await api.uploaded(name, await example(`images/${name}`)) });
  const [boats, lantern, room, coffee] = await api.ingestAll([
    { text: BOATS, fileName: 'boats.csv' },
    { uploadId: await api.uploaded('lantern-bell.wav', await example('recordings/lantern-bell.wav')) },
    await picture('sign-lantern-room.jpg'),
    await picture('cup-on-a-table.jpg'),
  ]);
  [table = '', bell = '', sign = '', cup = ''] = [boats, lantern, room, coffee];
});
afterAll(() => serving.close());

interface Locator {
  readonly __typename: string;
  readonly startSeconds?: number;
  readonly width?: number;
  readonly quote?: string;
}
interface Shape {
  readonly shortAnswer: string | null;
  readonly text: string | null;
  readonly verification: { readonly verified: boolean };
  readonly steps: readonly {
    readonly claims: readonly {
      readonly evidence: readonly { readonly asset: { readonly id: string }; readonly locator: Locator }[];
    }[];
  }[];
}
async function ask(question: string, asset?: string, choices?: readonly string[]) {
  const { ask: asked } = await api.data<{ ask: { answer: Shape } }>(
    `mutation ($question: String!, $asset: ID, $choices: [String!]) {
      ask(input: { question: $question, asset: $asset, choices: $choices, minConfidence: 0.1 }) { answer {
        shortAnswer text verification { verified }
        steps { claims { evidence { asset { id }
          locator { __typename ... on TextSpan { quote } ... on TimeSpan { startSeconds } ... on ImageRegion { width } } } } } } } }`,
    { question, asset, choices },
  );
  const { answer } = asked;
  return { ...answer, evidence: answer.steps.at(-1)?.claims.flatMap((claim) => claim.evidence) ?? [] };
}

describe('each type of answer', () => {
  test('a table’s cell, with its row in the file, and verified', async () => {
    const { shortAnswer, evidence, verification } = await ask('When was Boat 24 built?', table);
    expect(shortAnswer).toBe('1923');
    expect(evidence.map(({ locator }) => locator.quote)).toEqual(['Boat 24,1923,6']);
    expect(verification.verified).toBe(true);
  });

  test('a number: the greatest of all rows, though it is in the last', async () => {
    expect((await ask('What is the largest crew?', table)).shortAnswer).toBe('30');
  });

  test('a count over all rows of a table, with a dozen of them as evidence', async () => {
    const { shortAnswer, evidence } = await ask('How many boats were built before 1920?', table);
    expect(shortAnswer).toBe('20');
    expect(evidence).toHaveLength(12);
  });

  test('a comparison of two rows, both cited', async () => {
    const { shortAnswer, evidence } = await ask('Which had the larger crew, Boat 25 or Boat 2?', table);
    expect(shortAnswer).toBe('Boat 25');
    expect(evidence.map(({ locator }) => locator.quote?.split(',')[0]).toSorted()).toEqual(['Boat 2', 'Boat 25']);
  });

  test('a list of rows', async () => {
    expect((await ask('List all boats that were built after 1922.', table)).shortAnswer).toBe('Boat 24, Boat 25');
  });

  test('a count over the graph, with the pictures as evidence', async () => {
    const { shortAnswer, evidence, verification } = await ask('How many pictures show a cat?');
    expect(shortAnswer).toBe('1');
    expect(evidence.map(({ asset }) => asset.id)).toEqual([cat]);
    expect(verification.verified).toBe(true);
  });

  test('a list over the graph, by the kind of what is seen', async () => {
    const { shortAnswer, evidence } = await ask('Which pictures show a feline?');
    expect(shortAnswer).toBe('museum-cat.jpg');
    expect(evidence.map(({ asset }) => asset.id)).toEqual([cat]);
  });

  test('whether there is one, over the graph', async () => {
    const { shortAnswer, evidence } = await ask('Is there a text that mentions Thomas Miller?');
    expect(shortAnswer).toBe('yes');
    expect(evidence.map(({ asset }) => asset.id)).toContain(miller);
  });

  test('a list over the graph, of all that stand in a relation, each with its sentence', async () => {
    await api.ingestAll([
      { text: 'Ada Brook was born in Westbrook in 1870. She wrote letters all her life.', fileName: 'brook.txt' },
      { text: 'Henry Finch was born in Westbrook, and Mary Finch visited Westbrook once.', fileName: 'finch.txt' },
    ]);
    const { shortAnswer, evidence, verification } = await ask('List the people who were born in Westbrook.');
    expect(shortAnswer?.split(', ').toSorted()).toEqual(['Ada Brook', 'Henry Finch', 'Thomas Miller']);
    expect(new Set(evidence.map(({ asset }) => asset.id)).size).toBe(3);
    expect(verification.verified).toBe(true);
  });

  test('a choice', async () => {
    expect((await ask('Where was Thomas Miller born?', undefined, ['Paris', 'Westbrook'])).shortAnswer).toBe(
      'Westbrook',
    );
  });

  test('when, with the time in the recording', async () => {
    const { shortAnswer, evidence } = await ask('When is Thomas Miller mentioned?', bell);
    expect(shortAnswer).toMatch(/^\d+:\d\d–\d+:\d\d$/);
    expect(evidence[0]?.locator).toMatchObject({ __typename: 'TimeSpan' });
    expect(evidence[0]?.asset.id).toBe(bell);
  });

  test('where, with a box in the picture', async () => {
    const { evidence } = await ask('Where is the cat in this picture?', cat);
    const widths = evidence.map(({ locator }) => locator.width ?? 0);
    expect(widths.some((width) => width > 0 && width < Math.max(...widths))).toBe(true);
  });

  test('yes or no of a text, with the sentence that says so', async () => {
    const { shortAnswer, evidence, verification } = await ask('Was Thomas Miller born in Westbrook?');
    expect(shortAnswer).toBe('yes');
    expect(evidence[0]?.asset.id).toBe(miller);
    expect(verification.verified).toBe(true);
    expect((await ask('Was Thomas Miller born in Leeds?')).shortAnswer).toBe('no');
  });

  test('words in a picture, each line with its box', async () => {
    const { shortAnswer, evidence, verification } = await ask('What does the sign say?', sign);
    expect(shortAnswer).toContain('Margaret Hill');
    expect(evidence.length).toBeGreaterThan(1);
    expect(evidence.every(({ asset, locator }) => asset.id === sign && locator.__typename === 'ImageRegion')).toBe(
      true,
    );
    expect(verification.verified).toBe(true);
  });

  test('a colour in a photograph, by the pixels of a box', async () => {
    const { shortAnswer, text, evidence, verification } = await ask('What colour is the cat?', cat);
    expect(['brown', 'orange']).toContain(shortAnswer);
    expect(text).toMatch(/\d+ % of “cat” in museum-cat.jpg/);
    expect(evidence).toMatchObject([{ asset: { id: cat }, locator: { __typename: 'ImageRegion' } }]);
    expect(verification.verified).toBe(true);
    expect((await ask('Is the cat blue?', cat)).shortAnswer).toBe('no');
  });

  test('whether a thing is there and how many of it, in a photograph', async () => {
    expect((await ask('How many cups are in this picture?', cup)).shortAnswer).toBe('1');
    expect((await ask('Is there a dog in this picture?', cup)).shortAnswer).toBe('no');
    expect((await ask('There is a cup in the picture.', cup)).shortAnswer).toBe('yes');
  });

  test('how two things stand in a photograph, both with their boxes', async () => {
    const { shortAnswer, evidence, verification } = await ask('Is the cup on the dining table?', cup);
    expect(shortAnswer).toBe('yes');
    const boxes = new Set(evidence.map(({ locator }) => JSON.stringify(locator)));
    expect(boxes.size).toBe(2);
    expect(verification.verified).toBe(true);
  });

  test('which caption fits a picture, where nothing else is asked', async () => {
    const captions = ['Two trucks stand on a road.', 'A cat looks into the camera.'];
    expect((await ask('', cat, captions)).shortAnswer).toBe(captions[1]);
  });

  test('which of two is in more pictures, over the graph, with what was found of both', async () => {
    const more = 'Are there more pictures of felines than of cats?';
    const { shortAnswer, text, evidence, verification } = await ask(more);
    expect([shortAnswer, text]).toEqual(['no', expect.stringContaining('“felines” is found in 1 of the pictures')]);
    expect(evidence.map(({ asset }) => asset.id)).toEqual([cat, cat]);
    expect(verification.verified).toBe(true);
    // Of what the graph does not know it is not known that there is none.
    expect((await ask('Are there more pictures of cats than of hovercrafts?')).text ?? '').not.toContain('is found in');
    const which = await ask('Which is seen in more pictures, a cat or a cup?');
    expect(which.shortAnswer).toBe('as many of both');
    const chosen = await ask('Which is seen in more pictures, a cat or a cup?', undefined, ['a teapot', 'a lamp']);
    expect(['a teapot', 'a lamp', null]).toContain(chosen.shortAnswer);
    expect(new Set(which.evidence.map(({ asset }) => asset.id))).toEqual(new Set([cat, cup]));
  });

  test('what a recording, a text and a picture are about, where nothing is asked', async () => {
    const heard = await ask('', bell);
    expect(heard.shortAnswer).toContain('cast by Thomas Miller');
    expect(heard.evidence.every(({ asset }) => asset.id === bell)).toBe(true);
    const told = await ask('', miller);
    expect(told.evidence.length).toBeGreaterThan(1);
    expect(told.evidence.every(({ asset }) => asset.id === miller)).toBe(true);
    expect(told.verification.verified).toBe(true);
    expect((await ask('', cat)).evidence[0]?.asset.id).toBe(cat);
    const refused = await api.data<{ ask: { userErrors: { code: string }[] } }>(
      'mutation { ask(input: { question: " " }) { userErrors { code } } }',
    );
    expect(refused.ask.userErrors).toMatchObject([{ code: 'EMPTY' }]);
  });
});

describe('a question that is a recording or a picture', () => {
  const like = async (asset: string, query?: string) => {
    const { search } = await api.data<{ search: { nodes: { asset: { id: string } }[] } }>(
      'query ($asset: ID!, $query: String) { search(asset: $asset, query: $query, first: 10) { nodes { asset { id } } } }',
      { asset, query },
    );
    return search.nodes.map(({ asset: found }) => found.id);
  };

  test('finds what speaks of the same, before what does not', async () => {
    const found = (await like(bell)).filter((id) => id !== bell);
    expect(found.slice(0, 3)).toContain(miller);
  });

  test('is answered beyond itself: who is named there is told of elsewhere', async () => {
    const { shortAnswer, evidence } = await ask('Where was the man born who cast the lantern bell?', bell);
    expect(shortAnswer).toContain('Westbrook');
    expect(evidence.map(({ asset }) => asset.id)).toContain(miller);
  });
});
