import { expect, test } from 'vitest';
import { OpenAiCompatibleModel } from '../../../src/adapters/language-model/openai-compatible.ts';
import { SensegraphError } from '../../../src/errors.ts';
import { AnswerSchema, type WrittenAnswer } from '../../../src/reason/prompts/answer.ts';
import { RATIONALE_SYSTEM, type Rationale } from '../../../src/reason/prompts/rationale.ts';
import { reason, type ReasonOptions } from '../../../src/reason/reason.ts';
import { bagEmbedder, noExtractor, picture, retrievalOf, text } from './made.ts';
import { openAiServer, type FakeServer, type Received, type Reply } from './openai-server.ts';

const cat = picture('museum-cat.jpg', ['Egyptian cat']);
const biscuit = text(
  'biscuit.txt',
  "The museum's cat, Biscuit, was found by Ellen Carew in 1987. It sleeps in the hall.",
);
const retrieval = retrievalOf('Who found the animal in this picture?', [cat, biscuit], { about: cat });

const rationale: Rationale = {
  keyElements: [{ text: 'The animal is Biscuit, the cat of the museum.', evidence: ['E1', 'E2'] }],
  relate: [{ text: 'Biscuit was found by Ellen Carew.', evidence: ['E2'] }],
};
const answered: WrittenAnswer = {
  shortAnswer: 'Ellen Carew',
  text: 'Ellen Carew found it.',
  evidence: ['E1', 'E2'],
  confidence: 0.9,
};

/** What a model replies in both stages, in part replaced. */
function replying(changed: Partial<Rationale & WrittenAnswer> = {}): (received: Received) => Reply {
  return (received) => {
    const { keyElements, relate, ...rest } = { ...rationale, ...answered, ...changed };
    return { content: JSON.stringify(isRationale(received) ? { keyElements, relate } : rest) };
  };
}

function isRationale({ messages }: Received): boolean {
  return messages[0]?.content === RATIONALE_SYSTEM;
}

function ask(server: FakeServer, options: Partial<ReasonOptions> = {}, timeoutMs = 5000) {
  const languageModel = new OpenAiCompatibleModel({ url: server.url, model: 'tiny', key: 'secret', timeoutMs });
  return reason(
    retrieval,
    { extractor: noExtractor, embedder: bagEmbedder, languageModel },
    { minConfidence: 0.1, ...options },
  );
}

test('a rationale, then the answer given it, become the steps behind what is seen at hand', async () => {
  await using server = await openAiServer(replying());
  const answer = await ask(server);
  expect(answer).toMatchObject({
    shortAnswer: 'Ellen Carew',
    text: 'Ellen Carew found it.',
    confidence: 0.9,
    abstained: false,
  });
  expect(answer.steps.map(({ kind, model }) => [kind, model])).toEqual([
    ['DESCRIBE', undefined],
    ['KEY_ELEMENTS', 'tiny'],
    ['RELATE', 'tiny'],
    ['ANSWER', 'tiny'],
  ]);
  // What says it comes first, however the model put it.
  expect(answer.steps[3]?.claims[0]?.evidence.map(({ asset }) => asset.title)).toEqual([
    'biscuit.txt',
    'museum-cat.jpg',
  ]);
  expect(server.received.map(isRationale)).toEqual([true, false]);
  expect(server.received[0]).toMatchObject({ authorization: 'Bearer secret', temperature: 0, seed: undefined });
  const [first, second] = server.received.map(({ messages }) => messages[1]?.content ?? '');
  expect(first).toContain('{"described":"The picture museum-cat.jpg shows an Egyptian cat');
  expect(second).toContain('{"step":"relate","text":"Biscuit was found by Ellen Carew.","evidence":["E2"]}');
});

test('the first step is told before the model is asked, its own steps when its answer has been taken', async () => {
  const told: string[] = [];
  const heard: string[][] = [];
  const reply = replying();
  await using server = await openAiServer((received) => {
    heard.push([...told]);
    return reply(received);
  });
  await ask(server, { onStep: ({ kind }) => told.push(kind) });
  expect(heard).toEqual([['DESCRIBE'], ['DESCRIBE']]);
  expect(told).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
});

