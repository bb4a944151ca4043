import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServing, type ApiClient, type Serving } from './serving.ts';

let serving: Serving;
let api: ApiClient;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
});
afterAll(() => serving.close());

/** Thirty fragments, each of which spreads the next one twice: a thousand million fields. */
const BOMB = (type: string, leaf: string) =>
  Array.from(
    { length: 30 },
    (_, i) => `fragment f${i} on ${type} { ${i === 29 ? leaf : `...f${i + 1} ...f${i + 1}`} }`,
  ).join(' ');
/** Fields within each other, as often as said. */
const chain = (fields: readonly string[], times: number, leaf: string) =>
  `${fields.join(' { ')} { `.repeat(times) + leaf + ' }'.repeat(fields.length * times);

const FLOODS: Readonly<Record<string, string>> = {
  'a thousand aliases of __typename': `{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
  'five hundred aliases of __typename': `{ ${Array.from({ length: 500 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
  'thirty-one aliases of health': `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: health { ok }`).join(' ')} }`,
  'a thousand times the same field': `{ ${'__typename '.repeat(1001)} }`,
  'five hundred directives': `{ __typename ${'@skip(if: false) '.repeat(500)} }`,
  'fifty directives': `{ __typename ${'@skip(if: false) '.repeat(50)} }`,
  'five hundred unknown directives': `{ __typename ${'@x '.repeat(500)} }`,
  'twenty-one directives on fields of their own': `{ ${'...@include(if: true) { __typename } '.repeat(21)} }`,
  'a deep query': `{ search(query: "a", first: 1) { nodes { segment { ${chain(['asset', 'segments(first: 1)', 'nodes'], 5, 'id')} } } } }`,
  'a fragment bomb': `{ ...f0 } ${BOMB('Query', '__typename')}`,
  'a fragment bomb of nothing known': `{ ...f0 } ${BOMB('Query', '...nowhere')}`,
  'a fragment bomb of mutations': `mutation { ...f0 } ${BOMB('Mutation', '__typename')}`,
  'a fragment that holds itself': '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
  'pages within pages within pages': `{ assets(first: 100) { nodes { segments(first: 100) { nodes { mentions { entity { mentions(first: 100) { nodes { id } } } } } } } } }`,
  'pages within pages by a variable': `query ($n: Int) { assets(first: $n) { nodes { segments(first: $n) { nodes { mentions { entity { mentions(first: $n) { nodes { id } } } } } } } } }`,
  'pages within pages by fragments': `{ ...a } fragment a on Query { entities(first: 100) { edges { node { ...e } } } }
    fragment e on Entity { mentions(first: 100) { edges { node { entity { ...m } } } } } fragment m on Entity { mentions(first: 100) { nodes { id } } }`,
  'eleven mutations': `mutation { ${Array.from({ length: 11 }, (_, i) => `a${i}: deleteAsset(id: "x") { deletedId }`).join(' ')} }`,
  'eleven mutations in a fragment': `mutation { ...a } fragment a on Mutation { ${Array.from({ length: 11 }, (_, i) => `a${i}: deleteAsset(id: "x") { deletedId }`).join(' ')} }`,
  'a deep look at the schema': `{ __schema { types { fields { type { ${chain(['ofType'], 20, 'name')} fields { type { fields { type { fields { type { name } } } } } } } } } } }`,
  'ten thousand tokens': `{ nodes(ids: [${'"a" '.repeat(10_000)}]) { id } }`,
  'a thousand ids': `{ nodes(ids: [${'"a" '.repeat(1000)}]) { id } }`,
  'a page of a thousand': '{ assets(first: 1000) { nodes { id } } }',
  'brackets without end': '{ a '.repeat(1400),
  'no document at all': '',
};

/** What is told of some of them. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'a thousand aliases of __typename': /3000 tokens/,
  'five hundred aliases of __typename': /too many aliases: at most 30/,
  'thirty-one aliases of health': /too many aliases/,
  'a thousand times the same field': /too many fields/,
  'five hundred directives': /3000 tokens/,
  'fifty directives': /too many directives/,
  'twenty-one directives on fields of their own': /too many directives/,
  'a deep query': /too many levels of fields: at most 16/,
  'a fragment bomb': /too many fields/,
  'a fragment bomb of mutations': /too many mutations/,
  'pages within pages within pages': /too many objects/,
  'pages within pages by a variable': /too many objects/,
  'pages within pages by fragments': /too many objects/,
  'eleven mutations': /too many mutations/,
  'eleven mutations in a fragment': /too many mutations/,
  'a deep look at the schema': /introspection depth/,
  'ten thousand tokens': /more that 3000 tokens/,
  'a thousand ids': /1 to 100/,
  'a page of a thousand': /1 to 100/,
};

describe('documents beyond the limits', () => {
  test('every reason belongs to a document', () => {
    expect(Object.keys(FLOODS)).toEqual(expect.arrayContaining(Object.keys(REASONS)));
  });

  for (const [name, query] of Object.entries(FLOODS)) {
    test(`${name}: refused over HTTP and WebSocket alike`, async () => {
      const { status, data, errors } = await api.post(query);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).toBeLessThan(500);
      expect(data ?? null).toBeNull();
      expect(errors?.length).toBeGreaterThan(0);
      // What is one too many is told, not a hundred times.
      expect(errors?.length).toBeLessThan(150);
      for (const error of errors ?? []) expect(error.extensions.code).toMatch(CODES);

      expect(errors?.map(({ message }) => message).join()).toMatch(REASONS[name] ?? /./);

      const over = await api.over(query || ' ');
      const told = over.errors ?? over.results[0]?.errors ?? [];
      expect(over.results[0]?.data ?? null).toBeNull();
      expect(told.length).toBeGreaterThan(0);
      for (const error of told) expect(error.extensions.code).toMatch(CODES);
      // The rest of the two hundred may differ in number, the first reason not.
      if (query !== '')
        expect(told[0]).toMatchObject({ message: errors?.[0]?.message, extensions: errors?.[0]?.extensions });
    });
  }

  const CODES = /^(?:GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED|BAD_INPUT|BAD_REQUEST)$/;

  test('what clients really ask passes', async () => {
    const { errors, data } = await api.post(getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect(data).toBeTruthy();
    for (const query of [
      '{ assets(first: 100) { nodes { id title segments(first: 100) { nodes { id readings { text } } } } } }',
      '{ entities(first: 100) { nodes { id mentions(first: 20) { nodes { segment { asset { title } } } } } } }',
      '{ search(query: "bell", first: 50) { edges { cursor node { quote segment { mentions { entity { id name } } } } } } }',
      `{ ${Array.from({ length: 30 }, (_, i) => `a${i}: node(id: "Entity:${i}") { id }`).join(' ')} }`,
      `mutation { ${Array.from({ length: 10 }, (_, i) => `a${i}: deleteAsset(id: "Asset:${i}") { deletedId }`).join(' ')} }`,
    ])
      expect([query, (await api.post(query)).errors]).toEqual([query, undefined]);
  });
});

describe('values', () => {
  test('variables of the wrong kind are the sender’s fault over HTTP and WebSocket', async () => {
    for (const [query, variables] of [
      ['query ($id: ID!) { node(id: $id) { id } }', { id: {} }],
      ['query ($id: ID!) { node(id: $id) { id } }', {}],
      ['query ($id: ID = "x") { node(id: $id) { id } }', { id: null }],
      ['query ($n: Int) { assets(first: $n) { nodes { id } } }', { n: 1e12 }],
      ['query ($m: [Modality!]) { assets(modalities: $m) { nodes { id } } }', { m: ['SMELL'] }],
      ['mutation ($n: ByteCount!) { createUpload(fileName: "a", byteSize: $n) { upload { id } } }', { n: 1.5 }],
      ['mutation ($i: [IngestItemInput!]!) { ingest(items: $i) { job { id } } }', { i: [{ path: '/etc/passwd' }] }],
    ] as const) {
      const { status, errors } = await api.post(query, variables);
      expect(status).toBeLessThan(500);
      expect([query, errors?.[0]?.extensions.code]).toEqual([query, 'BAD_USER_INPUT']);
      const over = await api.over(query, variables);
      const told = over.errors ?? over.results[0]?.errors;
      expect([query, told?.[0]?.extensions.code]).toEqual([query, 'BAD_USER_INPUT']);
    }
  });

  test('the character U+0000 is BAD_INPUT wherever a store would have to look for it', async () => {
    const zero = { s: 'Asset:\0' };
    for (const query of [
      'query ($s: ID!) { node(id: $s) { id } }',
      'query ($s: ID!) { nodes(ids: ["a", $s]) { id } }',
      'query ($s: ID!) { job(id: $s) { id } }',
      'query ($s: ID!) { answer(id: $s) { id } }',
      'query ($s: String) { entities(search: $s) { nodes { id } } }',
      'query ($s: String) { search(query: $s) { nodes { id } } }',
      'query ($s: ID!) { neighbourhood(of: [$s]) { nodes { id } } }',
      'query ($s: ID!) { paths(from: $s, to: "x") { id } }',
      'mutation ($s: ID!) { deleteAsset(id: $s) { deletedId } }',
      'mutation ($s: ID!) { cancelJob(id: $s) { job { id } } }',
      'mutation ($s: String!) { ask(input: { question: $s }) { answer { id } } }',
    ]) {
      const { status, errors } = await api.post(query, zero);
      expect([query, status, errors?.[0]?.extensions.code]).toEqual([query, 200, 'BAD_INPUT']);
    }
    const over = await api.over('subscription ($s: ID!) { jobProgress(id: $s) { job { id } } }', zero);
    expect(over.results[0]?.errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    const kept = await api.post('query ($s: String) { search(query: $s) { nodes { id } } }', { s: 'bell \\u0000' });
    expect(kept.errors).toBeUndefined();
  });

  test('a thousand ids in a variable are BAD_INPUT', async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `Entity:${i}`);
    const { errors } = await api.post('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    const merged = await api.post<{ mergeEntities: object }>(
      'mutation ($ids: [ID!]!) { mergeEntities(into: "Entity:a", from: $ids) { entity { id } userErrors { code } } }',
      { ids },
    );
    expect(merged.data?.mergeEntities).toEqual({ entity: null, userErrors: [{ code: 'BAD_INPUT' }] });
  });
});

describe('bodies', () => {
  test('a body over the limit gives 413, packed or not', async () => {
    const large = JSON.stringify({ query: '{ health { ok } }', variables: { s: 'a'.repeat(17 * 1024 * 1024) } });
    expect(await post(large)).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    expect(await post(gzipSync(large), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
      code: 'TOO_LARGE',
    });
  });

  test('a body that is no JSON, and one of a strange encoding, are the sender’s fault', async () => {
    expect(await post('{ health { ok } }')).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await post('{"query":')).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await post('x', { 'content-encoding': 'zzz' })).toMatchObject({ status: 415, code: 'BAD_REQUEST' });
    expect(await post('not gzip', { 'content-encoding': 'gzip' })).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(await post('{}', { 'content-type': 'application/json; charset=klingon' })).toMatchObject({ status: 415 });
    for (const body of [
      '[]',
      '"x"',
      'null',
      '{"query":5}',
      '{"query":"{ health { ok } }","variables":"x"}',
      '[{"query":"{ health { ok } }"}]',
    ])
      expect([body, (await post(body)).status]).toEqual([body, 400]);
  });

  test('a page of another site can’t post a form', async () => {
    const body = JSON.stringify({ query: 'mutation { deleteAsset(id: "x") { deletedId } }' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const { status } = await post(body, { 'content-type': type });
      expect([type, status]).toEqual([type, 400]);
    }
  });
});

/** Any body as it is, and what comes back. */
async function post(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(api.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as string | Uint8Array<ArrayBuffer>,
  });
  const text = await response.text();
  return { status: response.status, body: text, code: /"code":"(\w+)"/.exec(text)?.[1] };
}
