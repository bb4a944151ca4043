import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MemoryGraphStore } from '../../src/adapters/memory/graph-store.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { ledgerGraph } from '../../src/adapters/postgres/ledger-graph.ts';
import { openServerStores, type ServerStores } from '../../src/adapters/postgres-server/open.ts';
import type { SensegraphEvent } from '../../src/ports/stores.ts';
import { waitForStores } from '../../src/wait-for-stores.ts';
import { relay } from '../relay.ts';
import { freshDatabase } from '../servers.ts';
import { fairQueueContract } from './fair-queue.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';
import { random } from '../../graph/algorithms/random.ts';

const database = await freshDatabase(18);
const SERVERS = 3;

describe.skipIf(!database)('several servers on one Postgres', () => {
  const url = database?.url ?? '';
  let servers: ServerStores[];
  beforeAll(async () => {
    // All at once on an empty database: each may be the one that makes the schema.
    servers = await Promise.all(
      Array.from({ length: SERVERS }, () => openServerStores({ url, log: silentLog, retryDelaySeconds: 1 })),
    );
    await Promise.all(servers.map((server) => server.vectors.ensureSpace(SMALL_SPACE)));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await database?.drop();
  });
  const at = (n: number): ServerStores => servers[n % SERVERS] as ServerStores;

  it('make the schema and a space once', async () => {
    const rows = await at(0).db.query<{ n: number }>('SELECT count(*)::int AS n FROM space');
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('leave a graph that is the ledger’s, after commits and edits of the same things at once', async () => {
    const next = random(5);
    const any = (n: number): number => Math.floor(next() * n);
    const edits = Array.from({ length: 120 }, (_, i) => async () => {
      const { ledger, projector } = at(i);
      const kind = any(10);
      const facts = Array.from({ length: 1 + any(3) }, () => fact(any(5), any(5)));
      if (kind < 5)
        await ledger.commit([smallRecord({ number: any(6), facts }), smallRecord({ number: any(6), facts })]);
      else if (kind < 8) await ledger.deleteAsset(`Asset:${any(6)}`);
      else await ledger.mergeEntities(`Entity:${any(5)}`, [`Entity:${any(5)}`]).catch(() => {}); // Often there is none.
      if (any(3) === 0) await projector.project();
    });
    for (let i = 0; i < edits.length; i += 12) await Promise.all(edits.slice(i, i + 12).map((edit) => edit()));
    await at(0).projector.project();
    const { db, ledger } = at(1);
    expect((await ledger.counts()).outbox).toBe(0);
    const rebuilt = new MemoryGraphStore();
    for await (const changes of ledgerGraph(db)) await rebuilt.apply(changes);
    const edges = 'SELECT id, type, from_id AS "from", to_id AS "to", weight, properties FROM graph_edge ORDER BY id';
    expect({
      nodes: await db.query('SELECT id, label, caption, properties FROM graph_node ORDER BY id'),
      edges: await db.query(edges),
    }).toEqual(rebuilt.contents());
    expect(
      await db.query('SELECT id FROM mention WHERE NOT EXISTS (SELECT FROM entity WHERE entity.id = entity_id)'),
    ).toEqual([]);
  });

  it('hear each other’s events in order, also after their listening connection was cut', async () => {
    const job = await at(0).ledger.createJob([{ ordinal: 0, blobKey: 'k', byteSize: 1, fileName: 'a' }], []);
    const heard: number[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const event of at(1).events.subscribe(stop.signal) as AsyncIterable<SensegraphEvent>) {
        if (event.job.id === job.id) heard.push(event.job.done);
      }
    })();
    await sleep(10);
    for (const done of [1, 2, 3]) at(0).events.publish({ type: 'job', job: { ...job, done } });
    await waitFor(() => heard.length === 3);
    expect(heard).toEqual([1, 2, 3]);
    await at(0).admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sensegraph events' AND datname = current_database()",
    );
    // Told again from the ledger once it listens anew: the job as it stands.
    await waitFor(() => heard.length > 3);
    expect(heard[3]).toBe(0);
    stop.abort();
    await listening;
  });

  it('hand a payload to one of them, and not twice what is queued already', async () => {
    const seen: string[] = [];
    const payloads = Array.from({ length: 9 }, (_, n) => ({ n }));
    await Promise.all(servers.map(({ queue }) => queue.send('shared', payloads)));
    // From now on: what is done may be queued again.
    for (const [n, { queue }] of servers.entries())
      await queue.work('shared', async (payload) => {
        await sleep(5);
        seen.push(`${(payload as { n: number }).n} at ${n}`);
      });
    await waitFor(() => seen.length >= 9);
    await sleep(2500); // Longer than a poll: a second delivery would have come.
    expect(seen.map((one) => one.split(' ')[0]).toSorted()).toEqual(payloads.map(({ n }) => String(n)));
  });

  fairQueueContract('Postgres', async () => [at(1), at(2)]);

  it('have as many payloads in hand as asked for, and one alone while there is no room for more', async () => {
    const { queue } = at(0);
    let hasRoom = true;
    let [inHand, most] = [0, 0];
    const handle = async () => {
      most = Math.max(most, ++inHand);
      await sleep(400);
      inHand -= 1;
    };
    await queue.work('several', handle, { concurrency: 3, hasRoom: () => hasRoom });
    const payloads = (from: number) => Array.from({ length: 40 }, (_, n) => ({ n: from + n }));
    await queue.send('several', payloads(0));
    await waitFor(() => most === 3);
    hasRoom = false;
    await waitFor(() => inHand === 1);
    await sleep(3500); // Each second one is let go.
    most = 0;
    await queue.send('several', payloads(100));
    await sleep(3000);
    expect(most).toBe(1);
    hasRoom = true;
    await waitFor(() => most === 3);
  });

  it('wait for a server that is away when they start, as long as they are told to', async () => {
    const { hostname: host, port } = new URL(url);
    const line = await relay({ host, port: Number(port) });
    const through = new URL(url);
    through.port = String(line.port);
    const open = () => openServerStores({ url: through.href, log: silentLog });
    line.cut();
    await expect(waitForStores(open, undefined, { waitMs: 1500 })).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    const opening = waitForStores(open, undefined, { waitMs: 60_000 });
    await sleep(1500);
    line.mend();
    const { ledger, close } = await opening;
    expect((await ledger.counts()).outbox).toBe(0);
    await close();
    line.close();
  });

  it('redo a transaction that another one was in the way of, and tell of a server that is gone', async () => {
    const { admin: db } = at(0);
    await db.exec('CREATE TABLE pair (id int PRIMARY KEY, n int); INSERT INTO pair VALUES (1, 0), (2, 0)');
    const add = (first: number, second: number) =>
      db.transaction(async (tx) => {
        await tx.query('UPDATE pair SET n = n + 1 WHERE id = $1', [first]);
        await sleep(50);
        await tx.query('UPDATE pair SET n = n + 1 WHERE id = $1', [second]);
      });
    await Promise.all([add(1, 2), add(2, 1)]); // A deadlock, if neither gives way.
    expect(await db.query('SELECT n FROM pair')).toEqual([{ n: 2 }, { n: 2 }]);
    let tries = 0;
    await db.transaction(async (tx) => {
      const [own] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      if (++tries === 1) await at(1).admin.query('SELECT pg_terminate_backend($1)', [own?.pid]);
      await tx.query('UPDATE pair SET n = n + 1');
    });
    expect(await db.query('SELECT n FROM pair')).toEqual([{ n: 3 }, { n: 3 }]);
    await expect(
      openServerStores({ url: 'postgres://nobody:secret@127.0.0.1:9/none', log: silentLog }),
    ).rejects.toMatchObject({ code: 'REMOTE_FAILED', message: expect.not.stringContaining('secret') as string });
  });
});

async function waitFor(look: () => boolean): Promise<void> {
  while (!look()) await sleep(20);
}
