import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from 'graphql-ws';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { freshDatabase, realNeo4j } from '../servers.ts';
import { run, runWith, serve, start } from './process.ts';

const neo4j = await realNeo4j();
const database = neo4j && (await freshDatabase(18));
const WORKERS = 3;
const JOBS = 6;
const ITEMS = 20;

/** Follows a job at a server until it ends. */
async function ended(url: string, id: string): Promise<string> {
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket });
  let state = '';
  for await (const { data } of client.iterate<{ jobProgress: { job: { state: string } } }>({
    query: 'subscription ($id: ID!) { jobProgress(id: $id) { job { state } } }',
    variables: { id },
  })) {
    state = data?.jobProgress.job.state ?? state;
  }
  await client.dispose();
  return state;
}

describe.skipIf(!database)('two servers and three workers on one Postgres and one Neo4j', () => {
  const tenant = `test workers ${process.pid}`;
  const access = { url: '', user: '', password: '', ...neo4j };
  const environment = {
    SENSEGRAPH_POSTGRES_URL: database?.url ?? '',
    SENSEGRAPH_NEO4J_URL: access.url,
    SENSEGRAPH_NEO4J_USER: access.user,
    SENSEGRAPH_NEO4J_PASSWORD: access.password,
    SENSEGRAPH_NEO4J_TENANT: tenant,
  };
  afterAll(async () => {
    const server = await Neo4jServer.open(access);
    await server.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
    await server.close();
    await database?.drop();
  });

  it('finish every job though a worker is killed, tell of it at either server, and leave the stores equal', async () => {
    const data = await mkdtemp(join(tmpdir(), 'sensegraph-workers-'));
    const only = ['--no-ingest'];
    const [left, right] = await Promise.all([serve(data, only, environment), serve(data, only, environment)]);
    const workers = Array.from({ length: WORKERS }, () =>
      start(['worker', '--data', data, '--concurrency', '2', '--json'], environment),
    );
    await Promise.all(workers.map(({ stdout }) => stdout && once(createInterface(stdout), 'line')));
    const jobs = await Promise.all(
      Array.from({ length: JOBS }, async (_, job) => {
        const items = Array.from({ length: ITEMS }, (_, n) => ({
          title: `Note ${job} ${n}`,
          text: `Anna Berg came to Port Alder in ${1800 + n}. The bell number ${job * ITEMS + n} was cast by Peter Lowe.`,
        }));
        // Each server takes half of them, and tells of the other's.
        const { ingest } = await (job % 2 === 0 ? left : right).graphql<{ ingest: { job: { id: string } } }>(
          'mutation ($items: [IngestItemInput!]!) { ingest(items: $items) { job { id } } }',
          { items },
        );
        return ingest.job.id;
      }),
    );
    const states = Promise.all(jobs.map((id, job) => ended((job % 2 === 0 ? right : left).url, id)));
    const end = async (worker: ChildProcess, signal: NodeJS.Signals) => {
      const gone = once(worker, 'close');
      worker.kill(signal);
      await gone;
    };
    const [victim, ...others] = workers;
    if (victim) await end(victim, 'SIGKILL');
    expect(await states).toEqual(jobs.map(() => 'COMPLETED'));
    for (const id of jobs) {
      const { job } = await left.graphql<{ job: { done: number; failed: number } }>(
        'query ($id: ID!) { job(id: $id) { done failed } }',
        { id },
      );
      expect(job).toEqual({ done: ITEMS, failed: 0 });
    }
    await Promise.all([left.stop(), right.stop(), ...others.map((worker) => end(worker, 'SIGINT'))]);
    const rebuilt = await runWith(environment, 'graph', 'rebuild', '--data', data, '--json');
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ state: 'DONE', changes: 0 });
    await rm(data, { recursive: true, force: true });
  });

  it('are needed for a server that only answers, which says so', async () => {
    const { code, stderr } = await run('serve', '--no-ingest', '--port', '0');
    expect(code).toBe(2);
    expect(stderr).toContain('SENSEGRAPH_POSTGRES_URL');
  });

  it('take no number of payloads that makes no sense', async () => {
    const { code, stderr } = await runWith(environment, 'worker', '--concurrency', 'many');
    expect(code).toBe(2);
    expect(stderr).toContain('--concurrency');
  });

  it('are needed for a worker, which says so', async () => {
    const { code, stderr } = await run('worker');
    expect(code).toBe(2);
    expect(stderr).toContain('SENSEGRAPH_POSTGRES_URL');
  });
});
