import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryGraphStore } from '../../src/adapters/memory/graph-store.ts';
import type { Target } from '../../src/adapters/postgres/apply-outbox.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { LedgerAudit } from '../../src/adapters/postgres/graph-audit.ts';
import { enqueueChanges } from '../../src/adapters/postgres/outbox.ts';
import { OutboxProjector } from '../../src/adapters/postgres/projector.ts';
import { SensegraphError } from '../../src/errors.ts';
import type { GraphChange } from '../../src/ports/graph-store.ts';
import { SMALL_SPACE, type LedgerStores } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';

export interface AuditStores extends Pick<LedgerStores, 'db' | 'ledger' | 'graph' | 'vectors'> {
  readonly target: Target;
}

/** Has time for a few changes in one transaction. */
class SlowGraph extends MemoryGraphStore {
  override async apply(changes: readonly GraphChange[]): Promise<void> {
    if (changes.length > 40) throw new SensegraphError('REMOTE_FAILED', 'It took too long.');
    await super.apply(changes);
  }
}

const NONE = { missing: 0, extra: 0, different: 0, examples: [] };

/** How ledger and graph are held against one another. `empty` gives both without content. */
export function graphAuditContract(name: string, empty: () => Promise<AuditStores>, numRuns = 12): void {
  const open = async () => {
    const stores = await empty();
    const { db, target } = stores;
    await db.exec('DELETE FROM outbox_parked');
    await db.query("UPDATE projection SET graph = $1, rebuilding = NULL, position = ''", [target.identity]);
    await stores.vectors.ensureSpace(SMALL_SPACE);
    // Small pages, so that a few nodes are several.
    return {
      ...stores,
      audit: new LedgerAudit(db, target, silentLog, 3),
      projector: new OutboxProjector(db, target, silentLog),
    };
  };
  const filled = async () => {
    const stores = await open();
    await stores.ledger.commit([
      smallRecord({ number: 1, text: ['A. B.', 'C. D.'], facts: [fact(0, 1), fact(1, 2)] }),
      smallRecord({ number: 2, facts: [fact(1, 3), fact(3, 4, { type: 'IS_A' })] }),
    ]);
    await stores.projector.project();
    return stores;
  };

  describe(`the audit of ${name}`, () => {
    it('finds nothing where all is well, also with changes that wait', async () => {
      const { audit, ledger, projector } = await filled();
      const audited = await audit.compare();
      expect(audited.differences).toEqual(NONE);
      expect(audited.nodes).toBe(2 + 3 + 5);
      await ledger.deleteAsset('Asset:2');
      await ledger.commit([smallRecord({ number: 3, facts: [fact(0, 5)] })]);
      expect((await projector.state()).pending).toBe(2);
      expect((await audit.compare()).differences).toEqual(NONE);
      expect(await projector.state()).toEqual({ pending: 0, lagSeconds: 0, parked: 0 });
    });

    it('finds and mends what is missing, too much, or other than the ledger says', async () => {
      const { audit, graph } = await filled();
      const [asset] = await graph.nodes(['Asset:1']);
      if (!asset) throw new Error('There is no asset.');
      await graph.apply([
        { op: 'deleteNode', id: 'Entity:1' },
        { op: 'upsertNode', node: { ...asset, caption: 'forged' } },
        { op: 'upsertNode', node: { id: 'Entity:x', label: 'Entity', caption: 'nobody', properties: {} } },
        {
          op: 'upsertEdge',
          edge: {
            id: 'Entity:0|IS_A|Entity:x',
            type: 'IS_A',
            from: 'Entity:0',
            to: 'Entity:x',
            weight: 1,
            properties: {},
          },
        },
      ]);
      const { differences } = await audit.compare();
      expect(differences).toMatchObject({ extra: 2, different: 1 });
      expect(differences.missing).toBeGreaterThan(3);
      expect(differences.examples).toContain('Asset:1');
      expect(await audit.rebuild()).toBe(differences.missing + 1 + 1); // The extra node takes its edge with it.
      expect((await audit.compare()).differences).toEqual(NONE);
      expect(await audit.rebuild()).toBe(0);
    });

    it('fills an empty graph, and goes on where it was stopped, while others write', async () => {
      const { audit, ledger, graph, projector } = await filled();
      for (let after = ''; ;) {
        const { nodes } = await graph.scan(after, 100);
        if (nodes.length === 0) break;
        await graph.apply(nodes.map(({ id }) => ({ op: 'deleteNode', id })));
        after = nodes.at(-1)?.id ?? '';
      }
      const stop = new AbortController();
      const first = audit.rebuild({ signal: stop.signal, onProgress: () => stop.abort() });
      await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
      // Its entities are not in the graph yet: nothing may be put aside for that.
      await ledger.commit([smallRecord({ number: 3, facts: [fact(0, 1), fact(3, 4)] })]);
      await projector.project();
      expect(await projector.state()).toMatchObject({ pending: 0, parked: 0 });
      await ledger.deleteAsset('Asset:1');
      await audit.rebuild();
      expect((await audit.compare()).differences).toEqual(NONE);
    });

    it('is brought in smaller parts what it has no time for at once', async () => {
      const { db, ledger, target } = await open();
      for (let number = 0; number < 20; number++)
        await ledger.commit([smallRecord({ number, facts: [fact(number % 5, (number + 1) % 5)] })]);
      const slow = new SlowGraph();
      const projector = new OutboxProjector(db, { identity: target.identity, graphIn: () => slow }, silentLog);
      let failures = 0;
      while ((await projector.state()).pending > 0) await projector.project().catch(() => (failures += 1));
      expect(failures).toBeGreaterThan(0);
      expect(failures).toBeLessThan(20);
      expect((await slow.nodes(Array.from({ length: 20 }, (_, number) => `Asset:${number}`))).length).toBe(20);
    });

    it('puts aside what the graph refuses, lets the rest go on, and is mended', async () => {
      const { audit, db, ledger, projector } = await filled();
      const loose = { id: 'Entity:0|IS_A|Entity:9', type: 'IS_A', from: 'Entity:0', to: 'Entity:9' } as const;
      await db.transaction((tx) =>
        enqueueChanges(tx, [[{ op: 'upsertEdge', edge: { ...loose, weight: 1, properties: {} } }]]),
      );
      await ledger.commit([smallRecord({ number: 3, facts: [fact(0, 1)] })]);
      expect(await projector.project()).toBe(2);
      expect(await projector.state()).toEqual({ pending: 0, lagSeconds: 0, parked: 1 });
      expect(await projector.parked(10)).toMatchObject([
        { id: expect.stringMatching(/^\d+$/), reason: 'An edge names Entity:9, which is not in the graph.' },
      ]);
      expect((await audit.compare()).differences).toEqual(NONE);
      await audit.rebuild();
      expect((await projector.state()).parked).toBe(0);
    });

    it('names every place that holds something of an asset, and none once it is deleted', async () => {
      const { audit, ledger, projector } = await filled();
      const places = (await audit.traces('Asset:1')).map((trace) => trace.place);
      expect(places).toEqual(
        expect.arrayContaining(['table asset', 'table segment', 'table mention', 'nodes of the graph']),
      );
      expect(places.some((place) => place.includes('vectors_'))).toBe(true);
      await ledger.deleteAsset('Asset:1');
      await projector.project();
      expect(await audit.traces('Asset:1')).toEqual([]);
      expect(await audit.traces('Asset:2')).not.toEqual([]);
      await expect(audit.traces('Entity:1')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });

    it('refuses another graph than the ledger’s own until it is rebuilt', async () => {
      const { db, target, ledger, projector, audit } = await filled();
      const elsewhere = { ...target, identity: 'another graph' };
      const other = new OutboxProjector(db, elsewhere, silentLog);
      await ledger.commit([smallRecord({ number: 3, facts: [fact(0, 1)] })]);
      await expect(other.project()).rejects.toThrow('sensegraph graph rebuild');
      expect(await projector.project()).toBe(1);
      await new LedgerAudit(db, elsewhere, silentLog).rebuild();
      await expect(projector.project()).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(await other.project()).toBe(0);
      await audit.rebuild();
    });

    it('mends any damage', async () => {
      const kind = fc.constantFrom('delete', 'forge', 'cut');
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(kind, fc.nat(20)), { maxLength: 6 }), async (damage) => {
          const { audit, graph } = await filled();
          for (const [how, n] of damage) {
            const { nodes, edges } = await graph.scan('', 100);
            const [node, edge] = [nodes[n % nodes.length], edges[n % edges.length]];
            if (how === 'delete' && node) await graph.apply([{ op: 'deleteNode', id: node.id }]);
            if (how === 'forge' && node)
              await graph.apply([{ op: 'upsertNode', node: { ...node, properties: { n } } }]);
            if (how === 'cut' && edge) await graph.apply([{ op: 'deleteEdge', id: edge.id }]);
          }
          await audit.rebuild();
          expect((await audit.compare()).differences).toEqual(NONE);
        }),
        { numRuns },
      );
    });
  });
}
