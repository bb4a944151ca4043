import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedStores } from '../../../src/adapters/pglite/open.ts';
import type { Evidence } from '../../../src/domain.ts';
import { communities, community } from '../../../src/explore/communities.ts';
import { compare } from '../../../src/explore/compare.ts';
import { explain } from '../../../src/explore/explain.ts';
import { nextQuestions } from '../../../src/explore/next-questions.ts';
import { timeline } from '../../../src/explore/timeline.ts';
import { findPaths } from '../../../src/retrieve/find-paths.ts';
import { rankedAsThey } from '../../../src/retrieve/ranked.ts';
import { idOf, madeLedger } from './made-ledger.ts';

const HALE = 'Ann Hale was a founder of bells.';
const HALE_BORN = 'Ann Hale was born in Oakford in 1852.';
const HALE_MOVED = 'She moved to Port Albert from 1880 to 1885.';
const COLE_BORN = 'Tom Cole was born in Kingsbridge in March 1861.';
const BELL = 'Ann Hale cast the Fog Bell with Tom Cole on 2 May 1889.';
const SAID = 'Ann Hale spoke in the harbour.';

let stores: EmbeddedStores;
beforeAll(async () => {
  stores = await madeLedger(
    {
      'Ann Hale': 'PERSON',
      'Tom Cole': 'PERSON',
      Oakford: 'PLACE',
      Kingsbridge: 'PLACE',
      'Fog Bell': 'WORK',
      Moon: 'NAME',
      Mars: 'NAME',
      cat: 'CONCEPT',
    },
    [
      {
        title: 'Ann Hale',
        sentences: ['In Oakford one still asks for Ann Hale now and then.', HALE, HALE_BORN, HALE_MOVED],
        relations: [['Ann Hale', 'born in', 'Oakford', 2]],
      },
      { title: 'Tom Cole', sentences: [COLE_BORN], relations: [['Tom Cole', 'born in', 'Kingsbridge', 0]] },
      {
        title: 'Bells',
        sentences: [BELL],
        relations: [
          ['Ann Hale', 'cast', 'Fog Bell', 0],
          ['Tom Cole', 'cast', 'Fog Bell', 0],
        ],
      },
      { title: 'talk.wav', isSpoken: true, sentences: ['Nothing yet.', SAID] },
      { title: 'Sky', sentences: ['The Moon is near to Mars.', 'Mars and the Moon are cold.'] },
    ],
    [{ title: 'cat.png', label: 'cat', box: { type: 'ImageRegion', x: 10, y: 20, width: 30, height: 40 } }],
  );
});
afterAll(() => stores.close());

/** Word for word in its segment, or what was read there. */
async function holds(evidence: readonly Evidence[]): Promise<void> {
  expect(evidence.length).toBeGreaterThan(0);
  for (const { segment, quote, reading, locator } of evidence) {
    const [stored] = await stores.ledger.segmentsById([segment.id]);
    expect(reading?.text ?? stored?.text).toContain(quote);
    if (locator.type === 'TextSpan' && stored?.locator.type === 'TextSpan')
      expect(stored.text.slice(locator.start - stored.locator.start, locator.end - stored.locator.start)).toBe(quote);
  }
}

