// First, as it chooses which of graphql's builds all others get.
import { ApiClient, example, exampleText } from './serving.ts';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  buildClientSchema,
  getIntrospectionQuery,
  isRequiredArgument,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOf, TokenAccess } from '../../src/api/access.ts';
import { startServer, type Server } from '../../src/api/server.ts';
import type { Applications } from '../../src/applications.ts';
import { readConfig } from '../../src/config.ts';
import { openApplications } from '../../src/main.ts';
import { anyOperation, rootFields, type Material } from './any-operation.ts';

/** In no text but the victim's. */
const SECRETS = ['Quillfeather', 'Brambleholt'];
const PRIVATE = 'Miss Quillfeather was born in Brambleholt. She wrote a book about bells in Brambleholt in 1911.';
/** Calls of each field of the schema. */
const CALLS = 14;

/** What a field is given that is of use to it. */
const KINDS = [
  [/conversation/i, 'Conversation'],
  [/answer/i, 'Answer'],
  [/job/i, 'Job'],
  [/entit|paths|neighbourhood|explain|compare|timeline|communit|nextQuestions/i, 'Entity'],
  [/asset|ground|look|ask|search/i, 'Asset'],
] as const;

let folder: string;
let applications: Applications;
let server: Server;
let victim: ApiClient;
let intruder: ApiClient;
let schema: GraphQLSchema;
let material: Material;
/** Ids that the victim alone has. */
let own: string[];
let upload: { id: string; url: string };
let snapshot: unknown;

