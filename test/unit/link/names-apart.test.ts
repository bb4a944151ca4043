import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { EntityKind } from '../../../src/domain.ts';
import type { EncodedAsset } from '../../../src/encode/encoded.ts';
import { splitPassages } from '../../../src/ingest/split.ts';
import { normalName } from '../../../src/link/blocking.ts';
import { mayBeSame } from '../../../src/link/likeness.ts';
import { linkAssets } from '../../../src/link/link.ts';
import { nameKey, resolveNames } from '../../../src/link/resolve.ts';
import { ListLedger } from './list-ledger.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const ledger = new ListLedger();
describe('homonyms', () => {
  it('of different proper kinds stay apart, and resolve the same, in whatever order they come', async () => {
    const kinds: EntityKind[] = ['NAME', 'PERSON', 'PLACE', 'CONCEPT'];
    const names = kinds.map((kind) => ({ name: 'Georgia', kind }));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(names, { minLength: 4 }), async (order) => {
        const found = await resolveNames(order, { ledger });
        const id = (kind: EntityKind) => found.get(nameKey(kind, 'Georgia'))?.entity.id;
        expect(new Set([id('PERSON'), id('PLACE'), id('CONCEPT')]).size).toBe(3);
        expect(id('NAME')).toBe(id('PERSON'));
      }),
    );
  });
});

describe('entities that several names have joined', () => {
  it('keep the alias of each', async () => {
    const words = 'Warren Errol Truss spoke. Warren Truss was there. Warren E. Truss left.';
    const asset: EncodedAsset = {
      asset: {
        id: 'Asset:a',
        modality: 'TEXT',
        mediaType: 'text/plain',
        byteSize: 1,
        title: 'a.txt',
        blobKey: 'a',
        createdAt: '2026-01-01T00:00:00Z',
      },
      segments: splitPassages('Asset:a', words),
      readings: [],
      labels: [],
      embeddings: {},
      sentenceVectors: new Map(),
    };
    const [linked] = await linkAssets([asset], { extractor, lexicon, ledger });
    const person = linked?.entities.filter(({ kind }) => kind === 'PERSON');
    expect(person).toHaveLength(1);
    expect(person?.[0]?.aliases.toSorted()).toEqual(['Warren E. Truss', 'Warren Truss']);
  });
});

describe('names that are nearly alike', () => {
  it.each([
    ['seattle asian art museum', 'seattle art museum', false],
    ['deputy of the lxi legislature', 'deputy of the lx legislature', false],
    ['south african', 'south africa', false],
    ['kim il', 'kim jong il', true],
  ])('%s / %s are two', (a, b, person) => {
    expect(mayBeSame(a, b, person)).toBeUndefined();
    expect(mayBeSame(b, a, person)).toBeUndefined();
  });
});

describe('normal names of other scripts', () => {
  it('keep the marks that are vowels or tell consonants apart', () => {
    expect(normalName('हिन्दी')).toBe('हिन्दी');
    expect(normalName('が')).not.toBe(normalName('か'));
    expect(normalName('Ωμέγα')).toBe('ωμεγα');
    expect(normalName('Zürich')).toBe('zurich');
  });
});
