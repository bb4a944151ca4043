// First, as it chooses which of graphql's builds all others get.
import { entityNamed, exampleText, ingestSample, startServing, type ApiClient, type Serving } from './serving.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface EvidenceShape {
  readonly id: string;
  readonly quote: string;
  readonly asset: { readonly id: string };
  readonly drawingUrl: string | null;
  readonly reading: { readonly text: string } | null;
  readonly segment: { readonly text: string };
  readonly locator: { readonly start?: number; readonly end?: number; readonly quote?: string };
}
interface ClaimShape {
  readonly text: string;
  readonly evidence: readonly EvidenceShape[];
}
const EVIDENCE =
  'evidence { id quote drawingUrl asset { id } reading { text } segment { text } locator { ... on TextSpan { start end quote } } }';

let serving: Serving;
let api: ApiClient;
let cat: string;
let texts: Readonly<Record<string, string>>;
beforeAll(async () => {
  serving = await startServing({ SENSEGRAPH_CAPTIONS: 'off' });
  ({ api } = serving);
  const [miller, bells, picture] = await ingestSample(api);
  cat = picture;
  const baker = await exampleText('texts/george-baker.md');
  const [bakerId = ''] = await api.ingestAll([{ text: baker, fileName: 'george-baker.md' }]);
  texts = {
    [miller]: await exampleText('texts/thomas-miller.md'),
    [bells]: await exampleText('texts/bells.md'),
    [bakerId]: baker,
  };
});
afterAll(() => serving.close());

/** What is quoted is in its segment or reading, and in a text at its very characters. */
function hold(evidence: readonly EvidenceShape[]): void {
  expect(evidence.length).toBeGreaterThan(0);
  for (const { quote, reading, segment, asset, locator } of evidence) {
    expect(`${segment.text}\n${reading?.text ?? ''}`).toContain(quote);
    if (locator.quote !== undefined) {
      expect(texts[asset.id]?.slice(locator.start, locator.end)).toBe(locator.quote);
      expect(locator.quote).toBe(quote);
    }
  }
}

describe('exploration', () => {
  test('explains an entity by sentences and relations that stand word for word', async () => {
    const { id } = await entityNamed(api, 'Thomas Miller');
    const { explain } = await api.data<{
      explain: { claims: ClaimShape[]; relations: { text: string; evidence: EvidenceShape[] }[]; modalities: string[] };
    }>(
      `query ($id: ID!) { explain(entity: $id) { text modalities entity { id } claims { text ${EVIDENCE} }
        relations { id text predicate confidence subject { id } object { id } ${EVIDENCE} } } }`,
      { id },
    );
    expect(explain.claims[0]?.text).toContain('Thomas Miller was a metal founder');
    expect(explain.modalities).toContain('TEXT');
    expect(explain.relations.length).toBeGreaterThan(0);
    for (const { evidence } of [...explain.claims, ...explain.relations]) hold(evidence);
  });

  test('compares two entities with evidence of both', async () => {
    const ids = [(await entityNamed(api, 'Thomas Miller')).id, (await entityNamed(api, 'George Baker')).id];
    const { compare } = await api.data<{
      compare: Record<
        'shared' | 'different',
        { kind: string; label: string; sides: { value: string; entity: { id: string }; evidence: EvidenceShape[] }[] }[]
      >;
    }>(
      `query ($ids: [ID!]!) { compare(entities: $ids) { text ${['shared', 'different']
        .map((list) => `${list} { kind label text sides { value entity { id } ${EVIDENCE} } }`)
        .join(' ')} } }`,
      { ids },
    );
    const born = compare.different.find(({ kind, label }) => kind === 'DATE' && label === 'born');
    expect(born?.sides.map(({ value, entity }) => [entity.id, value])).toEqual([
      [ids[0], '1852'],
      [ids[1], '1861'],
    ]);
    for (const { sides } of [...compare.shared, ...compare.different]) {
      expect(sides.length).toBe(2);
      for (const { evidence } of sides) hold(evidence);
    }
  });

  test('puts dated sentences in order', async () => {
    const { id } = await entityNamed(api, 'Thomas Miller');
    const { timeline } = await api.data<{
      timeline: { nodes: { date: { from: string; precision: string }; text: string; evidence: EvidenceShape }[] };
    }>(
      `query ($id: ID!) { timeline(entity: $id) { pageInfo { hasNextPage } nodes { id date { from to precision text } moment { startSeconds } text ${EVIDENCE} } } }`,
      { id },
    );
    const dates = timeline.nodes.map(({ date }) => date.from);
    expect(dates).toEqual(['1852-01-01', '1903-01-01']);
    hold(timeline.nodes.map(({ evidence }) => evidence));
  });

  test('sums communities up by sentences of theirs, and finds each again', async () => {
    const { communities } = await api.data<{
      communities: { nodes: { id: string; title: string; claims: ClaimShape[] }[] };
    }>(`{ communities(first: 3) { nodes { id title size entities { name } claims { text ${EVIDENCE} } } } }`);
    expect(communities.nodes.length).toBeGreaterThan(0);
    for (const { id, title, claims } of communities.nodes) {
      for (const { evidence } of claims) hold(evidence);
      expect(await api.data('query ($id: ID!) { community(id: $id) { id title } }', { id })).toEqual({
        community: { id, title },
      });
    }
  });

  test('asks next what can be answered, and not what was asked', async () => {
    const { ask } = await api.data<{ ask: { answer: { id: string } } }>(
      'mutation { ask(input: { question: "Where was Thomas Miller born?" }) { answer { id } } }',
    );
    const { nextQuestions } = await api.data<{
      nextQuestions: { question: string; evidence: EvidenceShape[] }[];
    }>(`query ($of: ID!) { nextQuestions(of: $of, first: 3) { question about { name } ${EVIDENCE} } }`, {
      of: ask.answer.id,
    });
    expect(nextQuestions.length).toBeGreaterThan(0);
    expect(nextQuestions.map(({ question }) => question)).not.toContain('Where was Thomas Miller born?');
    for (const { evidence } of nextQuestions) hold(evidence);
  });

  test('refuses what is out of bounds', async () => {
    const code = async (query: string) => (await api.post(query)).errors?.[0]?.extensions.code;
    expect(await code('{ explain(entity: "Entity:none") { text } }')).toBe('NOT_FOUND');
    expect(await code('{ compare(entities: ["Entity:none"]) { text } }')).toBe('BAD_INPUT');
    expect(await code('{ timeline(entity: "Entity:none", first: 101) { nodes { id } } }')).toBe('BAD_INPUT');
    expect(await code('{ communities(first: 51) { nodes { id } } }')).toBe('BAD_INPUT');
    expect(await code('{ nextQuestions(of: "Answer:none") { question } }')).toBe('NOT_FOUND');
    expect(await api.data('{ community(id: "Community:none") { id } }')).toEqual({ community: null });
  });
});

