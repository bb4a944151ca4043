import { afterAll, beforeAll, expect, test } from 'vitest';
import { Endpoint, type EndpointOptions } from '../../../src/adapters/remote/endpoint.ts';
import { startServer, type RemoteServer } from './server.ts';

let server: RemoteServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const endpointOf = (options: Partial<EndpointOptions> = {}) =>
  new Endpoint({ name: 'The test server', url: server.url, backoffMs: 5, timeoutMs: 500, ...options });
const ask = (endpoint: Endpoint, signal?: AbortSignal) =>
  endpoint.request({
    path: '/v1/embeddings',
    body: JSON.stringify({ input: ['a'] }),
    signal,
    read: (body) => (JSON.parse(new TextDecoder().decode(body)) as { data: unknown[] }).data.length,
  });

test('asks again after 503, 429, a dropped connection and a cut-off answer, then gives the good one', async () => {
  for (const bad of [{ status: 503 }, { status: 429 }, 'drop', 'broken'] as const) {
    await server.behave(bad, bad);
    expect(await ask(endpointOf())).toBe(1);
    expect(await server.received()).toHaveLength(3);
  }
});

test('gives up after the last attempt and says who answered what', async () => {
  await server.behave(...Array<'broken'>(4).fill('broken'));
  await expect(ask(endpointOf())).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringMatching(
      /The test server at http:\/\/127\.0\.0\.1:\d+ gave an answer that can't be read: .*JSON/,
    ),
  });
  expect(await server.received()).toHaveLength(4);
});

test('does not repeat what repeating can not mend', async () => {
  await server.behave({ status: 401 });
  await expect(ask(endpointOf())).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringMatching(/answered 401: not now/),
  });
  expect(await server.received()).toHaveLength(1);
});

test('waits as long as the server asks for', async () => {
  await server.behave({ status: 429, retryAfter: '1' });
  const start = performance.now();
  expect(await ask(endpointOf())).toBe(1);
  expect(performance.now() - start).toBeGreaterThan(950);
});

test('an attempt that takes too long is ended and made again', async () => {
  await server.behave('slow');
  expect(await ask(endpointOf({ timeoutMs: 100 }))).toBe(1);
  await server.behave('slow', 'slow');
  await expect(ask(endpointOf({ timeoutMs: 100, attempts: 2 }))).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringContaining('did not answer within 100 ms'),
  });
});

test('a caller that no longer waits ends the request and its repeats', async () => {
  await server.behave('slow', 'slow');
  const stop = new AbortController();
  const answer = ask(endpointOf({ timeoutMs: 5000 }), stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(ask(endpointOf(), AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(await server.received()).toHaveLength(1);
});

test('nobody listening is told as such', async () => {
  const gone = await startServer();
  await gone[Symbol.asyncDispose]();
  await expect(ask(endpointOf({ url: gone.url, attempts: 2 }))).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringMatching(/can't be reached: connect ECONNREFUSED/),
  });
});

test('the circuit opens after failures in a row, spares the server, and closes once it is well', async () => {
  const endpoint = endpointOf({ attempts: 1, failures: 3, openMs: 300 });
  const bad = { status: 503 } as const;
  await server.behave(bad, bad, bad, bad);
  for (let i = 0; i < 3; i++)
    await expect(ask(endpoint)).rejects.toMatchObject({ message: expect.stringMatching(/answered 503/) });
  await expect(ask(endpoint)).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringContaining('left alone for 0.3 s'),
  });
  expect(await server.received()).toHaveLength(3);
  // Half open: one attempt, which fails, opens it again; the next one finds the server well.
  await new Promise((resolve) => setTimeout(resolve, 350));
  await expect(ask(endpoint)).rejects.toMatchObject({ message: expect.stringMatching(/answered 503/) });
  await expect(ask(endpoint)).rejects.toMatchObject({ message: expect.stringMatching(/left alone/) });
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(await ask(endpoint)).toBe(1);
  expect(await ask(endpoint)).toBe(1);
});

test('a server that comes back is used again without a restart', async () => {
  const first = await startServer();
  const endpoint = endpointOf({ url: first.url, attempts: 1, failures: 1, openMs: 50 });
  expect(await ask(endpoint)).toBe(1);
  await first[Symbol.asyncDispose]();
  await expect(ask(endpoint)).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
  await using _again = await startServer('binary', first.port);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await ask(endpoint)).toBe(1);
});
