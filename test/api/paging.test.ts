import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entityNamed, ingestSample, startServing, type ApiClient, type Serving } from './serving.ts';

let serving: Serving;
let api: ApiClient;
let miller: string;
let bells: string;
let cat: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  [miller, bells, cat] = await ingestSample(api);
});
afterAll(() => serving.close());

interface Connection {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}
const PAGE = `nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** Ids of all pages of a connection; `field` has its arguments, e.g. `assets(`. */
async function walk(
  first: number,
  query: (paging: string) => string,
  pick: (data: never) => Connection,
): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 1000; pages++) {
    const paging = `first: ${first}${after === null ? '' : `, after: ${JSON.stringify(after)}`}`;
    const page: Connection = pick((await api.data(query(paging))) as never);
    expect(page.edges.map(({ node }) => node.id)).toEqual(page.nodes.map(({ id }) => id));
    expect(page.nodes.length).toBeLessThanOrEqual(first);
    expect(page.pageInfo.hasPreviousPage).toBe(false);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? null);
    ids.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
  throw new Error('The pages do not end.');
}

/** Walks by ones and twos: every item once, in the order of one large page. */
async function walked(query: (paging: string) => string, pick: (data: never) => Connection): Promise<string[]> {
  const whole = await walk(100, query, pick);
  expect(new Set(whole).size).toBe(whole.length);
  for (const first of [1, 2]) expect(await walk(first, query, pick)).toEqual(whole);
  return whole;
}

describe('paging', () => {
  test('pages of assets hold every asset once', async () => {
    const ids = await walked(
      (paging) => `{ page: assets(${paging}) { ${PAGE} } }`,
      ({ page }) => page,
    );
    expect(ids.toSorted()).toEqual([miller, bells, cat].toSorted());
    const pictures = await walked(
      (paging) => `{ page: assets(modalities: [IMAGE], ${paging}) { ${PAGE} } }`,
      ({ page }) => page,
    );
    expect(pictures).toEqual([cat]);
  });

  test('an empty list of modalities or kinds narrows nothing', async () => {
    const shown = await api.data<Record<string, { nodes: object[] }>>(
      '{ all: assets(modalities: []) { nodes { id } } kinds: entities(kinds: []) { nodes { id } } search(query: "bell", modalities: []) { nodes { id } } }',
    );
    expect(shown['all']?.nodes).toHaveLength(3);
    expect(shown['kinds']?.nodes.length).toBeGreaterThan(0);
    expect(shown['search']?.nodes.length).toBeGreaterThan(0);
  });

  test('pages of segments hold every segment once, in order', async () => {
    for (const id of [miller, bells, cat]) {
      const ids = await walked(
        (paging) => `{ asset(id: "${id}") { page: segments(${paging}) { ${PAGE} } } }`,
        ({ asset }: { asset: { page: Connection } }) => asset.page,
      );
      expect(ids.length).toBeGreaterThan(0);
    }
  });

  test('pages of entities hold every entity once, with and without search and kinds', async () => {
    const all = await walked(
      (paging) => `{ page: entities(${paging}) { ${PAGE} } }`,
      ({ page }) => page,
    );
    expect(all.length).toBe((await serving.application.health()).counts['entities']);
    const bellish = await walked(
      (paging) => `{ page: entities(search: "bell", ${paging}) { ${PAGE} } }`,
      ({ page }) => page,
    );
    expect(bellish.length).toBeGreaterThan(1);
    const people = await walked(
      (paging) => `{ page: entities(kinds: [PERSON, PLACE], ${paging}) { ${PAGE} } }`,
      ({ page }) => page,
    );
    expect(people.length).toBeGreaterThan(0);
    expect(people.length).toBeLessThan(all.length);
  });

  test('pages of mentions hold every mention once', async () => {
    const { id } = await entityNamed(api, 'Thomas Miller');
    const ids = await walked(
      (paging) => `{ entity(id: "${id}") { page: mentions(${paging}) { ${PAGE} } } }`,
      ({ entity }: { entity: { page: Connection } }) => entity.page,
    );
    expect(ids.length).toBeGreaterThan(1);
  });

  test('pages of a search hold every evidence once', async () => {
    const ids = await walked(
      (paging) => `{ page: search(query: "Who cast the fog bell?", ${paging}) { ${PAGE} } }`,
      ({ page }) => page,
    );
    expect(ids.length).toBeGreaterThan(2);
  });

  test('a page size out of its bounds and a cursor of nowhere are BAD_INPUT', async () => {
    for (const args of ['first: 0', 'first: -1', 'first: 101', 'first: 1000', 'after: "nowhere"'])
      for (const field of [`assets(${args})`, `entities(${args})`, `search(query: "bell", ${args})`]) {
        const { status, errors } = await api.post(`{ ${field} { nodes { id } } }`);
        expect([field, status, errors?.[0]?.extensions.code]).toEqual([field, 200, 'BAD_INPUT']);
      }
  });
});