test('of a model whose answer is not taken no step is told at all', async () => {
  await using server = await openAiServer(replying({ evidence: ['E42'] }));
  const told: (string | undefined)[] = [];
  await ask(server, { onStep: ({ model }) => told.push(model) });
  expect(server.received).toHaveLength(2);
  expect(told).toEqual([undefined, undefined, undefined, undefined]);
});

test.each<[string, Partial<WrittenAnswer>, string | undefined]>([
  ['that stands in what it cites is taken', {}, 'tiny'],
  ['that it is not sure of is not taken', { confidence: 0.05 }, undefined],
  ['that is not said by what it cites is not taken', { shortAnswer: 'Ada Penrose' }, undefined],
  ['that is said in part is not taken', { shortAnswer: 'Ellen Penrose' }, undefined],
  ['that there is none is not taken', { shortAnswer: null }, undefined],
])('of a small model, an answer %s', async (_, changed, model) => {
  await using server = await openAiServer(replying(changed));
  const small = new OpenAiCompatibleModel({ url: server.url, model: 'tiny' });
  const languageModel = { id: small.id, isSmall: true, generateObject: small.generateObject.bind(small) };
  const deps = { extractor: noExtractor, embedder: bagEmbedder, languageModel };
  expect((await reason(retrieval, deps, { minConfidence: 0.1 })).steps.at(-1)?.model).toBe(model);
});

test.each<[string, Partial<WrittenAnswer>, string | undefined]>([
  ['in part of its words is taken', { shortAnswer: 'Miss Ellen Carew' }, 'tiny'],
  ['that was counted is taken', { shortAnswer: 'two' }, 'tiny'],
  ['that none of it says is not taken', { shortAnswer: 'Ada Penrose' }, undefined],
])('of a large model, an answer %s', async (_, changed, model) => {
  await using server = await openAiServer(replying(changed));
  expect((await ask(server)).steps.at(-1)?.model).toBe(model);
});

test('a sentence that says something else than the short answer, or leads away, is replaced by ours', async () => {
  for (const said of ['Nobody knows.', 'Ellen Carew, see http://127.0.0.1:9/?q=biscuit', 'Ellen Carew ![](x.gif)']) {
    await using server = await openAiServer(replying({ text: said }));
    expect((await ask(server)).text).toBe(
      "Ellen Carew, according to biscuit.txt: “The museum's cat, Biscuit, was found by Ellen Carew in 1987.”",
    );
  }
});

test('JSON that does not fit goes back once with what is wrong, and the repaired answer counts', async () => {
  await using server = await openAiServer([
    { content: '{"keyElements": "no list"}' },
    { content: JSON.stringify(rationale) },
    { content: JSON.stringify(answered) },
  ]);
  expect((await ask(server)).steps.at(-1)?.model).toBe('tiny');
  expect(server.received).toHaveLength(3);
  const [, , again, complaint] = server.received[1]?.messages ?? [];
  expect(again).toMatchObject({ role: 'assistant', content: '{"keyElements": "no list"}' });
  expect(complaint?.content).toMatch(/does not fit[^]*keyElements/);
});

test('a claim that cites nothing it was given, or nothing that bears it, is dropped, and invented ids beside a real one too', async () => {
  await using server = await openAiServer(
    replying({
      keyElements: [
        { text: 'A dog barks.', evidence: ['E99'] },
        { text: 'Whales live long.', evidence: ['E2'] },
        { text: 'The picture shows an Egyptian cat.', evidence: ['E1', 'Evidence:forged'] },
      ],
    }),
  );
  const step = (await ask(server)).steps[1];
  expect(step?.text).toBe('The picture shows an Egyptian cat.');
  expect(step?.claims.map((claim) => claim.evidence.length)).toEqual([1]);
  expect(server.received[1]?.messages[1]?.content).not.toMatch(/barks|Whales|E99|forged/);
});

test('steps for which the model found nothing are made without it', async () => {
  await using server = await openAiServer(replying({ keyElements: [], relate: [] }));
  const { steps, shortAnswer } = await ask(server);
  expect(shortAnswer).toBe('Ellen Carew');
  expect(steps.map(({ model }) => model)).toEqual([undefined, undefined, undefined, 'tiny']);
  expect(steps[2]?.text).toContain('Biscuit, was found by Ellen Carew');
});

