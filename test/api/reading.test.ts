import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entityNamed, exampleText, ingestSample, startServing, type ApiClient, type Serving } from './serving.ts';

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
    const entity = await entityNamed(api, 'Thomas Miller');
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

  test('ground gives the box of a phrase with its model, null where nothing fits, and says what is wrong', async () => {
    const query = `query ($asset: ID!, $phrase: String!) {
      ground(asset: $asset, phrase: $phrase) { region { x y width height page } score model modelVersion } }`;
    const { ground } = await api.data<{ ground: unknown }>(query, { asset: cat, phrase: 'the cat' });
    expect(ground).toMatchObject({ model: 'coco-ssd', region: { page: null, width: expect.any(Number) } });
    expect(await api.data(query, { asset: cat, phrase: 'a bicycle' })).toEqual({ ground: null });
    for (const [asset, phrase, code] of [
      [miller, 'the cat', 'BAD_INPUT'],
      ['Asset:none', 'the cat', 'NOT_FOUND'],
      [cat, ' ', 'EMPTY'],
    ]) {
      const { errors } = await api.post(query, { asset, phrase });
      expect(errors?.[0]?.extensions).toMatchObject({ code });
    }
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
      { id: (await entityNamed(api, 'Thomas Miller')).id },
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
    expect(picture?.readings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'CAPTION', model: 'smollm2-looking' }),
        expect.objectContaining({ kind: 'LABEL', locator: { __typename: 'ImageRegion' } }),
      ]),
    );
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
    const { id } = await entityNamed(api, 'Thomas Miller');
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
    const { id } = await entityNamed(api, 'Thomas Miller');
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

  test('the nodes of a neighbourhood tell how central they are and which belong together', async () => {
    const { id } = await entityNamed(api, 'Thomas Miller');
    const { neighbourhood } = await api.data<{
      neighbourhood: { nodes: { id: string; rank: number; community: number }[] };
    }>('query ($of: [ID!]!) { neighbourhood(of: $of, hops: 2) { nodes { id rank community } } }', { of: [id] });
    const { nodes } = neighbourhood;
    expect(nodes.reduce((sum, { rank }) => sum + rank, 0)).toBeCloseTo(1, 6);
    const ranks = nodes.map(({ rank }) => rank).toSorted((a, b) => b - a);
    expect(ranks.indexOf(nodes.find((node) => node.id === id)?.rank ?? 0)).toBeLessThan(nodes.length / 4);
    const sizes = [...Map.groupBy(nodes, (node) => node.community)].toSorted(([a], [b]) => a - b);
    expect(sizes.map(([number]) => number)).toEqual(sizes.map((_, i) => i));
    for (const [i, [, members]] of sizes.entries())
      expect(members.length).toBeGreaterThanOrEqual(sizes[i + 1]?.[1].length ?? 0);
    const [alone] = (
      await api.data<{ neighbourhood: { nodes: { id: string }[] } }>(
        'query ($of: [ID!]!) { neighbourhood(of: $of) { nodes { id } } }',
        { of: [id] },
      )
    ).neighbourhood.nodes;
    expect(Object.keys(alone ?? {})).toEqual(['id']);
  });

  test('similar entities are those in the same passages, with what they share', async () => {
    const { id } = await entityNamed(api, 'Thomas Miller');
    const query = `query ($id: ID!, $first: Int) { similarEntities(id: $id, first: $first) {
      entity { id name } score shared through { id label caption rank community } } }`;
    interface Found {
      similarEntities: {
        entity: { id: string };
        score: number;
        shared: number;
        through: { label: string; rank: null }[];
      }[];
    }
    const { similarEntities } = await api.data<Found>(query, { id, first: 5 });
    expect(similarEntities).toHaveLength(5);
    for (const { entity, score, shared, through } of similarEntities) {
      expect(entity.id).not.toBe(id);
      expect([score > 0, score <= 1, shared >= through.length, through.length > 0]).toEqual([true, true, true, true]);
      expect(through[0]).toMatchObject({ rank: null, community: null });
    }
    const scores = similarEntities.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    // As similar the other way round.
    const [best] = similarEntities;
    const back = await api.data<Found>(query, { id: best?.entity.id, first: 100 });
    expect(back.similarEntities.find(({ entity }) => entity.id === id)?.score).toBe(best?.score);
    const { errors } = await api.post(query, { id: 'Entity:none' });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await api.post(query, { id, first: 101 })).errors?.[0]?.extensions.code).toBe('BAD_INPUT');
  });

  test('paths join two nodes hop by hop', async () => {
    const [from, to] = [await entityNamed(api, 'Thomas Miller'), await entityNamed(api, 'Westbrook')];
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
