import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openRemoteReranker } from '../../../src/adapters/remote/reranker.ts';
import type { Segment } from '../../../src/domain.ts';
import { rerank } from '../../../src/retrieve/rerank.ts';

let server: Server | undefined;
const received: { path: string; body: Record<string, unknown>; authorization: string | undefined }[] = [];

/** A server that answers with what `reply` makes of the texts. */
async function serve(reply: (texts: string[]) => unknown, status = 200): Promise<string> {
  received.length = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      received.push({ path: request.url ?? '', body, authorization: request.headers.authorization });
      response.writeHead(status).end(JSON.stringify(reply(body['documents'] as string[])));
    });
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => server?.close());

const byLength = (texts: string[]) =>
  texts.map((text, index) => ({ index, score: text.length })).toSorted((a, b) => b.score - a.score);

const segment = (id: string, kind: Segment['kind'], text: string): Segment => ({
  id,
  assetId: `Asset:${id}`,
  ordinal: 0,
  kind,
  locator: { type: 'TextSpan', start: 0, end: text.length, quote: text },
  text,
  sentences: [],
});
const segments = [
  segment('a', 'PASSAGE', 'short'),
  segment('b', 'IMAGE', 'dog, grass and a very long label'),
  segment('c', 'PASSAGE', 'the longest of them'),
  segment('d', 'PASSAGE', 'in between'),
];
const ledger = { segmentsById: async (ids: readonly string[]) => segments.filter(({ id }) => ids.includes(id)) };
const ranked = ['a', 'b', 'c', 'd'].map((id, i) => ({ id, score: 1 - i / 10, features: {} }));

it('scores come back in the order of the texts, in either shape of answer', async () => {
  const url = await serve(byLength);
  expect(await openRemoteReranker({ url, key: 'secret', model: 'm' }).rerank('q', ['aa', 'b', 'ccc'])).toEqual([
    2, 1, 3,
  ]);
  expect(received[0]).toMatchObject({
    path: '/rerank',
    authorization: 'Bearer secret',
    body: { model: 'm', query: 'q', texts: ['aa', 'b', 'ccc'] },
  });
  server?.close();
  const other = await serve((texts) => ({
    results: byLength(texts).map(({ index, score }) => ({ index, relevance_score: score })),
  }));
  expect(await openRemoteReranker({ url: other }).rerank('q', ['aa', 'b'])).toEqual([2, 1]);
});

it('a missing score is an error that says so', async () => {
  const url = await serve(() => [{ index: 0, score: 1 }]);
  await expect(openRemoteReranker({ url, attempts: 1 }).rerank('q', ['a', 'b'])).rejects.toMatchObject({
    code: 'REMOTE_FAILED',
    message: expect.stringContaining('text 2 of 2'),
  });
});

it('texts change places among themselves, a picture keeps its place, and places keep their scores', async () => {
  const url = await serve(byLength);
  const anew = await rerank('q', ranked, openRemoteReranker({ url }), ledger);
  expect(anew.map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
  expect(anew.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score));
});

it('the order stays when the reranker fails', async () => {
  const url = await serve(() => ({ error: 'broken' }), 400);
  expect(await rerank('q', ranked, openRemoteReranker({ url, attempts: 1 }), ledger)).toEqual(ranked);
});