async function newToken(tenant: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await applications.tenants.addToken({ tenant, hash: hashOf(token) });
  return token;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-tenants-'));
  const config = readConfig({ SENSEGRAPH_DATA: folder, PORT: '0', SENSEGRAPH_CAPTIONS: 'off' });
  applications = await openApplications(config);
  for (const tenant of ['victim', 'intruder']) await applications.tenants.add(tenant);
  const tokens = [await newToken('victim'), await newToken('intruder')];
  server = await startServer({
    application: applications.first,
    access: new TokenAccess(applications),
    config,
    log: pino({ level: 'error' }, pino.destination({ dest: 2, sync: true })),
  });
  victim = new ApiClient(server.url, tokens[0]);
  intruder = new ApiClient(server.url, tokens[1]);
  const { __schema } = await victim.data<IntrospectionQuery>(getIntrospectionQuery());
  schema = buildClientSchema({ __schema });

  const shared = { text: await exampleText('texts/bells.md'), fileName: 'bells.md' };
  const before = await victim.ingestAll([shared]);
  expect(await intruder.ingestAll([shared])).toEqual(before);
  const { job, items } = await victim.ingest([
    { text: PRIVATE },
    { uploadId: await victim.uploaded('museum-cat.jpg', await example('images/museum-cat.jpg')) },
  ]);
  await victim.ended(job?.id ?? '');
  await intruder.ingestAll([{ text: 'The intruder keeps a diary of bells.' }]);
  upload = await victim.createUpload('later.txt', 3);
  await victim.put(upload.url, new TextEncoder().encode('abc'));
  const { startConversation } = await victim.data<{ startConversation: { conversation: { id: string } } }>(
    'mutation { startConversation { conversation { id } } }',
  );
  const conversation = startConversation.conversation.id;
  const { ask } = await victim.data<{ ask: { answer: { id: string }; turn: { id: string } } }>(
    `mutation ($conversation: ID) { ask(input: { question: "Where was Miss Quillfeather born?", conversation: $conversation }) {
      answer { id } turn { id } } }`,
    { conversation },
  );
  const answerId = ask.answer.id;
  const assets = items.map(({ assetId }) => assetId ?? '');
  const parts = await victim.data<{
    nodes: {
      segments: {
        nodes: { id: string; mentions: { id: string; entity: { id: string } }[] }[];
        pageInfo: { endCursor: string };
      };
    }[];
  }>(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Asset { segments { nodes { id mentions { id entity { id } } } pageInfo { endCursor } } } } }`,
    { ids: assets },
  );
  const segments = parts.nodes.flatMap((node) => node.segments.nodes);
  // Names that both speak of have one id.
  const { entities } = await intruder.data<{ entities: { nodes: { id: string }[] } }>(
    '{ entities(first: 100) { nodes { id } } }',
  );
  const common = new Set(entities.nodes.map(({ id }) => id));
  const named = segments.flatMap(({ mentions }) => mentions.map(({ entity }) => entity.id));
  own = [
    ...new Set(named.filter((id) => !common.has(id))),
    ...assets,
    ...segments.map(({ id }) => id),
    ...segments.flatMap(({ mentions }) => mentions.map(({ id }) => id)),
    answerId,
    conversation,
    ask.turn.id,
    job?.id ?? '',
    upload.id,
  ];
  material = {
    ids: [...own, ...before],
    likely: (field) => {
      const kind = KINDS.find(([pattern]) => pattern.test(field))?.[1];
      return own.filter((id) => kind !== undefined && id.startsWith(`${kind}:`));
    },
    words: [...SECRETS, `Where was Miss ${SECRETS[0]} born?`, 'bells', 'the cat'],
    cursors: [...parts.nodes.map((node) => node.segments.pageInfo.endCursor), assets[0] ?? ''],
  };
  snapshot = await all();
});
afterAll(async () => {
  await server.close();
  await applications.close();
  await rm(folder, { recursive: true, force: true });
});

/** All that the victim has, as it sees it. */
async function all(): Promise<unknown> {
  const data = await victim.data(
    `query ($ids: [ID!]!, $answer: ID!, $of: [ID!]!) {
      health { counts }
      assets(first: 20) { nodes { id title createdAt segments(first: 20) { nodes { id text mentions { id surface } readings { id text } } } } }
      entities(first: 100) { nodes { id name aliases mentions(first: 20) { nodes { id } } merges { id } } }
      nodes(ids: $ids) { id ... on Job { state total done failed items { ordinal state asset { id } } } }
      conversations { nodes { id title forkedFrom { id } turns { nodes { id number understoodAs answer { id } } } } }
      answer(id: $answer) { shortAnswer text } verifyAnswer(id: $answer) { __typename }
      neighbourhood(of: $of, hops: 2) { nodes { id } edges { id weight } }
    }`,
    {
      ids: own,
      answer: own.find((id) => id.startsWith('Answer:')),
      of: own.filter((id) => id.startsWith('Entity:')),
    },
  );
  const bytes = await Promise.all(
    own
      .filter((id) => id.startsWith('Asset:'))
      .map(async (id) => {
        const response = await fetch(`${victim.origin}/assets/${encodeURIComponent(id)}/bytes`, {
          headers: victim.credentials,
        });
        return [response.status, hashOf(await response.text())];
      }),
  );
  return { data, bytes };
}

/** What of the victim's is in a response and was not in the call. */
function leaked(response: unknown, variables: object): string[] {
  const said = JSON.stringify(response);
  const asked = JSON.stringify(variables);
  return [...own, ...SECRETS].filter((one) => said.includes(one) && !asked.includes(one));
}

describe('another tenant', () => {
  test('finds nothing by any field of the schema, whatever it gives it, and changes nothing', async () => {
    const called = new Set<string>();
    const telling = new Set<string>();
    for (const { kind, field } of rootFields(schema)) {
      const operations = anyOperation(schema, kind, field, material);
      // With nothing but what it must have, too: the defaults give most. And from the start of a list, about nothing at hand.
      const bare = fc.sample(operations, { numRuns: 3, seed: 5 }).flatMap(({ text, variables }) => {
        const needed = field.args.filter(isRequiredArgument).map(({ name }) => [name, variables[name]]);
        const { after: _after, asset: _asset, ...open } = variables;
        return [Object.fromEntries(needed) as Record<string, unknown>, open].map((some) => ({ text, variables: some }));
      });
      await fc.assert(
        fc.asyncProperty(operations, async ({ text, variables }) => {
          called.add(`${kind} ${field.name}`);
          const response =
            kind === 'subscription' ? await intruder.over(text, variables) : await intruder.post(text, variables);
          // The call itself must be one that reaches the server's functions.
          const codes = (response.errors ?? []).map(({ extensions }) => extensions.code);
          expect(codes, JSON.stringify(response.errors)).not.toContain('GRAPHQL_VALIDATION_FAILED');
          expect(codes, field.name).not.toContain('INTERNAL');
          expect(leaked(response, variables)).toEqual([]);
          // The same call tells the victim something, so that it could have told the other.
          if (kind === 'query' && leaked(await victim.post(text, variables), variables).length > 0)
            telling.add(field.name);
        }),
        { numRuns: CALLS, endOnFailure: true, seed: 5, examples: bare.map((one) => [one]) },
      );
      expect(await all(), `after calls of ${field.name}`).toEqual(snapshot);
    }
    expect(called.size).toBe(rootFields(schema).length);
    // health tells of no row; the picture holds what others look for only if its models say so.
    const silent = Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((name) => !telling.has(name));
    expect(silent.filter((name) => !['health', 'ground', 'look'].includes(name))).toEqual([]);
  });

  test('reads no bytes, and takes no upload, of the first one', async () => {
    for (const id of own.filter((one) => one.startsWith('Asset:'))) {
      const response = await fetch(`${intruder.origin}/assets/${encodeURIComponent(id)}/bytes`, {
        headers: intruder.credentials,
      });
      expect(response.status).toBe(404);
      const drawing = `${intruder.origin}/assets/${encodeURIComponent(id)}/drawing?box=1,1,9,9`;
      expect((await fetch(drawing, { headers: intruder.credentials })).status).toBe(404);
      expect((await fetch(drawing)).status).toBe(401);
      const thumbnail = `${intruder.origin}/assets/${encodeURIComponent(id)}/thumbnail`;
      expect((await fetch(thumbnail, { headers: intruder.credentials })).status).toBe(404);
      expect((await fetch(thumbnail)).status).toBe(401);
    }
    const stolen = await intruder.ingest([{ uploadId: upload.id }]);
    expect(stolen.items[0]).toMatchObject({ assetId: null, userErrors: [{ code: 'UPLOAD_NOT_FOUND' }] });
    expect(await victim.ingestAll([{ uploadId: upload.id }])).toHaveLength(1);
  });

  test('deletes its own copy of a shared file, and the first one keeps its own, with the bytes', async () => {
    const [id = ''] = await victim.ingestAll([{ text: 'Both have this.' }]);
    expect(await intruder.ingestAll([{ text: 'Both have this.' }])).toEqual([id]);
    const path = `/assets/${encodeURIComponent(id)}/bytes`;
    await intruder.data('mutation ($id: ID!) { deleteAsset(id: $id) { deletedId } }', { id });
    const [theirs, mine] = await Promise.all(
      [intruder, victim].map((one) => fetch(one.origin + path, { headers: one.credentials })),
    );
    expect(theirs?.status).toBe(404);
    expect(await mine?.text()).toBe('Both have this.');
  });
});

describe('a call without a token that is known', () => {
  test.each([['no token'], ['a wrong one', 'wrong'], ['an empty one', '']])(
    'is refused: %s',
    async (_, token?: string) => {
      const stranger = new ApiClient(server.url, token);
      const { status, errors, data } = await stranger.post('{ health { ok } }');
      expect({ status, data }).toEqual({ status: 401, data: undefined });
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      const bytes = await fetch(`${stranger.origin}/assets/${encodeURIComponent(own[0] ?? '')}/bytes`, {
        headers: stranger.credentials,
      });
      expect(bytes.status).toBe(401);
      await expect(stranger.over('subscription { jobProgress(id: "Job:1") { job { id } } }')).rejects.toMatchObject({
        code: 4401,
      });
      const health = await fetch(`${stranger.origin}/healthz`);
      expect(Object.keys((await health.json()) as object).toSorted()).toEqual(['ok', 'version']);
    },
  );
});
