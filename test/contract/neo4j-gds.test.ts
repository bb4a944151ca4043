import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNeo4jGraph, type Neo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { openEmbeddedStores, type EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { analyseGraph } from '../../src/analyse-graph.ts';
import { packageRoot } from '../../src/config.ts';
import type { GraphMeasures } from '../../src/ports/graph-measures.ts';
import { realNeo4j, realNeo4jGds, type Neo4jAccess } from '../servers.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';

const NONE = { missing: 0, extra: 0, different: 0, examples: [] };

/** Two circles of entities, 0…3 and 10…14, that nothing joins; 3 and 2 are in the same passages. */
const RECORDS = [
  smallRecord({ number: 1, text: ['A. B.', 'C. D.'], facts: [fact(0, 1), fact(0, 2), fact(0, 3), fact(1, 2)] }),
  smallRecord({ number: 2, facts: [fact(0, 2), fact(0, 3)] }),
  smallRecord({ number: 3, facts: [fact(10, 11), fact(10, 12), fact(11, 12)] }),
  smallRecord({ number: 4, text: ['E. F.'], facts: [fact(10, 13), fact(10, 14), fact(13, 14, { type: 'IS_A' })] }),
];

/** Whole graphs in a Neo4j, measured by its engine where it has one. */
function analysisContract(name: string, access: Neo4jAccess | undefined, engine: RegExp): void {
  describe.skipIf(!access)(name, () => {
    const options = { url: '', user: '', password: '', ...access };
    const tenant = `test analysis ${process.pid}`;
    let server: Neo4jServer;
    let other: Neo4jGraph;
    let stores: EmbeddedStores & { readonly measures: GraphMeasures };
    beforeAll(async () => {
      server = await Neo4jServer.open(options);
      other = await openNeo4jGraph({ ...options, tenant }, silentLog);
      const embedded = await openEmbeddedStores({ dataDir: 'memory://', log: silentLog, graph: other });
      stores = { ...embedded, measures: other.measures };
      await stores.vectors.ensureSpace(SMALL_SPACE);
      await stores.ledger.commit(RECORDS);
      await stores.projector.project();
    });
    afterAll(async () => {
      await server.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
      await Promise.all([stores.close(), other.close(), server.close()]);
    });
    const kept = async (): Promise<Map<string, { pageRank: number; community: number; similar: string[] | null }>> => {
      const rows = await server.read((tx) =>
        tx.run<{ id: string; pageRank: number; community: number; similar: string[] | null }>(
          `MATCH (node:Sensegraph {tenant: $tenant})
           RETURN node.id AS id, node.pageRank AS pageRank, node.community AS community, node.similar AS similar`,
          { tenant },
        ),
      );
      return new Map(rows.map(({ id, ...rest }) => [id, rest]));
    };

    it('keeps with each node how central it is, its community, and what is like it', async () => {
      const before = await stores.graph.scan('', 100);
      const found = await analyseGraph(stores);
      expect(found).toMatchObject({
        engine: expect.stringMatching(engine),
        isKept: true,
        ...(await stores.graph.counts()),
      });
      expect(found.largest.reduce((sum, { size }) => sum + size, 0)).toBe(found.nodes);
      const nodes = await kept();
      expect(nodes.size).toBe(found.nodes);
      const entities = [...nodes].filter(([id]) => id.startsWith('Entity:'));
      const [first] = entities.toSorted(([, a], [, b]) => b.pageRank - a.pageRank);
      expect(['Entity:0', 'Entity:10']).toContain(first?.[0]);
      expect(found.central[0]?.id).toBe(first?.[0]);
      const communities = (of: (n: number) => boolean): Set<number> =>
        new Set(entities.flatMap(([id, { community }]) => (of(Number(id.slice(7))) ? [community] : [])));
      const later = communities((n) => n >= 10);
      expect([...communities((n) => n < 10)].filter((number) => later.has(number))).toEqual([]);
      expect(nodes.get('Entity:3')?.similar).toContain('Entity:2');
      expect(nodes.get('Entity:3')?.similar).not.toContain('Entity:10');
      expect(nodes.get('Asset:1')?.similar).toBeNull();
      // Beside what the ledger says: nothing that reads the graph or audits it sees a change.
      expect(await stores.graph.scan('', 100)).toEqual(before);
      expect((await stores.audit.compare()).differences).toEqual(NONE);
    });

    it('gives the same again, leaves no copy in the engine, and lets a node keep it that is written again', async () => {
      const [first, node] = [await kept(), (await stores.graph.nodes(['Entity:3']))[0]];
      if (!node) throw new Error('There is no such node.');
      const twice = [await analyseGraph(stores), await analyseGraph(stores)];
      expect(twice[0]).toEqual(twice[1]);
      expect((await kept()).get('Entity:3')).toEqual(first.get('Entity:3'));
      await stores.graph.apply([{ op: 'upsertNode', node: { ...node, caption: 'Another name' } }]);
      expect((await kept()).get('Entity:3')).toEqual(first.get('Entity:3'));
      await stores.graph.apply([{ op: 'upsertNode', node }]);
      // A property of such a name, should the ledger ever have one, is another thing.
      const odd = { ...node, properties: { ...node.properties, community: 'of its own' } };
      await stores.graph.apply([{ op: 'upsertNode', node: odd }]);
      expect(await stores.graph.nodes(['Entity:3'])).toEqual([odd]);
      expect((await kept()).get('Entity:3')).toEqual(first.get('Entity:3'));
      await stores.graph.apply([{ op: 'upsertNode', node }]);
      if (await stores.measures.engine())
        expect(
          await server.auto("CALL gds.graph.list() YIELD graphName WHERE graphName STARTS WITH 'sensegraph' RETURN 1"),
        ).toEqual([]);
    });

    it('serves the saved queries on it', async () => {
      const folder = join(packageRoot, 'graph', 'browser');
      const said = 'First run: sensegraph graph analyse';
      const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
      const queries = texts.filter((text) => text.includes(said));
      expect(queries).toHaveLength(3);
      for (const text of queries) {
        const rows = await server.read((tx) => tx.run(text.replaceAll(/^\/\/.*\n/gm, ''), { tenant }));
        expect(rows, text).not.toEqual([]);
      }
    });

    it('of an empty graph is an empty one', async () => {
      const empty = await openNeo4jGraph({ ...options, tenant: `${tenant} empty` }, silentLog);
      expect(await analyseGraph(empty)).toMatchObject({ nodes: 0, edges: 0, communities: 0, central: [] });
      await empty.close();
    });
  });
}

analysisContract('a Neo4j with Graph Data Science', await realNeo4jGds(), /^Graph Data Science \d/);
analysisContract('a Neo4j without it', await realNeo4j(), /^Sensegraph$/);

describe('the embedded graph', () => {
  it('is analysed in this process up to a size, and says what to do beyond', async () => {
    const stores = await openEmbeddedStores({ dataDir: 'memory://', log: silentLog });
    await stores.vectors.ensureSpace(SMALL_SPACE);
    await stores.ledger.commit(RECORDS);
    await stores.projector.project();
    const found = await analyseGraph(stores);
    expect(found).toMatchObject({ engine: 'Sensegraph', isKept: false, ...(await stores.graph.counts()) });
    expect(found.central).toHaveLength(9);
    expect(['Entity:0', 'Entity:10']).toContain(found.central[0]?.id);
    await expect(analyseGraph(stores, { mostEdges: 3 })).rejects.toThrow('Graph Data Science');
    await expect(analyseGraph(stores, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    await stores.close();
  });
});
