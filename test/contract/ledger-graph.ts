import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryGraphStore } from '../../src/adapters/memory/graph-store.ts';
import { ledgerGraph } from '../../src/adapters/postgres/ledger-graph.ts';
import type { Relation } from '../../src/domain.ts';
import type { LedgerStores } from './ledger.ts';
import { fact, smallRecord, type Fact } from './small-records.ts';

/** How the graph follows a Ledger. */
export function ledgerGraphContract(name: string, open: () => Promise<LedgerStores>, numRuns = 40): void {
  describe(`the graph of ${name}`, () => {
    it('removes with an asset all that only it brought', async () => {
      const stores = await open();
      const { ledger, vectors } = stores;
      const shared = smallRecord({ number: 1, facts: [fact(0, 1)] });
      const lonely = smallRecord({
        number: 2,
        facts: [fact(0, 1), fact(1, 2), fact(2, 3, { type: 'IS_A', supported: false })],
      });
      await ledger.commit([shared, lonely]);
      await checkGraph(stores);
      expect(await ledger.deleteAsset('Asset:2')).toEqual({
        segments: 1,
        mentions: 3,
        entities: 2,
        relations: 2,
        blobKey: lonely.asset.blobKey,
      });
      expect(await ledger.deleteAsset('Asset:2')).toBeNull();
      await checkGraph(stores);
      expect((await ledger.entitiesById([0, 1, 2, 3].map((n) => `Entity:${n}`))).map((e) => e.id)).toEqual([
        'Entity:0',
        'Entity:1',
      ]);
      const [relation] = await ledger.relationsById(['Relation:0 RELATES_TO 1']);
      expect(relation?.evidence).toHaveLength(1);
      expect(await vectors.count('small')).toBe(1);
      await ledger.deleteAsset('Asset:1');
      await checkGraph(stores);
      expect(Object.values(await ledger.counts()).every((count) => count === 0)).toBe(true);
      expect(await stores.db.query('SELECT 1 FROM entity_name UNION ALL SELECT 1 FROM entity_block')).toEqual([]);
    });

    it('joins entities, records it, and takes them apart again under the old id', async () => {
      const stores = await open();
      const { ledger } = stores;
      await ledger.commit([
        smallRecord({ number: 1, facts: [fact(0, 2), fact(1, 2), fact(0, 1)] }),
        smallRecord({ number: 2, facts: [fact(1, 3)] }),
      ]);
      const joined = await ledger.mergeEntities('Entity:0', ['Entity:1']);
      await checkGraph(stores);
      expect(joined.aliases).toEqual(['Charles Babbage']);
      expect(await ledger.entitiesById(['Entity:1'])).toEqual([]);
      expect(await ledger.mergesOf('Entity:0')).toMatchObject([{ fromId: 'Entity:1', reason: 'MANUAL' }]);
      // Babbage meets the engine: now said of Lovelace, in the same place as before.
      const edges = (await stores.graph.expand({ from: ['Entity:0'], hops: 1, fanout: 9, types: ['RELATES_TO'] }))
        .edges;
      expect(edges.map((edge) => edge.to).toSorted()).toEqual(['Entity:2', 'Entity:3']);

      const { items } = await ledger.mentionsOfEntity('Entity:0', { first: 20 });
      const babbage = items.filter((mention) => mention.surface === 'Charles Babbage');
      const apart = await ledger.splitEntity(
        'Entity:0',
        babbage.map((mention) => mention.id),
      );
      await checkGraph(stores);
      expect(apart).toMatchObject({ id: 'Entity:1', name: 'Charles Babbage' });
      expect(await ledger.mergesOf('Entity:0')).toEqual([]);
      expect((await ledger.entitiesById(['Entity:0']))[0]?.aliases).toEqual([]);
      expect(
        (await stores.graph.expand({ from: ['Entity:3'], hops: 1, fanout: 9, types: ['RELATES_TO'] })).nodes,
      ).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'Entity:1' })]));
    });

    it('refuses to join or split what is not there', async () => {
      const { ledger } = await open();
      await ledger.commit([smallRecord({ number: 1, facts: [fact(0, 1)] })]);
      await expect(ledger.mergeEntities('Entity:0', ['Entity:9'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(ledger.mergeEntities('Entity:9', ['Entity:0'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const { items } = await ledger.mentionsOfEntity('Entity:1', { first: 1 });
      await expect(ledger.splitEntity('Entity:0', [items[0]?.id ?? ''])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('is what a rebuild gives, without orphans, after any edits', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(edit(), { minLength: 1, maxLength: 8 }), async (edits) => {
          const stores = await open();
          for (const one of edits) {
            await one(stores);
            // Sometimes the outbox holds several edits when it is applied.
            if (one.length > 0) await checkGraph(stores);
          }
          await checkGraph(stores);
          await checkOrphans(stores);
        }),
        { numRuns },
      );
    });
  });
}

type Edit = (stores: LedgerStores) => Promise<unknown>;

function edit(): fc.Arbitrary<Edit> {
  const facts = fc.array(
    fc.record({
      segment: fc.nat(1),
      sentence: fc.nat(1),
      subject: fc.nat(4),
      object: fc.nat(4),
      type: fc.constantFrom<Relation['type']>('RELATES_TO', 'IS_A', 'CO_OCCURS'),
      supported: fc.boolean(),
    }) satisfies fc.Arbitrary<Fact>,
    { maxLength: 4 },
  );
  const number = fc.nat(3);
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.tuple(number, facts), { minLength: 1, maxLength: 2 }).map(commitEdit) },
    {
      weight: 2,
      arbitrary: number.map(
        (n): Edit =>
          (stores) =>
            stores.ledger.deleteAsset(`Asset:${n}`),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(fc.nat(4), fc.nat(4)).map(mergeEdit) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(4), fc.nat(3)).map(splitEdit) },
  );
}

