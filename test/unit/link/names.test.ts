import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Entity } from '../../../src/domain.ts';
import { splitSentences } from '../../../src/ingest/sentences.ts';
import { blockKeys, normalName } from '../../../src/link/blocking.ts';
import { resolveNames, type NameToResolve } from '../../../src/link/resolve.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const extract = (text: string) => extractor.extract({ text, sentences: splitSentences(text) });
const proper = (text: string) =>
  extract(text)
    .names.filter(({ kind }) => kind !== 'CONCEPT')
    .map(({ name, kind }) => `${name}/${kind}`);

describe('the extractor reads whole texts', () => {
  it.each([
    [
      'a name after a date that ends in a month',
      'It was issued on 26 September 1974 in the United States and on 4 October in the United Kingdom.',
      ['26 September 1974/DATE', 'United States/PLACE', '4 October/DATE', 'United Kingdom/PLACE'],
    ],
    [
      'a name on each side of a year',
      'Games were held in Austria (1964, 1976), and in Germany (1936).',
      ['Austria/PLACE', '1964/DATE', '1976/DATE', 'Germany/PLACE', '1936/DATE'],
    ],
    [
      'names in a list, each without its article',
      'He visited New York City, Rio de Janeiro and the Isle of Wight.',
      ['New York City/PLACE', 'Rio de Janeiro/PLACE', 'Isle of Wight/PLACE'],
    ],
    [
      'a numeral that ends the sentence like an initial',
      'He fought in World War I. The peace was short.',
      ['World War I/NAME'],
    ],
    [
      'a title that begins with a small word',
      'She read Their Eyes Were Watching God.',
      ['Their Eyes Were Watching God/NAME'],
    ],
    [
      'a last name and its possessive for the full name',
      "Marie Curie won the Nobel Prize in Physics in 1903. Curie's husband was there. Curie died in France.",
      [
        'Marie Curie/PERSON',
        'Nobel Prize in Physics/NAME',
        '1903/DATE',
        'Marie Curie/PERSON',
        'Marie Curie/PERSON',
      ].concat('France/PLACE'),
    ],
  ])('%s', (_, text, expected) => {
    expect(proper(text)).toEqual(expected);
  });

  it('makes no kind of thing of everyone', () => {
    expect(extract('Yesterday everyone cheered, and nobody slept.').names).toEqual([]);
  });
});

describe('WordNet', () => {
  it.each([
    ['knives', 'knife'],
    ['potatoes', 'potato'],
    ['wolves', 'wolf'],
    ['buses', 'bus'],
    ['physics', 'physics'],
    ['gas', 'gas'],
    ['species', 'species'],
    ['taxis', 'taxi'],
    ['pandas', 'panda'],
  ])('takes %s for %s', (word, singular) => {
    expect(lexicon.lemma(word)).toBe(singular);
  });

  it('has an end above everything, without going round', () => {
    for (const word of ['lighthouse', 'ship', 'rose', 'bell', 'espresso', 'dog']) {
      const chain = lexicon.hypernyms(lexicon.synsets(word)[0] ?? 0);
      expect(new Set(chain).size).toBe(chain.length);
      expect(chain.length).toBeGreaterThan(0);
      expect(chain.flatMap((synset) => lexicon.words(synset))).not.toContain('entity');
    }
  });
});

describe('resolveNames', () => {
  it('finds again what it made: a second run makes no entity and no merge of spelling', async () => {
    const names: NameToResolve[] = [
      { name: 'Thomas Miller', kind: 'PERSON' },
      { name: 'Thomas Edward Miller', kind: 'PERSON' },
      { name: 'Green Harbour Company', kind: 'ORGANISATION' },
      { name: 'Green Harbor Company', kind: 'ORGANISATION' },
      { name: 'Port Albert', kind: 'PLACE' },
    ];
    const known: Entity[] = [];
    const called = (entity: Entity) => [entity.name, ...entity.aliases].map(normalName);
    const ledger = {
      entitiesByName: async (normals: readonly string[]) =>
        new Map(normals.map((normal) => [normal, known.filter((entity) => called(entity).includes(normal))])),
      entitiesByBlock: async (blocks: readonly string[]) =>
        known.flatMap((entity) =>
          called(entity)
            .filter((normal) => blockKeys(normal).some((key) => blocks.includes(key)))
            .map((normal) => ({ entity, normal })),
        ),
    };
    const ids = async () => {
      const found = [...(await resolveNames(names, { ledger })).values()];
      known.splice(0, known.length, ...new Map(found.map(({ entity }) => [entity.id, entity])).values());
      return found;
    };
    const [first, second] = [await ids(), await ids()];
    expect(second.map(({ entity }) => entity.id)).toEqual(first.map(({ entity }) => entity.id));
    expect(new Set(first.map(({ entity }) => entity.id)).size).toBe(3);
    expect(second.filter(({ merge }) => merge !== undefined)).toEqual([]);
  });
});
