import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ingestSample, startServing, type ApiClient, type Serving } from './serving.ts';

let serving: Serving;
let api: ApiClient;
let miller: string;
let cat: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  [miller, , cat] = await ingestSample(api);
});
afterAll(() => serving.close());

interface Look {
  readonly text: string;
  readonly probability: number;
  readonly choices: readonly { readonly text: string; readonly probability: number }[];
  readonly model: { readonly id: string; readonly version: string; readonly licence: string; readonly device: string };
}
const QUERY = `query ($asset: ID!, $question: String, $choices: [String!]) {
  look(asset: $asset, question: $question, choices: $choices) {
    text probability choices { text probability } model { id version licence device } } }`;
const look = async (variables: object) => (await api.data<{ look: Look }>(QUERY, { asset: cat, ...variables })).look;

describe('a look at a picture', () => {
  test('is a caption with its probability and its model', async () => {
    const { text, probability, choices, model } = await look({});
    expect(text.split(' ').length).toBeGreaterThan(2);
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThanOrEqual(1);
    expect(choices).toEqual([]);
    expect(model).toMatchObject({ id: 'smollm2-looking', licence: 'Apache-2.0', device: 'cpu' });
  });

  test('answers a question, and chooses among given answers and given captions', async () => {
    expect((await look({ question: 'What is in the picture?' })).text).not.toBe('');
    const chosen = await look({ question: 'Is there a cat in the picture?', choices: ['yes', 'no'] });
    expect(chosen.choices.map(({ text }) => text)).toEqual(['yes', 'no']);
    expect(chosen.choices.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    const captions = ['Two trucks are parked in front of a factory.', 'A cat is looking at the camera.'];
    const caption = await look({ choices: captions });
    expect(caption.text).toBe(captions[1]);
    expect(caption.probability).toBeGreaterThan(0.9);
  });

  test('refuses what is no picture, what is not there and what is no choice', async () => {
    const code = async (variables: object) => {
      const { errors } = await api.post(QUERY, { asset: cat, ...variables });
      return errors?.[0]?.extensions.code;
    };
    expect(await code({ asset: miller })).toBe('BAD_INPUT');
    expect(await code({ asset: 'Asset:none' })).toBe('NOT_FOUND');
    expect(await code({ choices: ['one'] })).toBe('BAD_INPUT');
    expect(await code({ choices: Array.from({ length: 21 }, (_, i) => `${i}`) })).toBe('BAD_INPUT');
    expect(await code({ question: 'x'.repeat(2001) })).toBe('TOO_LONG');
  });
});

interface Asked {
  readonly shortAnswer: string | null;
  readonly steps: readonly {
    readonly kind: string;
    readonly claims: readonly {
      readonly evidence: readonly {
        readonly asset: { readonly id: string };
        readonly locator: { readonly width?: number };
      }[];
    }[];
  }[];
}
const ask = async (question: string) =>
  (
    await api.data<{ ask: { answer: Asked } }>(
      `mutation ($question: String!, $asset: ID) { ask(input: { question: $question, asset: $asset }) { answer {
        shortAnswer steps { kind claims { evidence { asset { id } locator { ... on ImageRegion { width } } } } } } } }`,
      { question, asset: cat },
    )
  ).ask.answer;

describe('a question about what a picture shows', () => {
  test('is answered from what was seen, and every claim points at the picture', async () => {
    for (const [question, answer] of [
      ['Is there a cat in this picture?', 'yes'],
      ['Is there a dog in this picture?', 'no'],
      ['How many cats are in this picture?', '1'],
      ['How many dogs are in this picture?', '0'],
    ] as const) {
      const { shortAnswer, steps } = await ask(question);
      expect([question, shortAnswer]).toEqual([question, answer]);
      const evidence = steps.at(-1)?.claims.flatMap((claim) => claim.evidence) ?? [];
      expect(evidence).not.toHaveLength(0);
      for (const { asset, locator } of evidence) {
        expect(asset.id).toBe(cat);
        expect(locator.width).toBeGreaterThan(0);
      }
    }
  });

  test('is described by the caption that was read when it was ingested', async () => {
    const { segments } = await serving.application
      .segmentsOf(cat, { first: 1 })
      .then(async ({ items }) => ({ segments: await serving.application.readingsOf(items.map(({ id }) => id)) }));
    const caption = [...segments.values()].flat().find(({ kind }) => kind === 'CAPTION');
    expect(caption).toMatchObject({ model: 'smollm2-looking', modelVersion: '1.0.0' });
    expect((await ask('Describe this picture.')).shortAnswer).toBe(caption?.text);
  });
});
