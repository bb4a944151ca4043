import { describe, expect, it } from 'vitest';
import { normalName } from '../../src/link/blocking.ts';
import type { EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import type { Answer, UserError } from '../../src/domain.ts';
import { ledgerGraphContract } from './ledger-graph.ts';
import { ledgerSearchContract } from './ledger-search.ts';
import { fact, smallEntity, smallRecord } from './small-records.ts';

export type LedgerStores = Pick<EmbeddedStores, 'db' | 'ledger' | 'graph' | 'vectors' | 'projector'>;

export const SMALL_SPACE = { name: 'small', model: 'm', version: '1', dimension: 2 };

const item = (ordinal: number) => ({ ordinal, blobKey: 'k', byteSize: 1, fileName: `${ordinal}.txt` });

/** What every Ledger must do. `empty` gives one without rows. */
export function ledgerContract(name: string, empty: () => Promise<LedgerStores>): void {
  const open = async (): Promise<LedgerStores> => {
    const stores = await empty();
    await stores.vectors.ensureSpace(SMALL_SPACE);
    await stores.vectors.remove(await everyNode(stores));
    return stores;
  };

  describe(`${name} as a Ledger`, () => {
    it('gives back what was committed, in the order asked', async () => {
      const { ledger, vectors } = await open();
      const one = smallRecord({ number: 1, facts: [fact(0, 1), fact(1, 2, { sentence: 1 })] });
      const two = smallRecord({
        number: 2,
        text: ['First. Nul \0 and half \uD83D', 'Second. Page.'],
        facts: [fact(2, 3)],
      });
      expect(await ledger.commit([one, two])).toEqual([one.asset.id, two.asset.id]);
      expect(await ledger.assetsById([two.asset.id, 'Asset:x', one.asset.id])).toEqual([two.asset, one.asset]);
      expect(await ledger.segmentsById(one.segments.map((s) => s.id))).toEqual(one.segments);
      expect((await ledger.segmentsById(['Segment:2:0']))[0]?.text).toBe('First. Nul \uFFFD and half \uFFFD');
      expect([...(await ledger.mentionsOf(['Segment:1:0'])).values()].flat()).toHaveLength(one.mentions.length);
      expect((await ledger.readingsOf(['Segment:1:0'])).get('Segment:1:0')).toEqual(one.readings);
      expect(await ledger.entitiesById(['Entity:3', 'Entity:0'])).toEqual([smallEntity(3), smallEntity(0)]);
      expect(await ledger.relationsById(one.relations.map((r) => r.id))).toEqual(one.relations);
      expect((await vectors.get('small', ['Segment:1:0'])).get('Segment:1:0')).toEqual(Float32Array.of(0.6, 0.8));
      const sentences = (await ledger.sentenceVectors(['Segment:1:0'])).get('Segment:1:0');
      for (const [i, value] of [1, 0, 0.6, -0.8].entries()) expect(sentences?.[i]).toBeCloseTo(value, 2);
    });

    it('leaves an asset that is there as it is', async () => {
      const { ledger } = await open();
      const record = smallRecord({ number: 1, facts: [fact(0, 1)] });
      expect(await ledger.commit([record, record])).toEqual([record.asset.id]);
      const before = await ledger.counts();
      expect(await ledger.commit([{ ...record, asset: { ...record.asset, title: 'Other' } }])).toEqual([]);
      expect(await ledger.counts()).toEqual(before);
    });

    it('writes all or nothing', async () => {
      const { ledger } = await open();
      const good = smallRecord({ number: 1, facts: [fact(0, 1)] });
      const unknownSpace = {
        ...smallRecord({ number: 2, facts: [] }),
        embeddings: { nowhere: good.embeddings['small'] ?? [] },
      };
      const unknownEntity = { ...smallRecord({ number: 3, facts: [fact(0, 1)] }), entities: [] };
      await expect(ledger.commit([good, unknownSpace])).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(ledger.commit([good, unknownEntity])).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(Object.values(await ledger.counts()).every((count) => count === 0)).toBe(true);
    });

    it('pages without loss or repetition, newest asset first', async () => {
      const { ledger } = await open();
      const records = Array.from({ length: 7 }, (_, n) =>
        smallRecord({ number: n, text: ['A.', 'B.', 'C.'], facts: [fact(0, n % 5)] }),
      );
      await ledger.commit(records);
      const all: string[] = [];
      let after: string | null | undefined;
      do {
        const page = await ledger.assets({ first: 3, ...(after ? { after } : {}) });
        all.push(...page.items.map((asset) => asset.id));
        after = page.next;
      } while (after);
      expect(all).toEqual(records.map((record) => record.asset.id).toReversed());
      expect((await ledger.assets({ first: 9, modalities: ['DOCUMENT'] })).items).toHaveLength(3);
      const first = await ledger.segmentsOf('Asset:1', { first: 2 });
      const rest = await ledger.segmentsOf('Asset:1', { first: 2, after: first.next ?? '' });
      expect([...first.items, ...rest.items].map((s) => s.ordinal)).toEqual([0, 1, 2]);
      expect(rest.next).toBeNull();
      const strong = await ledger.mentionsOfEntity('Entity:0', { first: 4 });
      const weak = await ledger.mentionsOfEntity('Entity:0', { first: 9, after: strong.next ?? '' });
      const methods = new Set([...strong.items, ...weak.items].map(({ method }) => method));
      expect(methods.has('HEARD')).toBe(false);
      for (const method of [...methods, 'HEARD'] as const) {
        const own = await ledger.mentionsOfEntity('Entity:0', { first: 99, methods: [method] });
        expect(own.items).toEqual([...strong.items, ...weak.items].filter((one) => one.method === method));
      }
      expect(new Set([...strong.items, ...weak.items].map((m) => m.id)).size).toBe(7);
      await expect(ledger.assets({ first: 1, after: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });

    it('unites aliases and finds entities by any of their names', async () => {
      const { ledger } = await open();
      const named = (number: number, aliases: string[]) => {
        const record = smallRecord({ number, facts: [fact(0, 1)] });
        return { ...record, entities: record.entities.map((e) => (e.id === 'Entity:0' ? { ...e, aliases } : e)) };
      };
      await ledger.commit([named(1, ['A. Lovelace']), named(2, ['Countess of Lovelace'])]);
      await ledger.commit([named(3, ['Ada King'])]);
      const [ada] = await ledger.entitiesById(['Entity:0']);
      expect(ada?.aliases.toSorted()).toEqual(['A. Lovelace', 'Ada King', 'Countess of Lovelace']);
      const names = ['Ada Lovelace', 'Ada King', 'Nobody'].map(normalName);
      expect([...(await ledger.entitiesByName(names)).keys()].toSorted()).toEqual(names.slice(0, 2).toSorted());
    });

    it('keeps answers, and merges as recorded', async () => {
      const { ledger } = await open();
      const answer: Answer = {
        id: 'Answer:1',
        question: 'Who?',
        text: null,
        shortAnswer: null,
        confidence: 0.1,
        abstained: true,
        steps: [],
        paths: [],
        createdAt: new Date(0).toISOString(),
      };
      await ledger.saveAnswer(answer);
      await ledger.saveAnswer({ ...answer, confidence: 0.2 });
      expect(await ledger.answer('Answer:1')).toEqual({ ...answer, confidence: 0.2 });
      expect(await ledger.answer('Answer:2')).toBeNull();
    });

    it('counts each item of a job once and completes with the last', async () => {
      const { ledger } = await open();
      const error: UserError = { code: 'EMPTY', message: 'It is empty.', field: ['items', '2'] };
      const job = await ledger.createJob([item(0), item(1)], [{ ordinal: 2, error }]);
      expect(job).toMatchObject({ state: 'QUEUED', total: 3, done: 0, failed: 1 });
      expect((await ledger.unfinishedJobs()).map((one) => one.id)).toEqual([job.id]);
      expect(await ledger.queuedItems(job.id, [1, 2])).toEqual([item(1)]);
      await ledger.finishItems(job.id, [{ ordinal: 0, assetId: 'Asset:1' }]);
      const again = await ledger.finishItems(job.id, [{ ordinal: 0, assetId: 'Asset:1' }]);
      expect(again).toMatchObject({ state: 'RUNNING', done: 1, failed: 1 });
      const last = await ledger.finishItems(job.id, [{ ordinal: 1, error }]);
      expect(last).toMatchObject({ state: 'COMPLETED', done: 1, failed: 2 });
      expect(last.finishedAt).toBeDefined();
      expect((await ledger.jobItems(job.id)).map((one) => one.state)).toEqual(['DONE', 'FAILED', 'FAILED']);
      expect(await ledger.unfinishedJobs()).toEqual([]);
      expect((await ledger.createJob([], [{ ordinal: 0, error }])).state).toBe('COMPLETED');
    });

    it('cancels what is still queued', async () => {
      const { ledger } = await open();
      const job = await ledger.createJob([item(0), item(1)], []);
      await ledger.finishItems(job.id, [{ ordinal: 0, assetId: 'Asset:1' }]);
      expect(await ledger.cancelJob(job.id)).toMatchObject({ state: 'CANCELLED', done: 1, failed: 1 });
      expect(await ledger.queuedItems(job.id, [0, 1])).toEqual([]);
      expect((await ledger.jobItems(job.id))[1]?.error?.code).toBe('CANCELLED');
      expect(await ledger.cancelJob('Job:x')).toBeNull();
    });
  });

  ledgerSearchContract(name, open);
  ledgerGraphContract(name, open);
}

async function everyNode({ db }: LedgerStores): Promise<string[]> {
  const rows = await db.query<{ number: number }>("SELECT number FROM space WHERE name = 'small'");
  const table = `vectors_${rows[0]?.number}`;
  const found = await db.query<{ node_id: string }>(
    `SELECT node_id FROM ${table} UNION ALL SELECT node_id FROM ${table}_tail`,
  );
  return found.map((row) => row.node_id);
}
