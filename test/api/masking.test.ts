import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Application } from '../../src/application.ts';
import { SensegraphError } from '../../src/errors.ts';
import { startServing, type ApiClient, type ApiError, type Serving } from './serving.ts';

/** What must stay inside. */
const SECRET = 'password=hunter2 at /srv/inside';
const fail = async (): Promise<never> => {
  throw new Error(SECRET);
};
const REPLACED: Partial<Application> = {
  health: fail,
  entities: fail,
  assetsById: fail,
  deleteAsset: fail,
  assetFile: fail,
  receiveUpload: fail,
  ingest: fail,
  converse: fail,
  // oxlint-disable-next-line require-yield -- it fails before it has anything
  async *jobProgress() {
    throw new Error(SECRET);
  },
  answer: async () => {
    throw new SensegraphError('INTERNAL', SECRET);
  },
  // What the schema does not allow fails inside GraphQL itself.
  neighbourhood: async () => ({ nodes: [{ id: null }], edges: [] }) as never,
  job: async () => ({ id: 'Job:1', state: SECRET }) as never,
};

let serving: Serving;
let api: ApiClient;
let logged: string[];
beforeAll(async () => {
  serving = await startServing();
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged.push(chunk.toString());
      done();
    },
  });
  ({ api } = await serving.serve(REPLACED, pino({ level: 'error' }, sink)));
});
beforeEach(() => {
  logged = [];
});
afterAll(() => serving.close());

function masked(error: ApiError | undefined): void {
  expect(error?.extensions.code).toBe('INTERNAL');
  const reference = error?.extensions.reference ?? 'none';
  expect(reference).toMatch(/^[0-9a-f-]{36}$/);
  expect(error?.message).toBe(`Something failed inside the server. Its log says more under ${reference}.`);
  expect(JSON.stringify(error)).not.toMatch(/hunter2|stack|node_modules|\.ts/);
  // The log has it whole, under the reference.
  expect(logged.filter((line) => line.includes(reference))).toHaveLength(1);
}

const OPERATIONS: readonly string[] = [
  '{ health { ok } }',
  '{ entities { nodes { id } } }',
  '{ asset(id: "Asset:a") { id } }',
  '{ node(id: "Asset:a") { id } }',
  '{ answer(id: "Answer:a") { id } }',
  '{ neighbourhood(of: ["a"]) { nodes { id } } }',
  '{ job(id: "Job:1") { state } }',
  'mutation { deleteAsset(id: "a") { deletedId userErrors { message } } }',
  'mutation { ingest(items: [{ text: "a" }]) { job { id } userErrors { message } } }',
  'mutation { ask(input: { question: "Who?" }) { answer { id } userErrors { message } } }',
];

describe('a failure inside the server shows nothing of itself', () => {
  for (const query of OPERATIONS) {
    test(`over HTTP: ${query}`, async () => {
      const { status, errors } = await api.post(query);
      expect(status).toBe(200);
      expect(errors).toHaveLength(1);
      masked(errors?.[0]);
    });

    test(`over WebSocket: ${query}`, async () => {
      const { results, errors } = await api.over(query);
      expect(errors).toBeNull();
      masked(results[0]?.errors?.[0]);
    });
  }

  for (const query of [
    'subscription { jobProgress(id: "Job:1") { job { id } } }',
    'subscription { answerSteps(input: { question: "Who?" }) { step { kind } } }',
  ])
    test(`in a subscription: ${query}`, async () => {
      const { results, errors } = await api.over(query);
      expect(results).toEqual([]);
      masked(errors?.[0]);
    });

  test('in bytes and uploads', async () => {
    for (const [path, method] of [
      ['/assets/a/bytes', 'GET'],
      ['/uploads/a?token=b', 'PUT'],
    ] as const) {
      const response = await fetch(api.origin + path, { method, ...(method === 'PUT' ? { body: 'a' } : {}) });
      expect(response.status).toBe(500);
      const { code, message, reference } = (await response.json()) as {
        code: string;
        message: string;
        reference: string;
      };
      masked({ message, extensions: { code, reference } });
    }
  });

  test('in the health check, which says 503', async () => {
    const response = await fetch(`${api.origin}/healthz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ok: false });
    expect(logged.join()).toContain('hunter2');
  });
});

test('what the sender can mend is told, and not logged as a fault', async () => {
  const { errors } = await api.post('{ assets(first: 1000) { nodes { id } } }');
  expect(errors).toMatchObject([
    { message: 'first is 1000; it goes from 1 to 100.', extensions: { code: 'BAD_INPUT' } },
  ]);
  expect(Object.keys(errors?.[0]?.extensions ?? {})).toEqual(['code']);
  expect(logged).toEqual([]);
});
