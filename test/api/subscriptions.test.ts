import { once } from 'node:events';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Application, AskInput } from '../../src/application.ts';
import { exampleText, openSocket, startServing, type ApiClient, type Serving } from './serving.ts';

let serving: Serving;
let api: ApiClient;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  await api.ingestAll([{ text: await exampleText('texts/thomas-miller.md'), fileName: 'thomas-miller.md' }]);
});
afterAll(() => serving.close());

const STEPS = `subscription ($input: AskInput!) { answerSteps(input: $input) { step { kind text } answer { id shortAnswer steps { kind } } } }`;
interface StepEvent {
  readonly answerSteps: {
    readonly step: { readonly kind: string } | null;
    readonly answer: {
      readonly id: string;
      readonly shortAnswer: string;
      readonly steps: { readonly kind: string }[];
    } | null;
  };
}
const KINDS = ['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER'];

describe('jobProgress', () => {
  test('sends the job as it is, then its changes, and ends with it', async () => {
    const { job } = await api.ingest(
      Array.from({ length: 70 }, (_, i) => ({ text: `Lamp ${i} hangs in house ${i}.` })),
    );
    const { results, errors } = await api.over<{
      jobProgress: { job: { state: string; done: number; total: number } };
    }>('subscription ($id: ID!) { jobProgress(id: $id) { job { id state done failed total } } }', { id: job?.id });
    expect(errors).toBeNull();
    const states = results.map(({ data }) => data?.jobProgress.job);
    expect(states.length).toBeGreaterThan(1);
    expect(states.at(-1)).toMatchObject({ state: 'COMPLETED', done: 70, total: 70 });
    const done = states.map((state) => state?.done ?? -1);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  });

  test('of a job that has ended sends that, and ends', async () => {
    const { job } = await api.ingest([{ text: 'A short job.' }]);
    await api.ended(job?.id ?? '');
    expect(await api.ended(job?.id ?? '')).toEqual(['COMPLETED']);
  });

  test('of an unknown job is an error with NOT_FOUND', async () => {
    const { results, errors } = await api.over('subscription { jobProgress(id: "Job:none") { job { id } } }');
    expect(results).toEqual([]);
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  test('two listeners of one job both hear its end', async () => {
    const { job } = await api.ingest([{ text: 'Two people wait for this.' }]);
    const heard = await Promise.all([api.ended(job?.id ?? ''), api.ended(job?.id ?? '')]);
    expect(heard.map((states) => states.at(-1))).toEqual(['COMPLETED', 'COMPLETED']);
  });
});

describe('answerSteps', () => {
  test('sends the four steps in order, then the answer, which is kept', async () => {
    const { results, errors } = await api.over<StepEvent>(STEPS, {
      input: { question: 'Where was Thomas Miller born?' },
    });
    expect(errors).toBeNull();
    const events = results.map(({ data }) => data?.answerSteps);
    expect(events.map((event) => event?.step?.kind ?? null)).toEqual([...KINDS, null]);
    expect(events.slice(0, 4).map((event) => event?.answer)).toEqual([null, null, null, null]);
    const answer = events.at(-1)?.answer;
    expect(answer?.shortAnswer).toContain('Westbrook');
    expect(answer?.steps.map(({ kind }) => kind)).toEqual(KINDS);
    expect(await api.data('query ($id: ID!) { answer(id: $id) { id } }', { id: answer?.id })).toEqual({
      answer: { id: answer?.id },
    });
  });

  test('of a question that can’t be asked is an error with its code', async () => {
    for (const [input, code] of [
      [{ question: ' ' }, 'EMPTY'],
      [{ question: 'Who?', asset: 'Asset:none' }, 'NOT_FOUND'],
      [{ question: 'Who?', minConfidence: -1 }, 'BAD_INPUT'],
    ] as const) {
      const { errors } = await api.over(STEPS, { input });
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  });
});

/** An application whose questions are never answered, and what became of them. */
function endless(steps = 0) {
  const asked: AskInput[] = [];
  const { promise, resolve: tell } = Promise.withResolvers<void>();
  const begun = () => promise;
  const converse: Application['converse'] = (input) => {
    asked.push(input);
    tell();
    for (let i = 0; i < steps; i++) input.onStep?.({ kind: 'DESCRIBE', text: `Step ${i}.`, claims: [] });
    return new Promise((_, reject) => {
      input.signal?.addEventListener('abort', () => reject(input.signal?.reason as Error), { once: true });
    });
  };
  const aborted = async () => {
    const signal = asked[0]?.signal;
    if (signal && !signal.aborted) await once(signal, 'abort');
    return signal?.aborted;
  };
  return { converse, begun, aborted };
}

describe('a client that has had enough', () => {
  test('by leaving: its question is aborted', async () => {
    const { converse, begun, aborted } = endless(1);
    const { api: other } = await serving.serve({ converse });
    const client = other.socket();
    const results = client.iterate({ query: STEPS, variables: { input: { question: 'Who?' } } });
    await begun();
    expect((await results.next()).value).toMatchObject({ data: { answerSteps: { step: { text: 'Step 0.' } } } });
    client.terminate();
    expect(await aborted()).toBe(true);
  });

  test('by completing its subscription: its question is aborted, and the connection goes on', async () => {
    const { converse, begun, aborted } = endless();
    const logged: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => logged.push(line) });
    const { api: other } = await serving.serve({ converse }, log);
    const { socket, send, next } = await openSocket(other);
    send({ id: 'a', type: 'subscribe', payload: { query: STEPS, variables: { input: { question: 'Who?' } } } });
    await begun();
    send({ id: 'a', type: 'complete' });
    expect(await aborted()).toBe(true);
    send({ id: 'b', type: 'subscribe', payload: { query: '{ __typename }' } });
    expect(await next()).toEqual({ id: 'b', type: 'next', payload: { data: { __typename: 'Query' } } });
    socket.terminate();
    expect(logged).toEqual([]);
  });

  test('by leaving a mutation over WebSocket or HTTP: its question is aborted', async () => {
    const query = 'mutation { ask(input: { question: "Who?" }) { answer { id } userErrors { code } } }';
    const overSocket = endless();
    const first = await serving.serve({ converse: overSocket.converse });
    const client = first.api.socket();
    client.subscribe({ query }, { next: () => {}, error: () => {}, complete: () => {} });
    await overSocket.begun();
    client.terminate();
    expect(await overSocket.aborted()).toBe(true);

    const overHttp = endless();
    const second = await serving.serve({ converse: overHttp.converse });
    const leave = new AbortController();
    const request = fetch(second.api.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: leave.signal,
    });
    await overHttp.begun();
    leave.abort();
    await expect(request).rejects.toThrow(/abort/);
    expect(await overHttp.aborted()).toBe(true);
  });

  test('of a job that never changes: nobody listens to it any more', async () => {
    const { promise: end, resolve: ended } = Promise.withResolvers<void>();
    const { api: other } = await serving.serve({
      async *jobProgress(id, signal) {
        try {
          yield {
            id,
            kind: 'INGEST',
            state: 'QUEUED',
            total: 1,
            done: 0,
            failed: 0,
            createdAt: new Date().toISOString(),
          };
          await once(signal, 'abort');
        } finally {
          ended();
        }
      },
    });
    const { socket, send, next } = await openSocket(other);
    send({
      id: 'a',
      type: 'subscribe',
      payload: { query: 'subscription { jobProgress(id: "Job:1") { job { id } } }' },
    });
    expect(await next()).toMatchObject({ id: 'a', type: 'next' });
    send({ id: 'a', type: 'complete' });
    await end;
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  });
});

