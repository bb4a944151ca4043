import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Neo4jGraphStore } from '../../src/adapters/neo4j/graph-store.ts';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { PostgresServer } from '../../src/adapters/postgres-server/client.ts';
import { PostgresEvents } from '../../src/adapters/postgres-server/events.ts';
import { openServerStores } from '../../src/adapters/postgres-server/open.ts';
import type { SensegraphEvent } from '../../src/ports/stores.ts';
import { DEFAULT_TENANT } from '../../src/ports/tenants.ts';
import { relay, type Relay } from '../relay.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';

const database = await freshDatabase(18);
const neo4j = await realNeo4j();

function through(url: string, { port }: Relay): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}
const addressOf = (url: string) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) });

describe.skipIf(!database)('Postgres behind a network that forgets connections', () => {
  const url = database?.url ?? '';
  let way: Relay;
  let db: PostgresServer;
  let direct: PostgresServer;
  beforeAll(async () => {
    way = await relay(addressOf(url));
    direct = await PostgresServer.open({ url, log: silentLog });
    db = await PostgresServer.open({ url: through(url, way), log: silentLog, timeoutMs: 1000, idleMs: 2000 });
    await db.exec('CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)');
  });
  afterAll(async () => {
    await db.close();
    await direct.close();
    way.close();
    await database?.drop();
  });

  it('gives up a statement without an answer, and the next one has a new connection', async () => {
    const asked = db.query('SELECT pg_sleep(0.5)');
    await sleep(100);
    way.forget();
    await expect(asked).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('runs a transaction again that lost its connection, once its locks are gone', async () => {
    let runs = 0;
    await db.transaction(async (tx) => {
      await tx.query('UPDATE counter SET n = n + 1');
      if (++runs === 1) way.forget();
      await tx.query('SELECT 1');
    });
    expect(runs).toBeGreaterThan(1);
    expect(await direct.query('SELECT n FROM counter')).toEqual([{ n: 1 }]);
  });

  it('gives up a copy without an answer', async () => {
    await expect(
      db.transaction(async (tx) => {
        way.forget();
        await tx.copy('counter', new Uint8Array(1 << 16));
      }),
    ).rejects.toThrow();
  });

  it('lets events be heard again', async () => {
    const { ledger, close } = await openServerStores({ url, log: silentLog });
    const job = await ledger.createJob([{ ordinal: 0, blobKey: 'k', byteSize: 1, fileName: 'a' }], []);
    const receiver = await PostgresEvents.open(through(url, way), direct, silentLog);
    const sender = await PostgresEvents.open(url, direct, silentLog);
    const [there, here] = [receiver.of(DEFAULT_TENANT), sender.of(DEFAULT_TENANT)];
    const stop = new AbortController();
    const heard: number[] = [];
    const listening = (async () => {
      for await (const event of there.subscribe(stop.signal) as AsyncIterable<SensegraphEvent>)
        heard.push(event.job.done);
    })();
    await sleep(10);
    way.forget();
    here.publish({ type: 'job', job: { ...job, done: 7 } });
    while (heard.length === 0) await sleep(50); // Told again from the ledger, where it stands at 0.
    here.publish({ type: 'job', job: { ...job, done: 8 } });
    while (!heard.includes(8)) await sleep(50);
    stop.abort();
    await listening;
    await Promise.all([receiver.close(), sender.close()]);
    await close();
  });
});

describe.skipIf(!neo4j)('Neo4j behind a network that forgets connections', () => {
  const access = { url: '', user: '', password: '', ...neo4j };
  const tenant = `test half-open ${process.pid}`;
  const node = (caption: string) =>
    ({ op: 'upsertNode', node: { id: 'Entity:1', label: 'Entity', caption, properties: {} } }) as const;
  let way: Relay;
  let server: Neo4jServer;
  let direct: Neo4jServer;
  beforeAll(async () => {
    way = await relay(addressOf(access.url));
    direct = await Neo4jServer.open(access);
    const url = `bolt://127.0.0.1:${way.port}`;
    server = await Neo4jServer.open({ ...access, url, timeoutMs: 1000, retryMs: 1000 });
  });
  afterAll(async () => {
    await direct.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
    await direct.write((tx) =>
      tx.run('MATCH (lock:SensegraphLock {name: $name}) DELETE lock', { name: `turn of ${tenant}` }),
    );
    await direct.close();
    await server.close();
    way.close();
  });

  it('gives up a transaction without an answer, which then never happens', async () => {
    const graph = new Neo4jGraphStore(direct, tenant);
    await graph.apply([node('first')]);
    const asked = server.write(async (tx) => {
      await tx.run("MATCH (node:Sensegraph {tenant: $tenant}) SET node.caption = 'late'", { tenant });
      way.forget();
      await tx.run('RETURN 1');
    });
    await expect(asked).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    await graph.apply([node('second')]); // Its lock is gone.
    expect((await graph.nodes(['Entity:1']))[0]?.caption).toBe('second');
    expect(await server.read((tx) => tx.run('RETURN 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('refuses changes of whoever lost the turn while the network was away', async () => {
    const graph = new Neo4jGraphStore(direct, tenant);
    await graph.apply([node('new')], 2);
    await expect(graph.apply([node('old')], 1)).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    expect((await graph.nodes(['Entity:1']))[0]?.caption).toBe('new');
    await graph.apply([node('newer')], 2);
    await graph.apply([node('newest')], 3);
    expect((await graph.nodes(['Entity:1']))[0]?.caption).toBe('newest');
  });
});