function commitEdit(assets: readonly (readonly [number, readonly Fact[]])[]): Edit {
  return ({ ledger }) =>
    ledger.commit(
      assets.map(([number, facts]) => smallRecord({ number, text: ['First. Second.', 'Third. Fourth.'], facts })),
    );
}

function mergeEdit([into, from]: readonly [number, number]): Edit {
  return async ({ ledger }) => {
    const known = await ledger.entitiesById([`Entity:${into}`, `Entity:${from}`]);
    if (known.length === 2) await ledger.mergeEntities(`Entity:${into}`, [`Entity:${from}`]);
  };
}

function splitEdit([entity, count]: readonly [number, number]): Edit {
  return async ({ ledger }) => {
    const { items } = await ledger.mentionsOfEntity(`Entity:${entity}`, { first: count + 1 });
    if (items.length > 0)
      await ledger.splitEntity(
        `Entity:${entity}`,
        items.map((mention) => mention.id),
      );
  };
}

/** Projects, and compares the graph with one built from the ledger alone. */
async function checkGraph({ db, ledger, graph, projector }: LedgerStores): Promise<void> {
  await projector.project();
  expect((await ledger.counts()).outbox).toBe(0);
  const rebuilt = new MemoryGraphStore();
  for await (const changes of ledgerGraph(db)) await rebuilt.apply(changes);
  const expected = await rebuilt.scan('', 1000);
  const { nodes, edges } = await graph.scan('', 1000);
  expect(nodes).toEqual(expected.nodes);
  expect(new Map(edges.map((edge) => [edge.id, edge]))).toEqual(new Map(expected.edges.map((edge) => [edge.id, edge])));
}

async function checkOrphans({ db }: LedgerStores): Promise<void> {
  const queries = [
    'SELECT id FROM mention WHERE NOT EXISTS (SELECT FROM segment WHERE id = segment_id)',
    'SELECT id FROM mention WHERE NOT EXISTS (SELECT FROM entity WHERE entity.id = entity_id)',
    'SELECT 1 FROM relation_evidence WHERE NOT EXISTS (SELECT FROM relation WHERE id = relation_id)',
    'SELECT 1 FROM relation_evidence WHERE NOT EXISTS (SELECT FROM segment WHERE id = segment_id)',
    `SELECT 1 FROM relation WHERE NOT EXISTS (SELECT FROM entity WHERE entity.id = subject_id)
       OR NOT EXISTS (SELECT FROM entity WHERE entity.id = object_id)`,
    'SELECT 1 FROM reading WHERE NOT EXISTS (SELECT FROM segment WHERE segment.id = segment_id)',
    'SELECT 1 FROM sentence_vectors WHERE NOT EXISTS (SELECT FROM segment WHERE id = segment_id)',
    'SELECT 1 FROM entity_name WHERE NOT EXISTS (SELECT FROM entity WHERE id = entity_id)',
    `SELECT 1 FROM entity_block WHERE NOT EXISTS (SELECT FROM entity_name n
       WHERE n.entity_id = entity_block.entity_id AND n.normal = entity_block.normal AND block = ANY(n.blocks))`,
    `SELECT id FROM merge WHERE NOT EXISTS (SELECT FROM entity WHERE entity.id = into_id)`,
  ];
  for (const query of queries) expect(await db.query(query), query).toEqual([]);
}
