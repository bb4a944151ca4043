import { describe, expect, it } from 'vitest';
import type { Embedding } from '../../src/domain.ts';
import type { VectorStore } from '../../src/ports/vector-store.ts';
import { random } from '../../graph/algorithms/random.ts';
import { unitVector } from './synthetic.ts';

const next = random(11);
const DIMENSION = 24;

function embeddings(count: number, prefix = 'Segment'): Embedding[] {
  return Array.from({ length: count }, (_, n) => ({ nodeId: `${prefix}:${n}`, vector: unitVector(next, DIMENSION) }));
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function nearest(all: readonly Embedding[], query: Float32Array, k: number): string[] {
  const scored = all.map(({ nodeId, vector }) => ({ nodeId, score: dot(vector, query) }));
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, k)
    .map((hit) => hit.nodeId);
}

/** What every VectorStore must do. `settle` waits for work that the store does in the background. */
export function vectorStoreContract(name: string, open: () => Promise<VectorStore>, settle: () => Promise<void>): void {
  describe(`${name} as a VectorStore`, () => {
    const space = (label: string) => ({ name: label, model: 'm', version: '1', dimension: DIMENSION });

    it('keeps a space as it was made', async () => {
      const store = await open();
      await store.ensureSpace(space('kept'));
      await store.ensureSpace(space('kept'));
      expect((await store.spaces()).filter((one) => one.name === 'kept')).toEqual([space('kept')]);
      for (const other of [{ model: 'other' }, { version: '2' }, { dimension: 3 }]) {
        await expect(store.ensureSpace({ ...space('kept'), ...other })).rejects.toMatchObject({ code: 'BAD_INPUT' });
      }
    });

    it('refuses a vector of another dimension and a space that was not made', async () => {
      const store = await open();
      await store.ensureSpace(space('strict'));
      const short = [{ nodeId: 'Segment:x', vector: Float32Array.of(1, 0) }];
      await expect(store.upsert('strict', short)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(store.search('strict', Float32Array.of(1), 1)).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(store.upsert('nowhere', embeddings(1))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('gives back what was put, replaces it, and takes it out of every space', async () => {
      const store = await open();
      await store.ensureSpace(space('a'));
      await store.ensureSpace(space('b'));
      const [one, two] = [embeddings(3), embeddings(3)];
      await store.upsert('a', one);
      await store.upsert('a', two);
      await store.upsert('b', one);
      expect(await store.get('a', ['Segment:0', 'Segment:9'])).toEqual(new Map([['Segment:0', two[0]?.vector]]));
      expect([await store.count('a'), await store.count('a', 2), await store.count('a', 9)]).toEqual([3, 2, 3]);
      await store.remove(['Segment:0', 'Segment:1']);
      expect([await store.count('a'), await store.count('b')]).toEqual([1, 1]);
    });

    it('finds the exact nearest among given nodes, however few', async () => {
      const store = await open();
      await store.ensureSpace(space('among'));
      const all = embeddings(400);
      await store.upsert('among', all);
      await settle();
      const query = unitVector(next, DIMENSION);
      const among = all.filter((_, i) => i % 19 === 0);
      const hits = await store.search('among', query, 10, { among: among.map((one) => one.nodeId) });
      expect(hits.map((hit) => hit.nodeId)).toEqual(nearest(among, query, 10));
      expect(hits[0]?.score).toBeCloseTo(Math.max(...among.map((one) => dot(one.vector, query))), 5);
      expect(await store.search('among', query, 5, { among: [] })).toEqual([]);
    });

    it('never gives fewer than there are, also after many were removed', async () => {
      const store = await open();
      await store.ensureSpace(space('thinned'));
      const all = embeddings(300);
      await store.upsert('thinned', all);
      await settle();
      await store.remove(all.slice(0, 280).map((one) => one.nodeId));
      expect(await store.search('thinned', unitVector(next, DIMENSION), 50)).toHaveLength(20);
    });

    it('finds nearly all true neighbours while vectors come, and after they are indexed', async () => {
      const store = await open();
      await store.ensureSpace(space('recall'));
      const all = embeddings(900);
      await store.upsert('recall', all.slice(0, 600));
      await settle();
      await store.upsert('recall', all.slice(600));
      let found = 0;
      for (let i = 0; i < 20; i++) {
        const query = unitVector(next, DIMENSION);
        const hits = await store.search('recall', query, 10);
        const scores = hits.map((hit) => hit.score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        const truth = new Set(nearest(all, query, 10));
        found += hits.filter((hit) => truth.has(hit.nodeId)).length;
      }
      expect(found / 200).toBeGreaterThan(0.95);
    });
  });
}
