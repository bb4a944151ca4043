import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thinNodes } from '../../src/adapters/neo4j/apply.ts';
import { migrateNeo4j, readCypherMigrations } from '../../src/adapters/neo4j/migrate.ts';
import { openNeo4jGraph, type Neo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { packageRoot } from '../../src/config.ts';
import { realNeo4j } from '../servers.ts';
import { graphStoreContract } from './graph-store.ts';

const access = await realNeo4j();

describe.skipIf(!access)('Neo4j', () => {
  const options = { url: '', user: '', password: '', ...access };
  const tenant = `test ${process.pid}`;
  let server: Neo4jServer;
  let opened: Neo4jGraph[];
  beforeAll(async () => {
    server = await Neo4jServer.open(options);
    // Several at once: each may be the one that makes the schema.
    opened = await Promise.all([1, 2, 3].map(() => openNeo4jGraph({ ...options, tenant }, silentLog)));
  });
  afterAll(async () => {
    await clear();
    await Promise.all([server, ...opened].map((one) => one.close()));
  });
  const clear = () =>
    server.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));

  graphStoreContract(
    'the graph in Neo4j',
    async () => {
      await clear();
      return opened[0]?.graph as Neo4jGraph['graph'];
    },
    25,
  );

  it('keeps tenants apart', async () => {
    await clear();
    const other = await openNeo4jGraph({ ...options, tenant: `${tenant} other` }, silentLog);
    const node = { id: 'Entity:1', label: 'Entity', caption: 'mine', properties: {} } as const;
    await opened[0]?.graph.apply([{ op: 'upsertNode', node }]);
    expect(await other.graph.nodes(['Entity:1'])).toEqual([]);
    expect(await other.graph.scan('', 10)).toEqual({ nodes: [], edges: [] });
    await other.graph.apply([{ op: 'deleteNode', id: 'Entity:1' }]);
    expect(await opened[1]?.graph.nodes(['Entity:1'])).toEqual([node]);
    await other.close();
  });

  it('deletes the edges of a hub in parts, where they are more than a transaction should hold', async () => {
    await clear();
    const graph = opened[0]?.graph as Neo4jGraph['graph'];
    const hub = { id: 'Entity:hub', label: 'Entity', caption: 'hub', properties: {} } as const;
    const others = Array.from({ length: 12 }, (_, i) => ({ ...hub, id: `Entity:${i}`, caption: `${i}` }));
    await graph.apply([hub, ...others].map((node) => ({ op: 'upsertNode', node })));
    await graph.apply(
      others.map(({ id }) => ({
        op: 'upsertEdge',
        edge: { id: `${id}|RELATES_TO|${hub.id}`, type: 'RELATES_TO', from: id, to: hub.id, weight: 1, properties: {} },
      })),
    );
    const thin = () => server.write((tx) => thinNodes(tx, tenant, [hub.id], 5));
    expect([await thin(), await thin(), await thin()]).toEqual([5, 5, 0]);
    await graph.apply([{ op: 'deleteNode', id: hub.id }]);
    expect(await graph.counts()).toEqual({ nodes: others.length, edges: 0 });
  });

  it('takes every saved query for Neo4j Browser', async () => {
    const folder = join(packageRoot, 'graph', 'browser');
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.cypher'))) {
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll(/^\/\/.*\n/gm, '');
      const parameters = { tenant, name: 'Entity 1', from: 'entity 1', to: 'entity 2' };
      await expect(
        server.read((tx) => tx.run(text, parameters)),
        name,
      ).resolves.toBeInstanceOf(Array);
    }
  });

  it('refuses a schema that was changed or is newer, and a wrong password', async () => {
    const known = await readCypherMigrations();
    expect(await migrateNeo4j(server, known)).toEqual([]);
    const changed = known.map((one) => ({ ...one, checksum: 'other' }));
    await expect(migrateNeo4j(server, changed)).rejects.toThrow('was changed after it was applied');
    await expect(migrateNeo4j(server, [])).rejects.toThrow('start the newer version');
    await expect(Neo4jServer.open({ ...options, password: 'wrong' })).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    await expect(Neo4jServer.open({ ...options, url: 'bolt://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'REMOTE_FAILED',
    });
  });
});