describe('connections', () => {
  const raw = async (headers: Record<string, string>): Promise<string> => {
    const socket = new WebSocket(api.url.replace('http', 'ws'), 'graphql-transport-ws', { headers });
    try {
      await once(socket, 'open');
      return 'open';
    } catch (error) {
      return (error as Error).message;
    } finally {
      socket.terminate();
    }
  };

  test('a page of another site can’t open one, a page of this server can', async () => {
    expect(await raw({})).toBe('open');
    expect(await raw({ origin: api.origin })).toBe('open');
    for (const origin of ['https://elsewhere.example', 'null', 'http://127.0.0.1:1'])
      expect([origin, await raw({ origin })]).toEqual([origin, 'Unexpected server response: 401']);
  });

  test('a hundred operations one after another leave no listener behind', async () => {
    const warnings: string[] = [];
    const warn = (warning: Error) => warnings.push(warning.name);
    process.on('warning', warn);
    const { socket, send, next } = await openSocket(api);
    for (let i = 0; i < 100; i++) {
      send({ id: `${i}`, type: 'subscribe', payload: { query: '{ __typename }' } });
      expect((await next()).type).toBe('next');
      expect((await next()).type).toBe('complete');
    }
    socket.terminate();
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  test('the fifty-first open operation of a connection is refused', async () => {
    const { converse } = endless();
    const { api: other } = await serving.serve({ converse });
    const { socket, send, next } = await openSocket(other);
    for (let i = 0; i < 51; i++)
      send({ id: `${i}`, type: 'subscribe', payload: { query: STEPS, variables: { input: { question: 'Who?' } } } });
    expect(await next()).toMatchObject({
      id: '50',
      type: 'error',
      payload: [{ extensions: { code: 'BAD_REQUEST' } }],
    });
    socket.terminate();
  });
});

describe('close', () => {
  test('ends open subscriptions, also of a client that answers nothing', async () => {
    const { converse, begun, aborted } = endless(1);
    const { api: other, server } = await serving.serve({ converse });
    const client = other.socket();
    const closed = new Promise<number>((resolve) => {
      client.on('closed', (event) => resolve((event as { code: number }).code));
    });
    const results = client.iterate({ query: STEPS, variables: { input: { question: 'Who?' } } });
    await results.next();
    await begun();
    // A client that has stopped reading never answers the closing handshake.
    const dumb = new WebSocket(other.url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(dumb, 'open');
    dumb.pause();

    const deadline = new Promise<string>((resolve) => setTimeout(resolve, 6000, 'too late').unref());
    expect(await Promise.race([server.close().then(() => 'closed'), deadline])).toBe('closed');
    expect(await closed).toBe(1001);
    expect(await aborted()).toBe(true);
    await expect(fetch(other.url)).rejects.toThrow();
    dumb.terminate();
  });

  test('ends with a request that never ends', async () => {
    const { converse, begun, aborted } = endless();
    const { api: other, server } = await serving.serve({ converse });
    const request = other
      .post('mutation { ask(input: { question: "Who?" }) { answer { id } } }')
      .catch(() => 'cut off');
    await begun();
    const deadline = new Promise<string>((resolve) => setTimeout(resolve, 6000, 'too late').unref());
    expect(await Promise.race([server.close().then(() => 'closed'), deadline])).toBe('closed');
    expect(await request).toBe('cut off');
    expect(await aborted()).toBe(true);
  });
});