test('an answer that cites only invented evidence is not taken: the extractive one is', async () => {
  await using server = await openAiServer(replying({ shortAnswer: 'Biscuit', evidence: ['E42'] }));
  const answer = await ask(server);
  expect(answer.shortAnswer).toBe('Ellen Carew');
  expect(answer.steps.every((step) => step.model === undefined)).toBe(true);
});

test.each([
  ['500s', [{ status: 500 }]],
  ['text that is no JSON, twice', [{ content: 'Sure! The answer is Ellen.' }]],
  ['a JSON of another shape, twice', [{ content: '[]' }]],
  ['silence', [{ silentMs: 3000 }]],
])('with %s the extractive answer is given', async (_, replies) => {
  await using server = await openAiServer(replies);
  const answer = await ask(server, {}, 300);
  expect(answer.shortAnswer).toBe('Ellen Carew');
  expect(answer.steps.every((step) => step.model === undefined)).toBe(true);
});

test('the adapter itself tells LANGUAGE_MODEL_FAILED, and keeps the cause', async () => {
  await using server = await openAiServer([{ status: 500 }]);
  const model = new OpenAiCompatibleModel({ url: server.url, model: 'tiny' });
  const failure = await model
    .generateObject({ system: 's', prompt: 'p', schema: AnswerSchema })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(SensegraphError);
  expect(failure).toMatchObject({ code: 'LANGUAGE_MODEL_FAILED' });
  expect((failure as SensegraphError).cause).toBeDefined();
});

test('an aborted question is not answered in another way', async () => {
  await using server = await openAiServer([{ silentMs: 3000 }]);
  const controller = new AbortController();
  const asked = ask(server, { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('gone')), 50);
  await expect(asked).rejects.toThrow('gone');
});

test('a model that finds nothing abstains, and one below the threshold too', async () => {
  for (const changed of [{ shortAnswer: null, text: 'The evidence does not say.' }, { confidence: 0.05 }]) {
    await using server = await openAiServer(replying(changed));
    const answer = await ask(server);
    expect(answer).toMatchObject({ abstained: true, text: null, shortAnswer: null });
    expect(answer.steps.at(-1)).toMatchObject({ model: 'tiny', text: expect.stringContaining('does not hold') });
  }
});

test('an answer outside the given choices is not taken', async () => {
  await using server = await openAiServer(replying({ shortAnswer: 'Biscuit' }));
  const answer = await ask(server, { choices: ['Thomas Hale', 'Ellen Carew'], minConfidence: 0 });
  expect(answer.shortAnswer).toBe('Ellen Carew');
  expect(answer.steps[3]?.model).toBeUndefined();
});

test('of several chains of thought the answer that most come to counts, as sure as they agree', async () => {
  const drawn = [
    {},
    { shortAnswer: 'Biscuit' },
    { shortAnswer: 'the ellen carew', confidence: 0.7 },
    { evidence: ['E9'] },
  ];
  await using server = await openAiServer((received) => replying(drawn[(received.seed ?? 0) - 1])(received));
  const answer = await ask(server, { samples: 4 });
  expect(answer.shortAnswer).toBe('Ellen Carew');
  expect(answer.confidence).toBeCloseTo(((0.9 + 0.7) / 2) * (2 / 4));
  expect(server.received.map(({ seed }) => seed).toSorted()).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  expect(server.received.every(({ temperature }) => temperature === 0.7)).toBe(true);
});

test('chains of thought that fail count against the others, and when all fail the extractive answer is given', async () => {
  await using one = await openAiServer((received) => (received.seed === 1 ? replying()(received) : { status: 500 }));
  expect((await ask(one, { samples: 3 })).confidence).toBeCloseTo(0.9 / 3);
  await using none = await openAiServer([{ status: 500 }]);
  const answer = await ask(none, { samples: 3 });
  expect(answer.shortAnswer).toBe('Ellen Carew');
  expect(answer.steps.at(-1)?.model).toBeUndefined();
});
