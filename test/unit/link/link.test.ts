import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Asset, Entity } from '../../../src/domain.ts';
import type { EncodedAsset, SeenLabel } from '../../../src/encode/encoded.ts';
import { splitPassages } from '../../../src/ingest/split.ts';
import { blockKeys, normalName, trigramSimilarity } from '../../../src/link/blocking.ts';
import { mayBeSame } from '../../../src/link/likeness.ts';
import { linkAssets } from '../../../src/link/link.ts';
import { nameKey, resolveNames } from '../../../src/link/resolve.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const nothingKnown = { entitiesByName: async () => new Map<string, Entity[]>(), entitiesByBlock: async () => [] };
const deps = { extractor, lexicon, ledger: nothingKnown };
const asset = (id: string, title: string, modality: Asset['modality']): Asset => ({
  id: `Asset:${id}`,
  modality,
  mediaType: 'x/y',
  byteSize: 1,
  title,
  blobKey: id,
  createdAt: '2026-01-01T00:00:00Z',
});
const none = { readings: [], labels: [], embeddings: {}, sentenceVectors: new Map<string, Float32Array>() };
const text = (id: string, title: string, words: string): EncodedAsset => ({
  ...none,
  asset: asset(id, title, 'TEXT'),
  segments: splitPassages(`Asset:${id}`, words),
});

describe('normalised names', () => {
  it('are the same for the same name however it is written', () => {
    const same = ['The Café Zürich', 'cafe zurich', 'CAFÉ  ZÜRICH', "Café Zürich's"].map(normalName);
    expect(new Set(same).size).toBe(1);
    expect(normalName('東京')).toBe('東京');
    expect(normalName('U.S.A.')).toBe('usa');
  });

  it('are never empty for a visible name, and normalising again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        if (name.trim() !== '') expect(normalName(name)).not.toBe('');
        expect(blockKeys(normalName(name)).length).toBeLessThanOrEqual(8);
        expect(trigramSimilarity(name, name)).toBe(1);
      }),
    );
  });
});

describe('mayBeSame', () => {
  it.each([
    ['green harbour company', 'green harbor company', false, 'SAME'],
    ['john ronald smith', 'john smith', true, 'SAME'],
    ['john r smith', 'john ronald smith', true, 'SAME'],
    ['un', 'united nations', false, 'ACRONYM'],
    ['north korea', 'south korea', false, undefined],
    ['apollo program 11', 'apollo program 12', false, undefined],
    ['john smith', 'joan smith', true, undefined],
    ['henry iv of france', 'henry vi of france', false, undefined],
    ['miller', 'millar', true, undefined],
    ['green island', 'green inland', false, undefined],
  ])('%s / %s', (a, b, person, verdict) => {
    expect(mayBeSame(a, b, person)?.verdict).toBe(verdict);
    expect(mayBeSame(b, a, person)?.verdict).toBe(verdict);
  });
});

describe('resolveNames', () => {
  it('keeps homonyms of different kind apart and joins a name of unknown kind, with the reason recorded', async () => {
    const found = await resolveNames(
      [
        { name: 'Mercury', kind: 'PLACE' },
        { name: 'Mercury', kind: 'PERSON' },
        { name: 'mercury', kind: 'CONCEPT' },
      ],
      deps,
    );
    expect(new Set([...found.values()].map(({ entity }) => entity.id)).size).toBe(3);
    const joined = await resolveNames(
      [
        { name: 'Ada Penrose', kind: 'PERSON' },
        { name: 'Ada Penrose', kind: 'NAME' },
      ],
      deps,
    );
    const [person, name] = [joined.get(nameKey('PERSON', 'Ada Penrose')), joined.get(nameKey('NAME', 'Ada Penrose'))];
    expect(name?.entity.id).toBe(person?.entity.id);
    expect(name?.merge).toMatchObject({ reason: 'EXACT', intoId: person?.entity.id });
  });

  it('gives the same entities in every run and order', async () => {
    const names = ['Ada Penrose', 'Green Island', 'Port Albert', 'Thomas Miller'].map((name) => ({
      name,
      kind: 'NAME' as const,
    }));
    const ids = async (list: typeof names) =>
      [...(await resolveNames(list, deps)).values()].map(({ entity }) => entity.id).toSorted();
    expect(await ids(names)).toEqual(await ids(names.toReversed()));
  });
});

describe('linkAssets', () => {
  it('lets a cat that is seen, where it is seen, meet a cat that is read', async () => {
    const [synset = 0] = lexicon.synsets('tabby');
    const whole = {
      id: 'Segment:p:0',
      assetId: 'Asset:p',
      ordinal: 0,
      kind: 'IMAGE' as const,
      locator: { type: 'ImageRegion' as const, x: 0, y: 0, width: 9, height: 9 },
      text: 'tabby',
      sentences: [],
    };
    const label: SeenLabel = {
      segmentId: whole.id,
      label: 'tabby',
      synonyms: ['tabby cat'],
      synset,
      score: 0.9,
      readingId: 'r',
      region: { type: 'ImageRegion', x: 2, y: 2, width: 3, height: 4 },
      model: { id: 'm', version: '1' },
    };
    const seen: EncodedAsset = { ...none, asset: asset('p', 'p.jpg', 'IMAGE'), segments: [whole], labels: [label] };
    const [picture, read] = await linkAssets([seen, text('t', 'a.txt', 'The cat slept.')], deps);
    const cat = read?.entities.find((entity) => entity.name === 'cat');
    expect(picture?.mentions).toMatchObject([{ method: 'DEPICTED', segmentId: whole.id, locator: label.region }]);
    expect(picture?.relations.some((relation) => relation.type === 'IS_A' && relation.objectId === cat?.id)).toBe(true);
  });

  it('says in which characters of the text each mention stands', async () => {
    const words = '  First words.\n\nThomas Miller came to Port Albert in 1871.';
    const [linked] = await linkAssets([text('t', 'note.txt', words)], deps);
    expect(linked?.mentions.length).toBeGreaterThanOrEqual(3);
    for (const { locator, surface } of linked?.mentions ?? []) {
      if (locator.type !== 'TextSpan') throw new Error('no text span');
      expect(words.slice(locator.start, locator.end)).toBe(surface);
      expect(locator.quote).toBe(surface);
    }
  });

  it('takes a title for what the text is about, and a file name for nothing', async () => {
    const [titled, named] = await linkAssets(
      [text('a', 'Mercury (planet)', 'It is small.'), text('b', 'IMG_2041.txt', 'It is large.')],
      deps,
    );
    expect(titled?.mentions.filter((mention) => mention.method === 'TITLE')).toHaveLength(1);
    expect(titled?.entities[0]).toMatchObject({ name: 'Mercury', aliases: ['Mercury (planet)'] });
    expect(named?.mentions.filter((mention) => mention.method === 'TITLE')).toEqual([]);
  });
});
