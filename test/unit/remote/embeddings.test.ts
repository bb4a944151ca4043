import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOpenAiEmbeddings } from '../../../src/adapters/remote/openai-embeddings.ts';
import { lettersOf, startServer, type RemoteServer } from './server.ts';

let server: RemoteServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const open = (options: { batch?: number; dimension?: number; queryPrefix?: string; key?: string } = {}) =>
  openOpenAiEmbeddings({ url: `${server.url}/v1`, model: 'letters', backoffMs: 5, attempts: 2, ...options });

test('the first answer decides the dimension, which the space names', async () => {
  await server.behave();
  const embedder = await open({ key: 'secret' });
  expect(embedder.space).toEqual({ name: 'letters@remote-26', model: 'letters', version: 'remote-26', dimension: 26 });
  expect(embedder.info.device).toBe('remote');
  expect(await server.received()).toMatchObject([{ authorization: 'Bearer secret' }]);
});

test('texts and spans in order over several batches, unit norm, the prefix on questions alone', async () => {
  const embedder = await open({ batch: 3, queryPrefix: 'query: ', dimension: 26 });
  await server.behave();
  const words = ['dune', 'zebra', 'mast', 'a', ''];
  const results = await embedder.embed(
    words.map((text) => ({ text, spans: [{ start: 0, end: Math.min(2, text.length) }] })),
    'passage',
  );
  expect(await server.received()).toHaveLength(4);
  for (const [i, text] of words.entries()) {
    expect(results[i]?.vector).toHaveLength(26);
    for (const [d, value] of lettersOf(text).entries()) expect(results[i]?.vector[d]).toBeCloseTo(value, 5);
    for (const [d, value] of lettersOf(text.slice(0, 2)).entries())
      expect(results[i]?.spanVectors[0]?.[d]).toBeCloseTo(value, 5);
  }
  const [question] = await embedder.embed([{ text: 'dune' }], 'query');
  for (const [d, value] of lettersOf('query: dune').entries()) expect(question?.vector[d]).toBeCloseTo(value, 5);
});

test('a known dimension needs no server at opening', async () => {
  const embedder = await openOpenAiEmbeddings({ url: 'http://127.0.0.1:9/v1', model: 'x', dimension: 8, attempts: 1 });
  await expect(embedder.embed([{ text: 'a' }], 'query')).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
  await expect(openOpenAiEmbeddings({ url: 'http://127.0.0.1:9/v1', model: 'x', attempts: 1 })).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
  });
});

test('vectors of another length, or too few, are refused with what to do', async () => {
  const embedder = await open();
  await server.behave('longer');
  await expect(embedder.embed([{ text: 'a' }], 'query')).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringMatching(/27 numbers a vector where letters gave 26 before.*Restart/),
  });
  await server.behave('fewer');
  await expect(embedder.embed([{ text: 'a' }, { text: 'b' }], 'query')).rejects.toMatchObject({
    message: expect.stringContaining('1 vectors for 2 inputs'),
  });
  await server.behave();
  expect(await embedder.embed([{ text: 'a' }], 'query')).toHaveLength(1);
});
