import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNeo4jGraph, type Neo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { LastingProjector } from '../../src/adapters/postgres/lasting-projector.ts';
import { OutboxProjector } from '../../src/adapters/postgres/projector.ts';
import { openServerStores, type ServerStores } from '../../src/adapters/postgres-server/open.ts';
import { relay } from '../relay.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';
import { graphAuditContract } from './graph-audit.ts';
import { ledgerGraphContract } from './ledger-graph.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';
import { emptyLedger } from './sql-stores.ts';

const access = await realNeo4j();
const database = access && (await freshDatabase(18));

describe.skipIf(!access || !database)('a ledger in Postgres with its graph in Neo4j', () => {
  const options = { url: '', user: '', password: '', ...access };
  const tenant = `test ledger ${process.pid}`;
  let server: Neo4jServer;
  let other: Neo4jGraph;
  let stores: ServerStores;
  beforeAll(async () => {
    server = await Neo4jServer.open(options);
    other = await openNeo4jGraph({ ...options, tenant }, silentLog);
    stores = await openServerStores({ url: database?.url ?? '', log: silentLog, graph: other });
  });
  afterAll(async () => {
    await clear();
    await Promise.all([stores.close(), other.close(), server.close()]);
    await database?.drop();
  });
  const clear = () =>
    server.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
  const empty = async (): Promise<ServerStores> => {
    await Promise.all([clear(), emptyLedger(stores.admin)]);
    await stores.vectors.ensureSpace(SMALL_SPACE);
    return stores;
  };

  ledgerGraphContract('the ledger with its graph in Neo4j', empty, 10);
  graphAuditContract(
    'the graph in Neo4j',
    async () => ({ ...(await empty()), target: { identity: other.identity, graphIn: () => other.graph } }),
    4,
  );

  it('takes what is written while the graph is away, and catches up by itself', async () => {
    const { ledger, db } = await empty();
    const { hostname, port } = new URL(options.url);
    const line = await relay({ host: hostname, port: Number(port) });
    const far = await openNeo4jGraph(
      { ...options, tenant, url: `bolt://127.0.0.1:${line.port}`, retryMs: 500 },
      silentLog,
    );
    let runs = 0;
    const graphIn = () => {
      runs += 1;
      return far.graph;
    };
    const target = { identity: far.identity, graphIn };
    const projector = new LastingProjector(new OutboxProjector(db, target, silentLog), silentLog);
    line.cut();
    await ledger.commit([smallRecord({ number: 1, facts: [fact(0, 1)] })]);
    expect(await projector.project()).toBe(0);
    expect((await projector.state()).pending).toBe(1);
    // Else each caller would wait for the failures of all before it.
    runs = 0;
    await Promise.all(Array.from({ length: 20 }, () => projector.project()));
    expect(runs).toBeLessThan(5);
    await expect(far.graph.nodes(['Asset:1'])).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    line.mend();
    while ((await projector.state()).pending > 0) await sleep(100);
    expect(await far.graph.nodes(['Asset:1'])).toHaveLength(1);
    await projector.stop();
    await far.close();
    line.close();
  });
});
