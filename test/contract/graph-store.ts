import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryGraphStore } from '../../src/adapters/memory/graph-store.ts';
import type { GraphChange, GraphEdge, GraphNode, GraphStore, Subgraph } from '../../src/ports/graph-store.ts';
import { batch, expansion, put } from './random-graphs.ts';

const entity = (n: number): GraphNode => ({
  id: `Entity:${n}`,
  label: 'Entity',
  caption: `entity ${n}`,
  properties: { kind: 'NAME', aliases: [`alias ${n}`] },
});

const relates = (from: number, to: number, weight = 0.5, predicate = 'meets'): GraphEdge => ({
  id: `Entity:${from}|RELATES_TO|Entity:${to}|${predicate}`,
  type: 'RELATES_TO',
  from: `Entity:${from}`,
  to: `Entity:${to}`,
  weight,
  properties: { predicate },
});

const ids = (graph: Subgraph): { nodes: string[]; edges: string[] } => ({
  nodes: graph.nodes.map((node) => node.id).toSorted(),
  edges: graph.edges.map((edge) => edge.id).toSorted(),
});

/** What every GraphStore must do. `empty` gives a store without nodes; `numRuns`: random graphs tried. */
export function graphStoreContract(name: string, empty: () => Promise<GraphStore>, numRuns = 60): void {
  describe(`${name} as a GraphStore`, () => {
    it('gives nodes in the order asked and leaves unknown ones out', async () => {
      const graph = await empty();
      await graph.apply(put(entity(1), entity(2)));
      expect(await graph.nodes(['Entity:2', 'Entity:9', 'Entity:1'])).toEqual([entity(2), entity(1)]);
      expect(await graph.nodes([])).toEqual([]);
    });

    it('gives edges in the order asked and leaves unknown ones out', async () => {
      const graph = await empty();
      const [a, b] = [relates(1, 2), relates(2, 1)];
      await graph.apply(put(entity(1), entity(2), a, b));
      expect(await graph.edges([b.id, 'none', a.id])).toEqual([b, a]);
      expect(await graph.edges([])).toEqual([]);
    });

    it('changes nothing when the same changes are applied twice', async () => {
      const graph = await empty();
      const changes = put(entity(1), entity(2), relates(1, 2));
      await graph.apply(changes);
      await graph.apply(changes);
      expect(await graph.counts()).toEqual({ nodes: 2, edges: 1 });
    });

    it('replaces what is upserted again', async () => {
      const graph = await empty();
      await graph.apply(put(entity(1), entity(2), relates(1, 2, 0.2), { ...entity(1), caption: 'new' }));
      await graph.apply(put(relates(1, 2, 0.9)));
      const found = await graph.expand({ from: ['Entity:1'], hops: 1, fanout: 5 });
      expect(found.edges).toEqual([relates(1, 2, 0.9)]);
      expect(found.nodes[0]?.caption).toBe('new');
    });

    it('takes the edges with a node', async () => {
      const graph = await empty();
      await graph.apply(put(entity(1), entity(2), entity(3), relates(1, 2), relates(3, 1), relates(2, 3)));
      await graph.apply([{ op: 'deleteNode', id: 'Entity:1' }, ...put(entity(1))]);
      expect(await graph.counts()).toEqual({ nodes: 3, edges: 1 });
    });

    it('refuses an edge to nowhere, and then applies nothing at all', async () => {
      const graph = await empty();
      await expect(graph.apply(put(entity(1), relates(1, 2)))).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(graph.apply(put(entity(1), relates(1, 2), entity(2)))).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(await graph.counts()).toEqual({ nodes: 0, edges: 0 });
    });

    it('takes the heaviest edges of a node first', async () => {
      const graph = await empty();
      const edges = [0.1, 0.9, 0.5, 0.7].map((weight, i) => relates(0, i + 1, weight));
      await graph.apply(put(...[0, 1, 2, 3, 4].map(entity), ...edges));
      const found = await graph.expand({ from: ['Entity:0'], hops: 1, fanout: 2 });
      expect(ids(found).nodes).toEqual(['Entity:0', 'Entity:2', 'Entity:4']);
    });

    it('keeps a hub but does not walk through it, unless it is a seed', async () => {
      const graph = await empty();
      const spokes = [1, 2, 3, 4, 5];
      await graph.apply(put(...[0, ...spokes].map(entity), ...spokes.map((n) => relates(0, n))));
      const from = { hops: 2, fanout: 10, skipDegreeOver: 3 };
      expect(ids(await graph.expand({ ...from, from: ['Entity:1'] })).nodes).toEqual(['Entity:0', 'Entity:1']);
      expect((await graph.expand({ ...from, from: ['Entity:0'] })).nodes).toHaveLength(6);
    });

    it('narrows relations to predicates and types', async () => {
      const graph = await empty();
      await graph.apply(put(entity(1), entity(2), entity(3), relates(1, 2), relates(1, 3, 0.4, 'built')));
      const narrow = { from: ['Entity:1'], hops: 1, fanout: 5 };
      expect(ids(await graph.expand({ ...narrow, predicates: ['built'] })).nodes).toEqual(['Entity:1', 'Entity:3']);
      expect((await graph.expand({ ...narrow, types: ['IS_A'] })).nodes).toHaveLength(1);
    });

    it('counts edges of both directions up to a limit', async () => {
      const graph = await empty();
      await graph.apply(put(...[0, 1, 2, 3].map(entity), relates(0, 1), relates(2, 0), relates(0, 3)));
      expect(await graph.degrees(['Entity:0', 'Entity:1', 'Entity:9'])).toEqual(
        new Map([
          ['Entity:0', 3],
          ['Entity:1', 1],
          ['Entity:9', 0],
        ]),
      );
      expect((await graph.degrees(['Entity:0'], undefined, 2)).get('Entity:0')).toBe(2);
      expect((await graph.degrees(['Entity:0'], ['IS_A'])).get('Entity:0')).toBe(0);
    });

    it('keeps properties of any shape', async () => {
      const graph = await empty();
      const odd = {
        ...entity(1),
        properties: { id: 'own', nested: { list: [1, 'two', null] }, none: null, empty: [], part: [1, 0.5], count: 3 },
      };
      const edge = { ...relates(1, 2, 0.5, 'a|b'), properties: { predicate: 'a|b', key: 'own', sentences: [0, 4] } };
      await graph.apply(put(odd, entity(2), edge));
      expect(await graph.nodes(['Entity:1'])).toEqual([odd]);
      expect((await graph.expand({ from: ['Entity:2'], hops: 1, fanout: 1 })).edges).toEqual([edge]);
      await graph.apply([{ op: 'deleteEdge', id: edge.id }]);
      expect(await graph.counts()).toEqual({ nodes: 2, edges: 0 });
    });

    it('is looked through by pages, each node with the edges that leave it', async () => {
      const graph = await empty();
      await graph.apply(
        put(...[1, 2, 3, 4, 5].map(entity), relates(1, 2), relates(2, 1), relates(5, 1), relates(3, 3)),
      );
      const pages: Subgraph[] = [];
      for (let after = ''; ;) {
        const page = await graph.scan(after, 2);
        if (page.nodes.length === 0) break;
        pages.push(page);
        after = page.nodes.at(-1)?.id ?? '';
      }
      expect(pages.map((page) => page.nodes.map((node) => node.id))).toEqual([
        ['Entity:1', 'Entity:2'],
        ['Entity:3', 'Entity:4'],
        ['Entity:5'],
      ]);
      expect(pages.map((page) => ids(page).edges.length)).toEqual([2, 1, 1]);
      expect(pages[0]?.nodes).toEqual([entity(1), entity(2)]);
      expect(pages[2]?.edges).toEqual([relates(5, 1)]);
    });

    it('agrees with the reference on any changes and any expansion', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(batch(), { maxLength: 4 }), expansion(), async (batches, how) => {
          const graph = await empty();
          const reference = new MemoryGraphStore();
          for (const changes of batches) {
            const refused = await refuses(reference, changes);
            expect(await refuses(graph, changes)).toBe(refused);
          }
          expect(await graph.counts()).toEqual(await reference.counts());
          const [found, expected] = [await graph.expand(how), await reference.expand(how)];
          expect(ids(found)).toEqual(ids(expected));
          expect(new Set(found.nodes)).toEqual(new Set(expected.nodes));
          expect(new Set(found.edges)).toEqual(new Set(expected.edges));
          expect(await graph.degrees(how.from, how.types)).toEqual(await reference.degrees(how.from, how.types));
        }),
        { numRuns },
      );
    });
  });
}

async function refuses(graph: GraphStore, changes: readonly GraphChange[]): Promise<boolean> {
  return graph.apply(changes).then(
    () => false,
    () => true,
  );
}