describe('explain', () => {
  it('begins with what defines the entity, and tells where it is heard', async () => {
    const found = await explain(idOf('Ann Hale'), 10, stores);
    expect(found.claims[0]?.text).toBe(HALE);
    expect(found.claims.map(({ text }) => text)).toContain(`At 0:10–0:20 it is said in talk.wav: “${SAID}”.`);
    expect(found.modalities).toEqual(['TEXT', 'AUDIO']);
    await holds(found.claims.flatMap(({ evidence }) => evidence));
  });

  it('gives relations with the sentence that states them, as many as are asked for', async () => {
    const { relations } = await explain(idOf('Ann Hale'), 10, stores);
    expect(relations.map(({ subject, relation, object }) => [subject, relation.predicate, object])).toEqual(
      expect.arrayContaining([
        ['Ann Hale', 'born in', 'Oakford'],
        ['Ann Hale', 'cast', 'Fog Bell'],
      ]),
    );
    const born = relations.find(({ relation }) => relation.predicate === 'born in');
    expect(born?.evidence.map(({ quote }) => quote)).toEqual([HALE_BORN]);
    expect((await explain(idOf('Ann Hale'), 1, stores)).relations).toHaveLength(1);
  });

  it('points at the box where a thing is seen', async () => {
    const { claims } = await explain(idOf('cat'), 10, stores);
    expect(claims).toMatchObject([
      { text: 'cat is seen in cat.png (0.80).', evidence: [{ locator: { x: 10, y: 20, width: 30, height: 40 } }] },
    ]);
  });

  it('of what is not there says so', async () => {
    await expect(explain('Entity:none', 10, stores)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('compare', () => {
  it('tells what two share and where they differ, with evidence of both', async () => {
    const { shared, different } = await compare([idOf('Ann Hale'), idOf('Tom Cole')], stores);
    const sides = (list: typeof shared, kind: string, label: string) =>
      list.find((one) => one.kind === kind && one.label === label)?.sides.map(({ value }) => value);
    expect(sides(shared, 'KIND', 'kind')).toEqual(['person', 'person']);
    expect(sides(shared, 'RELATION', 'cast')).toEqual(['Fog Bell', 'Fog Bell']);
    expect(sides(different, 'RELATION', 'born in')).toEqual(['Oakford', 'Kingsbridge']);
    expect(sides(different, 'DATE', 'born')).toEqual(['1852', 'March 1861']);
    expect(sides(different, 'RELATION', 'cast')).toBeUndefined();
    for (const { sides: all } of [...shared, ...different]) {
      expect(all.length).toBeGreaterThan(1);
      for (const { evidence } of all) await holds(evidence);
    }
  });

  it('refuses one, six, and the same one twice', async () => {
    for (const ids of [['Entity:a'], ['a', 'b', 'c', 'd', 'e', 'f'], ['Entity:a', 'Entity:a']])
      await expect(compare(ids, stores)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('timeline', () => {
  it('is in the order of the dates, then of the recordings, with ranges as exact as the text', async () => {
    const { items, next } = await timeline(idOf('Ann Hale'), { first: 100 }, stores);
    expect(items.map(({ date, moment }) => date ?? moment)).toEqual([
      { from: '1852-01-01', to: '1852-12-31', precision: 'YEAR', text: '1852' },
      { from: '1880-01-01', to: '1885-12-31', precision: 'YEAR', text: '1880 to 1885' },
      { from: '1889-05-02', to: '1889-05-02', precision: 'DAY', text: '2 May 1889' },
      { startSeconds: 10, endSeconds: 20 },
    ]);
    expect(items[1]?.text).toBe(HALE_MOVED);
    expect(next).toBeNull();
    await holds(items.map(({ evidence }) => evidence));
  });

  it('comes in pages', async () => {
    const first = await timeline(idOf('Ann Hale'), { first: 3 }, stores);
    const rest = await timeline(idOf('Ann Hale'), { first: 3, after: first.next ?? '' }, stores);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([3, 1, null]);
    await expect(timeline(idOf('Ann Hale'), { first: 3, after: 'x' }, stores)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});

describe('communities', () => {
  it('keep apart what nothing joins, the larger first, each told of by its own sentences', async () => {
    const { items } = await communities(undefined, { first: 10 }, stores);
    const names = items.map(({ entities }) => entities.map(({ name }) => name));
    const sky = items[names.findIndex((all) => all.includes('Moon'))];
    expect(sky?.entities.map(({ name }) => name).toSorted()).toEqual(['Mars', 'Moon']);
    expect(sky?.claims.map(({ text }) => text)).toContain('The Moon is near to Mars.');
    expect(items[0]?.entities.map(({ name }) => name)).not.toContain('Moon');
    expect(items[0]?.size).toBeGreaterThanOrEqual(sky?.size ?? 0);
    for (const { claims } of items) await holds(claims.flatMap(({ evidence }) => evidence));
  });

  it('are found again by their id, and by an entity in them', async () => {
    const { items } = await communities(undefined, { first: 10 }, stores);
    for (const one of items) expect(await community(one.id, stores)).toEqual(one);
    const own = await community(idOf('Mars'), stores);
    expect(own?.entities.map(({ name }) => name).toSorted()).toEqual(['Mars', 'Moon']);
    expect(await community(own?.id ?? '', stores)).toEqual(own);
    expect(await community('Entity:none', stores)).toBeNull();
  });
});

describe('next questions', () => {
  /** Retrieval by words alone. */
  const find = async (question: string) => {
    const hits = await stores.ledger.searchText(question, 10);
    const ids = hits.map(({ segmentId }) => segmentId);
    const ranked = await rankedAsThey(ids, stores.ledger);
    return { segments: ids.flatMap((id) => ranked.get(id) ?? []) };
  };

  it('ask for what the relations tell, and come with what answers them', async () => {
    const found = await nextQuestions(idOf('Ann Hale'), 10, { ...stores, find });
    expect(found.map(({ question }) => question)).toEqual(
      expect.arrayContaining(['Where was Ann Hale born?', 'What was it that Ann Hale cast?']),
    );
    expect(found.find(({ question }) => question === 'Where was Ann Hale born?')?.evidence[0]?.quote).toBe(HALE_BORN);
    expect(new Set(found.map(({ question }) => question)).size).toBe(found.length);
  });

  it('are none that retrieval finds nothing for', async () => {
    const nothing = async () => ({ segments: [] });
    expect(await nextQuestions(idOf('Ann Hale'), 10, { ...stores, find: nothing })).toEqual([]);
  });

  it('are never the one that was asked, nor one that its evidence answered', async () => {
    const [born] = (await explain(idOf('Ann Hale'), 10, stores)).relations.filter(
      ({ relation }) => relation.predicate === 'born in',
    );
    const question = 'Ann Hale: where was she born?';
    await stores.ledger.saveAnswer({
      id: 'Answer:1',
      question,
      text: 'Oakford.',
      shortAnswer: 'Oakford',
      confidence: 0.9,
      abstained: false,
      steps: [{ kind: 'ANSWER', text: 'Oakford.', claims: [{ text: 'Oakford.', evidence: born?.evidence ?? [] }] }],
      paths: [],
      createdAt: '2026-01-01T00:00:00.000Z',
    });
    const found = await nextQuestions('Answer:1', 10, { ...stores, find });
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((one) => one.question)).not.toContain('Where was Ann Hale born?');
    expect(found.flatMap(({ evidence }) => evidence.map(({ quote }) => quote))).not.toContain(HALE_BORN);
    await expect(nextQuestions('Answer:none', 5, { ...stores, find })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('paths', () => {
  it('are the cheapest, then one that does without one of its hops', async () => {
    const found = await findPaths(idOf('Ann Hale'), idOf('Tom Cole'), 4, stores);
    expect(found.length).toBeGreaterThan(1);
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    for (const { hops } of found) {
      expect([hops[0]?.fromId, hops.at(-1)?.toId]).toEqual([idOf('Ann Hale'), idOf('Tom Cole')]);
      for (const [i, hop] of hops.slice(1).entries()) expect(hop.fromId).toBe(hops[i]?.toId);
    }
    expect(await findPaths(idOf('Ann Hale'), idOf('Moon'), 6, stores)).toEqual([]);
  });
});
