import { describe, expect, it } from 'vitest';
import { blockKeys, normalName } from '../../src/link/blocking.ts';
import type { LedgerStores } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';
import { random } from '../../graph/algorithms/random.ts';

/** How a Ledger finds passages and entities. */
export function ledgerSearchContract(name: string, open: () => Promise<LedgerStores>): void {
  describe(`searching ${name}`, () => {
    it('ranks by BM25', async () => {
      const { ledger, db } = await open();
      const next = random(3);
      // Words that no stemmer changes; low numbers are common.
      const documents = Array.from({ length: 300 }, () =>
        Array.from({ length: 10 + Math.floor(next() * 30) }, () => `w${Math.floor(400 ** next())}`),
      );
      const records = documents.map((words, number) =>
        smallRecord({ number, title: 'w0', text: [words.join(' ')], facts: [] }),
      );
      await ledger.commit(records);
      const scores = bm25(documents.map((words) => ['w0', ...words]));
      for (const analyzed of [false, true]) {
        if (analyzed) await db.exec('ANALYZE segment');
        for (const query of ['w399 w350 w2', 'w30', 'w1 w200 w200', 'w77 w88 w99 w111']) {
          const hits = await ledger.searchText(query, 10);
          const expected = scores(query.split(' '));
          expect(hits).toHaveLength(Math.min(10, expected.size));
          // Frequencies from the statistics are estimates, so scores are near and not equal.
          for (const hit of hits) {
            expect(Math.abs(hit.score / (expected.get(hit.segmentId) ?? 0) - 1)).toBeLessThan(0.05);
          }
        }
      }
    });

    it('finds other forms of a word and words of the title, in the modalities asked for', async () => {
      const { ledger } = await open();
      await ledger.commit([
        smallRecord({ number: 1, title: 'Lighthouses', text: ['They were painted.'], facts: [] }),
        smallRecord({ number: 2, title: 'Ships', text: ['A lighthouse guides ships.'], facts: [] }),
      ]);
      expect((await ledger.searchText('the lighthouse', 5)).map((hit) => hit.segmentId).toSorted()).toEqual([
        'Segment:1:0',
        'Segment:2:0',
      ]);
      expect((await ledger.searchText('paints', 5)).map((hit) => hit.segmentId)).toEqual(['Segment:1:0']);
      const only = await ledger.searchText('lighthouse', 5, { modalities: ['TEXT'] });
      expect(only.map((hit) => hit.segmentId)).toEqual(['Segment:2:0']);
    });

    it('takes any text as a query', async () => {
      const { ledger } = await open();
      await ledger.commit([smallRecord({ number: 1, text: ["It's C:\\temp & 'quotes' | (more) !x:*"], facts: [] })]);
      for (const odd of ['', '   ', 'the of and', "' OR 1=1 --", "C:\\temp 'quotes'", '& | ! ( ) <-> :*', '\0', '😀']) {
        await expect(ledger.searchText(odd, 5)).resolves.toBeInstanceOf(Array);
      }
      expect(await ledger.searchText("'quotes' C:\\temp", 5)).toHaveLength(1);
    });

    it('finds entities by a part of the name, the whole name first', async () => {
      const { ledger } = await open();
      const record = smallRecord({ number: 1, facts: [fact(0, 1), fact(2, 3), fact(4, 5)] });
      const london = {
        ...record.entities[3],
        id: 'Entity:3',
        kind: 'PLACE',
        name: 'London',
        aliases: ['Greater London'],
      } as const;
      const bridge = { id: 'Entity:1', kind: 'PLACE', name: 'London Bridge', aliases: [] } as const;
      const entities = record.entities.map((e) => (e.id === london.id ? london : e.id === bridge.id ? bridge : e));
      await ledger.commit([{ ...record, entities }]);
      const found = async (search: string, kinds?: string[]) =>
        (await ledger.entities({ search, first: 5, ...(kinds ? { kinds } : {}) })).items.map((e) => e.name);
      expect(await found('london')).toEqual(['London', 'London Bridge']);
      expect(await found('Lond')).toEqual(['London', 'London Bridge']);
      expect(await found('engine')).toEqual(['Analytical Engine']);
      expect(await found('london', ['PERSON'])).toEqual([]);
      const one = await ledger.entities({ search: 'london', first: 1 });
      const two = await ledger.entities({ search: 'london', first: 1, after: one.next ?? '' });
      expect([one.items[0]?.name, two.items[0]?.name, two.next]).toEqual(['London', 'London Bridge', null]);
      const all = await ledger.entities({ first: 2 });
      const rest = await ledger.entities({ first: 9, after: all.next ?? '' });
      expect([...all.items, ...rest.items]).toHaveLength(6);
    });

    it('gives the entities that share a block key, a few a key', async () => {
      const { ledger } = await open();
      await ledger.commit([smallRecord({ number: 1, facts: [fact(0, 1), fact(2, 3)] })]);
      const keys = blockKeys(normalName('Lovelace'));
      expect((await ledger.entitiesByBlock(keys)).map((one) => one.entity.id)).toEqual(['Entity:0']);
      expect(await ledger.entitiesByBlock([])).toEqual([]);
      const every = [...new Set([0, 1, 2, 3].flatMap(() => blockKeys('ada lovelace charles babbage')))];
      expect((await ledger.entitiesByBlock(every, 1)).length).toBeLessThanOrEqual(every.length);
    });
  });
}

/** Scores of all documents (numbered as their segments) for a query, by the formula itself. */
function bm25(documents: readonly (readonly string[])[]): (query: readonly string[]) => Map<string, number> {
  const mean = documents.reduce((sum, words) => sum + words.length, 0) / documents.length;
  return (query) => {
    const scores = new Map<string, number>();
    for (const term of new Set(query)) {
      const frequency = documents.filter((words) => words.includes(term)).length;
      const idf = Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5));
      for (const [i, words] of documents.entries()) {
        const count = words.filter((word) => word === term).length;
        if (count === 0) continue;
        const norm = 1.2 * (0.25 + (0.75 * words.length) / mean);
        const id = `Segment:${i}:0`;
        scores.set(id, (scores.get(id) ?? 0) + (idf * count * 2.2) / (count + norm));
      }
    }
    return scores;
  };
}
