import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText, ingestSample, startServing, type ApiClient, type Serving, type UserError } from './serving.ts';

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

async function entityNamed(name: string): Promise<{ id: string; name: string; kind: string }> {
  const { entities } = await api.data<{ entities: { nodes: { id: string; name: string; kind: string }[] } }>(
    'query ($name: String) { entities(search: $name) { nodes { id name kind } } }',
    { name },
  );
  const found = entities.nodes.find((entity) => entity.name === name);
  if (!found) throw new Error(`No entity ${name} among ${JSON.stringify(entities.nodes)}`);
  return found;
}

describe('reading', () => {
  test('assets tell what they are', async () => {
    const { assets } = await api.data<{ assets: { nodes: { id: string }[] } }>(
      '{ assets { nodes { id title modality mediaType byteSize width height durationSeconds pages createdAt url } } }',
    );
    const byId = new Map(assets.nodes.map((asset) => [asset.id, asset]));
    expect([...byId.keys()].toSorted()).toEqual([miller, bells, cat].toSorted());
    expect(byId.get(miller)).toMatchObject({
      title: 'Thomas Miller',
      modality: 'TEXT',
      mediaType: expect.stringMatching(/^text\//),
    });
    expect(byId.get(cat)).toMatchObject({ modality: 'IMAGE', mediaType: 'image/jpeg', title: 'museum-cat.jpg' });
    expect(byId.get(cat)).toHaveProperty('width', expect.any(Number));
  });

  test('node gives each kind of node by its id, and null for what is not there', async () => {
    const { asset } = await api.data<{ asset: { segments: { nodes: { id: string }[] } } }>(
      'query ($id: ID!) { asset(id: $id) { segments { nodes { id } } } }',
      { id: miller },
    );
    const entity = await entityNamed('Thomas Miller');
    const segment = asset.segments.nodes[0]?.id ?? '';
    for (const [id, type] of [
      [miller, 'Asset'],
      [segment, 'Segment'],
      [entity.id, 'Entity'],
    ]) {
      const { node } = await api.data<{ node: object }>('query ($id: ID!) { node(id: $id) { __typename id } }', { id });
      expect(node).toEqual({ __typename: type, id });
    }
    for (const id of ['', 'Asset', 'Asset:', 'Entity:0', 'Job:0', 'Answer:0', 'Planet:1', '🙂'])
      expect(await api.data('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
  });

  test('nodes keep the order asked, with null where there is none', async () => {
    const { nodes } = await api.data<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: [cat, 'Entity:none', miller, cat] },
    );
    expect(nodes).toEqual([{ id: cat }, null, { id: miller }, { id: cat }]);
  });

  test('a mention leads to its segment, its asset and its entity', async () => {
    const { entity } = await api.data<{
      entity: {
        mentions: {
          nodes: {
            surface: string;
            entity: { name: string };
            locator: { start: number; end: number; quote: string };
            segment: { asset: { id: string } };
          }[];
        };
      };
    }>(
      `query ($id: ID!) { entity(id: $id) { mentions { nodes {
        surface score method entity { name } locator { ... on TextSpan { start end quote } } segment { asset { id } } } } } }`,
      { id: (await entityNamed('Thomas Miller')).id },
    );
    const text = await exampleText('texts/thomas-miller.md');
    expect(entity.mentions.nodes.length).toBeGreaterThan(1);
    for (const { locator, segment, entity: back } of entity.mentions.nodes) {
      expect(back.name).toBe('Thomas Miller');
      expect(segment.asset.id).toBe(miller);
      expect(text.slice(locator.start, locator.end)).toBe(locator.quote);
    }
  });

  test('a picture has what was seen in it as readings', async () => {
    const { asset } = await api.data<{ asset: { segments: { nodes: { kind: string; readings: object[] }[] } } }>(
      'query ($id: ID!) { asset(id: $id) { segments { nodes { kind readings { kind text score model modelVersion locator { __typename } } } } } }',
      { id: cat },
    );
    const picture = asset.segments.nodes.find(({ kind }) => kind === 'IMAGE');
    expect(picture?.readings[0]).toMatchObject({ kind: 'LABEL', locator: { __typename: 'ImageRegion' } });
  });
});

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
    const { id } = await entityNamed('Thomas Miller');
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

describe('search', () => {
  test('words find the sentence, with a locator that holds it', async () => {
    const { search } = await api.data<{
      search: {
        nodes: { quote: string; asset: { id: string }; locator: { start: number; end: number; quote: string } }[];
      };
    }>(
      '{ search(query: "Where was Thomas Miller born?", first: 3) { nodes { quote score asset { id } locator { ... on TextSpan { start end quote } } } } }',
    );
    const [best] = search.nodes;
    expect(best?.asset.id).toBe(miller);
    expect(best?.quote).not.toBe('');
    const text = await exampleText('texts/thomas-miller.md');
    expect(text.slice(best?.locator.start, best?.locator.end)).toBe(best?.locator.quote);
  });

  test('a picture finds itself and what is like it, of the modalities asked', async () => {
    const { search } = await api.data<{ search: { nodes: { asset: { modality: string } }[] } }>(
      'query ($id: ID) { search(asset: $id, modalities: [IMAGE]) { nodes { asset { id modality } } } }',
      { id: cat },
    );
    expect(search.nodes.length).toBeGreaterThan(0);
    expect(search.nodes.map(({ asset }) => asset.modality)).not.toContain('TEXT');
  });

  test('a search for nothing, of an unknown asset, or of too many words is refused', async () => {
    const code = async (args: string) =>
      (await api.post(`{ search(${args}) { nodes { id } } }`)).errors?.[0]?.extensions.code;
    expect(await code('query: "  "')).toBe('BAD_INPUT');
    expect(await code('asset: "Asset:none"')).toBe('NOT_FOUND');
    expect(await code(`query: "${'x'.repeat(2001)}"`)).toBe('TOO_LONG');
  });
});

describe('the graph', () => {
  test('a neighbourhood holds what is around, and each edge its ends', async () => {
    const { id } = await entityNamed('Thomas Miller');
    const { neighbourhood } = await api.data<{
      neighbourhood: { nodes: { id: string; label: string; caption: string }[]; edges: { from: string; to: string }[] };
    }>(
      'query ($of: [ID!]!) { neighbourhood(of: $of, hops: 2, fanout: 200) { nodes { id label caption properties } edges { id type from to predicate weight } } }',
      { of: [id] },
    );
    const ids = new Set(neighbourhood.nodes.map((node) => node.id));
    expect(ids.size).toBe(neighbourhood.nodes.length);
    expect(neighbourhood.nodes.find((node) => node.id === id)).toMatchObject({
      label: 'Entity',
      caption: 'Thomas Miller',
    });
    expect(ids).toContain(miller);
    expect(neighbourhood.edges.length).toBeGreaterThan(3);
    for (const { from, to } of neighbourhood.edges) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
  });

  test('a smaller fan-out gives fewer edges, and bounds are kept', async () => {
    const { id } = await entityNamed('Thomas Miller');
    const edges = async (args: string) =>
      (
        await api.data<{ neighbourhood: { edges: object[] } }>(
          `query ($of: [ID!]!) { neighbourhood(of: $of, ${args}) { edges { id } } }`,
          { of: [id] },
        )
      ).neighbourhood.edges.length;
    expect(await edges('hops: 1, fanout: 1')).toBeLessThan(await edges('hops: 1, fanout: 200'));
    for (const args of ['hops: 0', 'hops: 5', 'fanout: 0', 'fanout: 201']) {
      const { errors } = await api.post(`{ neighbourhood(of: ["${id}"], ${args}) { nodes { id } } }`);
      expect([args, errors?.[0]?.extensions.code]).toEqual([args, 'BAD_INPUT']);
    }
    for (const of of [[], Array.from({ length: 101 }, (_, i) => `Entity:${i}`)]) {
      const { errors } = await api.post('query ($of: [ID!]!) { neighbourhood(of: $of) { nodes { id } } }', { of });
      expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
    expect(await api.data('{ neighbourhood(of: ["Entity:none"]) { nodes { id } edges { id } } }')).toEqual({
      neighbourhood: { nodes: [], edges: [] },
    });
  });

  test('paths join two nodes hop by hop', async () => {
    const [from, to] = [await entityNamed('Thomas Miller'), await entityNamed('Westbrook')];
    const { paths } = await api.data<{
      paths: {
        hops: { from: { id: string } | null; to: { id: string } | null; toCaption: string; evidence: object[] }[];
        summary: string;
      }[];
    }>(
      `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to) { id score summary hops {
        from { id } fromCaption predicate to { id } toCaption score evidence { quote locator { __typename } } } } }`,
      { from: from.id, to: to.id },
    );
    expect(paths.length).toBeGreaterThan(0);
    for (const { hops, summary } of paths) {
      expect(summary).not.toBe('');
      expect(hops[0]?.from?.id).toBe(from.id);
      expect(hops.at(-1)?.to?.id).toBe(to.id);
      hops.slice(1).forEach((hop, i) => expect(hop.from?.id).toBe(hops[i]?.to?.id));
    }
    for (const maxHops of [0, 7]) {
      const { errors } = await api.post(
        'query ($n: Int) { paths(from: "Entity:a", to: "Entity:b", maxHops: $n) { id } }',
        {
          n: maxHops,
        },
      );
      expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
    expect(await api.data('{ paths(from: "Entity:a", to: "Entity:b") { id } }')).toEqual({ paths: [] });
  });
});

describe('answers', () => {
  const ANSWER = `id question text shortAnswer confidence abstained createdAt asset { id }
    steps { kind text model claims { text evidence { id quote score asset { id } segment { id } locator { __typename ... on TextSpan { start end quote } } } } }
    paths { id summary hops { fromCaption predicate toCaption } }`;
  interface AnswerShape {
    readonly id: string;
    readonly text: string | null;
    readonly shortAnswer: string | null;
    readonly abstained: boolean;
    readonly steps: {
      kind: string;
      claims: {
        evidence: { quote: string; asset: { id: string }; locator: { start?: number; end?: number; quote?: string } }[];
      }[];
    }[];
  }

  test('an answer has four steps, and each claim’s evidence is where its locator says', async () => {
    const { ask } = await api.data<{ ask: { answer: AnswerShape; userErrors: UserError[] } }>(
      `mutation { ask(input: { question: "Where was Thomas Miller born?" }) { answer { ${ANSWER} } userErrors { code } } }`,
    );
    expect(ask.userErrors).toEqual([]);
    expect(ask.answer.abstained).toBe(false);
    expect(ask.answer.shortAnswer).toContain('Westbrook');
    expect(ask.answer.steps.map(({ kind }) => kind)).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
    const texts: Record<string, string> = {
      [miller]: await exampleText('texts/thomas-miller.md'),
      [bells]: await exampleText('texts/bells.md'),
    };
    const evidence = ask.answer.steps.flatMap(({ claims }) => claims.flatMap((claim) => claim.evidence));
    expect(evidence.some(({ asset }) => asset.id === miller)).toBe(true);
    for (const { asset, locator } of evidence) {
      if (locator.quote !== undefined) expect(texts[asset.id]?.slice(locator.start, locator.end)).toBe(locator.quote);
    }
    const again = await api.data<{ answer: AnswerShape; node: { id: string } }>(
      `query ($id: ID!) { answer(id: $id) { ${ANSWER} } node(id: $id) { __typename id } }`,
      { id: ask.answer.id },
    );
    expect(again.answer).toEqual(ask.answer);
    expect(again.node).toEqual({ __typename: 'Answer', id: ask.answer.id });
  });

  test('a question about a picture keeps the picture', async () => {
    const { ask } = await api.data<{ ask: { answer: { asset: { id: string } } } }>(
      'mutation ($asset: ID) { ask(input: { question: "What animal is in this picture?", asset: $asset }) { answer { asset { id } } } }',
      { asset: cat },
    );
    expect(ask.answer.asset.id).toBe(cat);
  });

  test('a given answer is chosen', async () => {
    const { ask } = await api.data<{ ask: { answer: AnswerShape } }>(
      'mutation { ask(input: { question: "Where was Thomas Miller born?", choices: ["Paris", "Westbrook"] }) { answer { shortAnswer } } }',
    );
    expect(ask.answer.shortAnswer).toBe('Westbrook');
  });

  test('a confidence that nothing reaches lets it abstain', async () => {
    const { ask } = await api.data<{ ask: { answer: AnswerShape } }>(
      'mutation { ask(input: { question: "What did the moon weigh in 1700?", minConfidence: 1 }) { answer { text shortAnswer abstained } } }',
    );
    expect(ask.answer).toEqual({ text: null, shortAnswer: null, abstained: true });
  });

  test('questions that can’t be asked say why', async () => {
    const code = async (input: object) => {
      const { ask } = await api.data<{ ask: { answer: null; userErrors: UserError[] } }>(
        'mutation ($input: AskInput!) { ask(input: $input) { answer { id } userErrors { code field message } } }',
        { input },
      );
      expect(ask.answer).toBeNull();
      return ask.userErrors[0]?.code;
    };
    expect(await code({ question: ' ' })).toBe('EMPTY');
    expect(await code({ question: 'x'.repeat(2001) })).toBe('TOO_LONG');
    expect(await code({ question: 'Who?', asset: 'Asset:none' })).toBe('NOT_FOUND');
    expect(await code({ question: 'Who?', minConfidence: 1.5 })).toBe('BAD_INPUT');
    expect(await code({ question: 'Who?', choices: ['Only one'] })).toBe('BAD_INPUT');
    expect(await code({ question: 'Who?', choices: Array.from({ length: 21 }, (_, i) => `${i}`) })).toBe('BAD_INPUT');
  });

  test('an unknown answer is null', async () => {
    expect(await api.data('{ answer(id: "Answer:none") { id } }')).toEqual({ answer: null });
  });
});

describe('changes', () => {
  const MERGE = `mutation ($into: ID!, $from: [ID!]!) { mergeEntities(into: $into, from: $from) {
    entity { id name aliases merges { id fromName reason score createdAt } mentions { nodes { id surface } } } userErrors { code field } } }`;
  const SPLIT = `mutation ($id: ID!, $mentions: [ID!]!) { splitEntity(id: $id, mentions: $mentions) {
    entity { id name mentions { nodes { id } } } userErrors { code field } } }`;
  interface Changed {
    readonly entity: {
      id: string;
      name: string;
      aliases?: string[];
      merges?: { fromName: string; reason: string }[];
      mentions: { nodes: { id: string; surface: string }[] };
    } | null;
    readonly userErrors: UserError[];
  }

  test('merged entities are one, say why, and are split again', async () => {
    const [baker, price] = [await entityNamed('George Baker'), await entityNamed('Daniel Price')];
    const { mergeEntities } = await api.data<{ mergeEntities: Changed }>(MERGE, { into: baker.id, from: [price.id] });
    expect(mergeEntities.userErrors).toEqual([]);
    expect(mergeEntities.entity).toMatchObject({ id: baker.id, name: 'George Baker' });
    expect(mergeEntities.entity?.merges).toMatchObject([{ fromName: 'Daniel Price', reason: 'MANUAL' }]);
    expect(await api.data('query ($id: ID!) { entity(id: $id) { id } }', { id: price.id })).toEqual({ entity: null });

    const moved = mergeEntities.entity?.mentions.nodes.filter(({ surface }) => surface === 'Daniel Price') ?? [];
    expect(moved.length).toBeGreaterThan(0);
    const { splitEntity } = await api.data<{ splitEntity: Changed }>(SPLIT, {
      id: baker.id,
      mentions: moved.map(({ id }) => id),
    });
    expect(splitEntity.userErrors).toEqual([]);
    expect(splitEntity.entity?.name).toBe('Daniel Price');
    expect(splitEntity.entity?.mentions.nodes.map(({ id }) => id).toSorted()).toEqual(
      moved.map(({ id }) => id).toSorted(),
    );
    const around = await api.data<{ neighbourhood: { nodes: { caption: string }[] } }>(
      'query ($of: [ID!]!) { neighbourhood(of: $of) { nodes { caption } } }',
      { of: [splitEntity.entity?.id] },
    );
    expect(around.neighbourhood.nodes.map(({ caption }) => caption)).toContain('Daniel Price');
  });

  test('what is not there, and nothing, can’t be merged or split', async () => {
    const { id } = await entityNamed('Thomas Miller');
    const codes = async (query: string, variables: object) => {
      const changed = Object.values(await api.data<Record<string, Changed>>(query, variables))[0];
      expect(changed?.entity).toBeNull();
      return changed?.userErrors.map(({ code }) => code);
    };
    expect(await codes(MERGE, { into: id, from: ['Entity:none'] })).toEqual(['NOT_FOUND']);
    expect(await codes(MERGE, { into: 'Entity:none', from: [id] })).toEqual(['NOT_FOUND']);
    expect(await codes(MERGE, { into: id, from: [] })).toEqual(['BAD_INPUT']);
    expect(await codes(SPLIT, { id, mentions: ['Mention:none'] })).toEqual(['NOT_FOUND']);
    expect(await codes(SPLIT, { id, mentions: [] })).toEqual(['BAD_INPUT']);
  });

  test('a deleted asset is gone from everywhere, with what only it supported', async () => {
    const only = await entityNamed('Westbrook');
    const { asset } = await api.data<{ asset: { url: string; segments: { nodes: { id: string }[] } } }>(
      'query ($id: ID!) { asset(id: $id) { url segments { nodes { id } } } }',
      { id: miller },
    );
    const before = (await serving.application.health()).counts;
    const { deleteAsset } = await api.data<{ deleteAsset: Record<string, unknown> }>(
      'mutation ($id: ID!) { deleteAsset(id: $id) { deletedId segments mentions relations entities userErrors { code } } }',
      { id: miller },
    );
    expect(deleteAsset).toMatchObject({ deletedId: miller, segments: asset.segments.nodes.length, userErrors: [] });
    const after = (await serving.application.health()).counts;
    for (const table of ['segments', 'mentions', 'relations', 'entities'])
      expect([table, before[table]! - after[table]!]).toEqual([table, deleteAsset[table]]);
    expect(deleteAsset['entities']).toBeGreaterThan(0);

    const gone = [miller, only.id, ...asset.segments.nodes.map(({ id }) => id)];
    const { nodes } = await api.data<{ nodes: null[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: gone,
    });
    expect(nodes).toEqual(gone.map(() => null));
    const left = await api.data<{
      search: { nodes: { asset: { id: string } }[] };
      entities: { nodes: object[] };
      neighbourhood: { nodes: object[] };
    }>(
      `query ($of: [ID!]!) { search(query: "Thomas Miller was born in Westbrook", first: 100) { nodes { asset { id } } }
        entities(search: "Westbrook") { nodes { id } } neighbourhood(of: $of) { nodes { id } edges { id } } }`,
      { of: gone },
    );
    expect(left.search.nodes.map((evidence) => evidence.asset.id)).not.toContain(miller);
    expect(left.entities.nodes).toEqual([]);
    expect(left.neighbourhood.nodes).toEqual([]);
    const bytes = await fetch(api.origin + asset.url);
    expect(bytes.status).toBe(404);

    const again = await api.data<{ deleteAsset: object }>(
      'mutation ($id: ID!) { deleteAsset(id: $id) { deletedId segments userErrors { code field } } }',
      { id: miller },
    );
    expect(again.deleteAsset).toEqual({
      deletedId: null,
      segments: 0,
      userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
    });
  });

  test('a deleted asset can be ingested again', async () => {
    const [id] = await api.ingestAll([
      { text: await exampleText('texts/thomas-miller.md'), fileName: 'thomas-miller.md' },
    ]);
    expect(id).toBe(miller);
    expect((await entityNamed('Westbrook')).name).toBe('Westbrook');
  });
});
