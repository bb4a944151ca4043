import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { draw, png } from '../fixtures/drawing.ts';
import { startServing, type ApiClient, type Serving } from './serving.ts';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface Answered {
  readonly id: string;
  readonly shortAnswer: string | null;
  readonly text: string | null;
  readonly steps: readonly {
    readonly kind: string;
    readonly claims: readonly { readonly evidence: readonly { readonly locator: Place }[] }[];
  }[];
}

let serving: Serving;
let api: ApiClient;
let drawing: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  const picture = draw(
    [
      [
        { shape: 'circle', colour: 'yellow', at: [10, 20, 20] },
        { shape: 'square', colour: 'black', at: [70, 70, 30] },
      ],
      [
        { shape: 'square', colour: 'yellow', at: [40, 10, 20] },
        { shape: 'circle', colour: 'yellow', at: [50, 60, 20] },
      ],
    ],
    2,
  );
  const uploadId = await api.uploaded('shapes.png', await png(picture));
  [drawing = ''] = await api.ingestAll([{ uploadId }]);
});
afterAll(() => serving.close());

async function ask(question: string, choices?: readonly string[]): Promise<Answered> {
  const { ask: asked } = await api.data<{ ask: { answer: Answered } }>(
    `mutation ($input: AskInput!) { ask(input: $input) { answer { id shortAnswer text
       steps { kind claims { evidence { locator { ... on ImageRegion { x y width height } } } } } } } }`,
    { input: { question, asset: drawing, ...(choices ? { choices } : {}) } },
  );
  return asked.answer;
}
const placesOf = ({ steps }: Answered) =>
  (steps.at(-1)?.claims ?? []).flatMap(({ evidence }) => evidence.map(({ locator }) => locator));

/** Within the two pixels that the picture is drawn larger by. */
const around = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }) => ({
  x: expect.closeTo(x, -0.7),
  y: expect.closeTo(y, -0.7),
  width: expect.closeTo(width, -0.7),
  height: expect.closeTo(height, -0.7),
});
const CIRCLES = [
  { x: 20, y: 40, width: 40, height: 40 },
  { x: 400, y: 120, width: 40, height: 40 },
].map(around);

describe('a question about a drawing', () => {
  test('a statement is judged, the boxes that decide are named, and the answer verifies', async () => {
    const answer = await ask('There are exactly two yellow circles.');
    expect(answer.shortAnswer).toBe('yes');
    expect(answer.text).toContain('shapes.png');
    const places = placesOf(answer);
    expect(places).toHaveLength(2);
    expect(places).toEqual(expect.arrayContaining(CIRCLES));
    const { verifyAnswer } = await api.data<{ verifyAnswer: { verified: boolean } }>(
      'query ($id: ID!) { verifyAnswer(id: $id) { verified } }',
      { id: answer.id },
    );
    expect(verifyAnswer.verified).toBe(true);
  });

  test('what is false of it is denied', async () => {
    expect((await ask('There is a yellow circle touching the wall.')).shortAnswer).toBe('no');
    expect((await ask('Is there a black square touching a corner?', ['no', 'yes'])).shortAnswer).toBe('yes');
  });

  test('things are counted and their colour told', async () => {
    const counted = await ask('How many circles are there?');
    expect(counted.shortAnswer).toBe('2');
    expect(placesOf(counted)).toEqual(expect.arrayContaining(CIRCLES));
    expect((await ask('What color are the squares?')).shortAnswer?.split(' and ').toSorted()).toEqual([
      'black',
      'yellow',
    ]);
  });
});