describe('the grounding of an answer', () => {
  interface GroundingShape {
    readonly asset: { readonly id: string; readonly width: number };
    readonly url: string;
    readonly boxes: readonly {
      readonly number: number;
      readonly colour: string;
      readonly caption: string;
      readonly region: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
    }[];
  }

  test('is drawn where the box is, in its colour', async () => {
    const { ask } = await api.data<{ ask: { answer: { shortAnswer: string; grounding: GroundingShape[] } } }>(
      `mutation ($asset: ID) { ask(input: { question: "Is there a cat in this picture?", asset: $asset }) { answer { shortAnswer
        grounding { url asset { id width } boxes { number colour caption region { x y width height } evidence { id drawingUrl } } } } } }`,
      { asset: cat },
    );
    expect(ask.answer.shortAnswer).toBe('yes');
    const [grounding] = ask.answer.grounding;
    const [box] = grounding?.boxes ?? [];
    if (!grounding || !box) throw new Error('The answer points at no box.');
    expect(grounding.asset.id).toBe(cat);
    expect(box.caption).toContain('cat');
    const response = await fetch(new URL(grounding.url, api.origin));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const { data, info } = await sharp(await response.arrayBuffer())
      .raw()
      .toBuffer({ resolveWithObject: true });
    const scale = info.width / grounding.asset.width;
    const at = (x: number, y: number) =>
      `#${data
        .subarray((Math.round(y) * info.width + Math.round(x)) * 3)
        .subarray(0, 3)
        .toString('hex')}`;
    const { x, y, width, height } = box.region;
    const middle = (y + height / 2) * scale;
    const [left, right] = [x * scale, (x + width) * scale];
    // Pixels of the line are of the pure colour on either side (another box may cross it), and none in the box's middle.
    const along = (edge: number) =>
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].flatMap((share) =>
        [-2, -1, 0, 1, 2].map((by) =>
          at(Math.min(Math.max(0, edge + by), info.width - 1), (y + height * share) * scale),
        ),
      );
    expect(along(left)).toContain(box.colour);
    expect(along(right)).toContain(box.colour);
    expect(at((left + right) / 2, middle)).not.toBe(box.colour);
    const again = await fetch(new URL(grounding.url, api.origin), {
      headers: { 'if-none-match': response.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  test('is refused for what is no picture, no box, or not there', async () => {
    const [text = ''] = Object.keys(texts);
    const status = async (id: string, query: string) =>
      (await fetch(`${api.origin}/assets/${encodeURIComponent(id)}/drawing${query}`)).status;
    expect(await status(text, '?box=1,1,5,5')).toBe(400);
    expect(await status(cat, '')).toBe(400);
    expect(await status(cat, '?box=1,1,0,5')).toBe(400);
    expect(await status(cat, '?box=1,1,5')).toBe(400);
    expect(await status(cat, '?box=1e9,1,5,5')).toBe(400);
    expect(await status(cat, `?${Array.from({ length: 21 }, () => 'box=1,1,5,5').join('&')}`)).toBe(400);
    expect(await status('Asset:none', '?box=1,1,5,5')).toBe(404);
    expect(await status(cat, '?box=-5,-5,5000,5000')).toBe(200);
  });

  test('is small as a thumbnail, which only a picture has', async () => {
    const [text = ''] = Object.keys(texts);
    const { picture, words } = await api.data<Record<'picture' | 'words', { thumbnailUrl: string | null }>>(
      'query ($cat: ID!, $text: ID!) { picture: asset(id: $cat) { thumbnailUrl } words: asset(id: $text) { thumbnailUrl } }',
      { cat, text },
    );
    expect(words.thumbnailUrl).toBeNull();
    const response = await fetch(new URL(picture.thumbnailUrl ?? '', api.origin));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const { width, height, format } = await sharp(await response.arrayBuffer()).metadata();
    expect([Math.max(width, height), format]).toEqual([256, 'jpeg']);
    const status = async (id: string) =>
      (await fetch(`${api.origin}/assets/${encodeURIComponent(id)}/thumbnail`)).status;
    expect([await status(text), await status('Asset:none')]).toEqual([400, 404]);
  });

  test('is drawn of evidence that search finds, too', async () => {
    const { search } = await api.data<{ search: { nodes: EvidenceShape[] } }>(
      '{ search(query: "a cat", modalities: [IMAGE]) { nodes { id drawingUrl asset { id } } } }',
    );
    const found = search.nodes.find(({ asset }) => asset.id === cat);
    expect((await fetch(new URL(found?.drawingUrl ?? '', api.origin))).status).toBe(200);
  });
});
