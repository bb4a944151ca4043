import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphKey, openNeo4jGraph, type Neo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openServerStores, type ServerStores } from '../../src/adapters/postgres-server/open.ts';
import { DEFAULT_TENANT } from '../../src/ports/tenants.ts';
import { removeTenant } from '../../src/remove-tenant.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';

const access = await realNeo4j();
const database = access && (await freshDatabase(18));

describe.skipIf(!access || !database)('tenants of one Postgres in one Neo4j', () => {
  const options = { url: '', user: '', password: '', ...access };
  const ledger = `test tenants ${process.pid}`;
  const names = [DEFAULT_TENANT, 'acme', 'busy'];
  let server: Neo4jServer;
  let other: Neo4jGraph;
  let stores: ServerStores;
  beforeAll(async () => {
    server = await Neo4jServer.open(options);
    other = await openNeo4jGraph({ ...options, tenant: ledger }, silentLog);
    stores = await openServerStores({ url: database?.url ?? '', log: silentLog, graph: other });
    for (const name of names) {
      await stores.tenants.add(name);
      const tenant = await stores.forTenant(name);
      await tenant.vectors.ensureSpace(SMALL_SPACE);
      // The same asset for each, and one more for each but the first.
      const records = names.slice(0, names.indexOf(name) + 1).map((_, number) => record(number));
      await tenant.ledger.commit(records);
      await tenant.projector.project();
    }
  });
  afterAll(async () => {
    for (const name of names) await clear(graphKey(ledger, name));
    await Promise.all([stores.close(), other.close(), server.close()]);
    await database?.drop();
  });
  const record = (number: number) => smallRecord({ number, facts: [fact(0, 1), fact(number, number + 1)] });
  const clear = (tenant: string) =>
    server.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));

  it('have each what is their own, also where ids are the same', async () => {
    for (const [i, name] of names.entries()) {
      const { graph, audit } = await stores.forTenant(name);
      const ids = (await graph.nodes(['Asset:0', 'Asset:1', 'Asset:2'])).map(({ id }) => id);
      expect(ids, name).toEqual(['Asset:0', 'Asset:1', 'Asset:2'].slice(0, i + 1));
      const { differences } = await audit.compare();
      expect(differences, name).toMatchObject({ missing: 0, extra: 0, different: 0 });
    }
  });

  it('lose nothing by another’s delete', async () => {
    const [acme, busy] = [await stores.forTenant('acme'), await stores.forTenant('busy')];
    const before = await busy.graph.counts();
    await acme.ledger.deleteAsset('Asset:0');
    await acme.projector.project();
    expect(await acme.graph.nodes(['Asset:0'])).toEqual([]);
    expect(await busy.graph.nodes(['Asset:0'])).toHaveLength(1);
    expect(await busy.graph.counts()).toEqual(before);
  });

  it('are rebuilt one by one from their own ledger', async () => {
    const busy = await stores.forTenant('busy');
    const acme = await stores.forTenant('acme');
    const [whole, others] = [await busy.graph.counts(), await acme.graph.counts()];
    await clear(graphKey(ledger, 'busy'));
    expect(await busy.graph.counts()).toEqual({ nodes: 0, edges: 0 });
    expect(await busy.audit.rebuild()).toBeGreaterThan(0);
    expect(await busy.graph.counts()).toEqual(whole);
    expect(await acme.graph.counts()).toEqual(others);
  });

  it('go whole, and alone', async () => {
    const acme = await stores.forTenant('acme');
    const before = await acme.graph.counts();
    const bytes = { removeAll: async () => {}, hasAny: async () => false };
    const forgetGraph = (name: string) => other.of(name).forget();
    expect(await removeTenant('busy', { ...stores, forgetGraph }, bytes, 0)).toEqual([]);
    const left = await server.read((tx) =>
      tx.run('MATCH (any) WHERE any.name CONTAINS $name OR any.tenant = $name RETURN any', {
        name: graphKey(ledger, 'busy'),
      }),
    );
    expect(left).toEqual([]);
    expect(await other.of('busy').graph.counts()).toEqual({ nodes: 0, edges: 0 });
    expect(await acme.graph.counts()).toEqual(before);
  });
});
