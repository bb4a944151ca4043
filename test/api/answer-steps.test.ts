import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText, startServing, type ApiClient, type Serving } from './serving.ts';
import { RATIONALE_SYSTEM } from '../../src/reason/prompts/rationale.ts';
import { openAiServer, type FakeServer, type Received, type Reply } from '../unit/reason/openai-server.ts';

const STEPS = `subscription ($input: AskInput!) { answerSteps(input: $input) { step { kind model } answer { id shortAnswer confidence } } }`;
interface StepEvent {
  readonly answerSteps: {
    readonly step: { readonly kind: string; readonly model: string | null } | null;
    readonly answer: { readonly id: string; readonly shortAnswer: string; readonly confidence: number } | null;
  };
}
const QUESTION = { question: 'Where was Thomas Miller born?' };

/** What the language model does with a request; each test says it anew. */
let reply: (received: Received) => Promise<Reply>;
let model: FakeServer;
let serving: Serving;
let api: ApiClient;
beforeAll(async () => {
  model = await openAiServer((received) => reply(received));
  serving = await startServing({ SENSEGRAPH_LLM_URL: model.url, SENSEGRAPH_LLM_MODEL: 'held' });
  ({ api } = serving);
  await api.ingestAll([{ text: await exampleText('texts/thomas-miller.md'), fileName: 'thomas-miller.md' }]);
});
afterAll(async () => {
  await serving.close();
  await model[Symbol.asyncDispose]();
});

/** A model that replies nothing before it is let go; `asked` is its first request. */
function held() {
  const asked = Promise.withResolvers<Received>();
  const gate = Promise.withResolvers<void>();
  reply = async (received) => {
    asked.resolve(received);
    await gate.promise;
    const prompt = received.messages[1]?.content ?? '';
    const evidence = [/"id":"(E\d+)"[^\n]*born[^\n]*Westbrook/.exec(prompt)?.[1] ?? 'none'];
    const written =
      received.messages[0]?.content === RATIONALE_SYSTEM
        ? { keyElements: [], relate: [{ text: 'Thomas Miller was born in Westbrook.', evidence }] }
        : { shortAnswer: 'Westbrook', text: 'He was born in Westbrook.', evidence, confidence: 0.8 };
    return { content: JSON.stringify(written) };
  };
  return { asked: asked.promise, release: () => gate.resolve() };
}

describe('answerSteps with a language model', () => {
  test('sends the first step while the model has not answered, and the model’s when its answer has been taken', async () => {
    const { asked, release } = held();
    const client = api.socket();
    const results = client.iterate<StepEvent>({ query: STEPS, variables: { input: QUESTION } });
    const first = await results.next();
    // The model answers nothing before this line: the step can't have waited for it.
    await asked;
    release();
    const events = [first.value?.data?.answerSteps];
    for await (const { data } of results) events.push(data?.answerSteps);
    expect(events.slice(0, 4).map((event) => [event?.step?.kind, event?.step?.model])).toEqual([
      ['DESCRIBE', null],
      ['KEY_ELEMENTS', null],
      ['RELATE', 'held'],
      ['ANSWER', 'held'],
    ]);
    expect(events[4]?.answer).toMatchObject({ shortAnswer: 'Westbrook', confidence: 0.8 });
    expect(events).toHaveLength(5);
    await client.dispose();
  });

  test.each([
    ['that leaves', (client: ReturnType<ApiClient['socket']>) => client.terminate()],
    ['that completes its subscription', (_: unknown, results: AsyncIterator<unknown>) => void results.return?.()],
  ])('of a client %s: the model is told to stop', async (_, leave) => {
    const { asked, release } = held();
    const client = api.socket();
    const results = client.iterate<StepEvent>({ query: STEPS, variables: { input: QUESTION } });
    expect((await results.next()).value?.data?.answerSteps.step?.kind).toBe('DESCRIBE');
    const request = await asked;
    leave(client, results);
    expect(await request.answered).toBe(false);
    release();
    await client.dispose();
  });

  test('takes as many chains of thought as it is told, 1 to 8', async () => {
    const { release } = held();
    release();
    const before = model.received.length;
    const { errors } = await api.over<StepEvent>(STEPS, { input: { ...QUESTION, samples: 3 } });
    expect(errors).toBeNull();
    expect(
      model.received
        .slice(before)
        .map(({ seed }) => seed)
        .toSorted(),
    ).toEqual([1, 1, 2, 2, 3, 3]);
    for (const samples of [0, 9]) {
      const refused = await api.over(STEPS, { input: { ...QUESTION, samples } });
      expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }]);
    }
  });
});
