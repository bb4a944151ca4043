/**
 * npm run bench:workers [-- --items N] [--json]
 * Texts a second through two servers that only answer and one, two and three workers, on a real Postgres and Neo4j. The
 * servers are started, or taken as they run (npm run services).
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Neo4jServer } from '../../src/adapters/neo4j/server.ts';
import { note } from '../chaos/texts.ts';
import { serve, start } from '../e2e/process.ts';
import { freshDatabase, realNeo4j, setup } from '../servers.ts';

const { values } = parseArgs({ options: { items: { type: 'string' }, json: { type: 'boolean' } } });
const items = Number(values.items ?? 600);
/** Parts, so that every worker has some. */
const JOBS = 12;
const CASES = [
  { workers: 1, concurrency: 1 },
  { workers: 1, concurrency: 2 },
  { workers: 2, concurrency: 1 },
  { workers: 3, concurrency: 1 },
] as const;

interface Result {
  readonly workers: number;
  readonly concurrency: number;
  readonly itemsPerSecond: number;
}

async function measure(workers: number, concurrency: number): Promise<Result> {
  const [database, neo4j] = [await freshDatabase(18), await realNeo4j()];
  if (!database || !neo4j) throw new Error('This machine lacks Python or Java.');
  const data = await mkdtemp(join(tmpdir(), 'sensegraph-bench-'));
  const tenant = `bench ${process.pid}`;
  const environment = {
    SENSEGRAPH_POSTGRES_URL: database.url,
    SENSEGRAPH_NEO4J_URL: neo4j.url,
    SENSEGRAPH_NEO4J_USER: neo4j.user,
    SENSEGRAPH_NEO4J_PASSWORD: neo4j.password,
    SENSEGRAPH_NEO4J_TENANT: tenant,
    LOG_LEVEL: 'warn',
  };
  const servers = [await serve(data, ['--no-ingest'], environment), await serve(data, ['--no-ingest'], environment)];
  const crew: ChildProcess[] = [];
  for (let n = 0; n < workers; n++)
    crew.push(start(['worker', '--data', data, '--concurrency', String(concurrency), '--json'], environment));
  await Promise.all(crew.map(({ stdout }) => stdout && once(createInterface(stdout), 'line')));
  const put = async (from: number, count: number, job: number): Promise<string> => {
    const { ingest } = await servers[job % servers.length]!.graphql<{ ingest: { job: { id: string } } }>(
      'mutation ($items: [IngestItemInput!]!) { ingest(items: $items) { job { id } } }',
      { items: Array.from({ length: count }, (_, i) => note(from + i)) },
    );
    return ingest.job.id;
  };
  const done = async (id: string): Promise<void> => {
    for (;;) {
      const { job } = await servers[0]!.graphql<{ job: { state: string } }>(
        'query ($id: ID!) { job(id: $id) { state } }',
        { id },
      );
      if (job.state === 'COMPLETED') return;
      await sleep(50);
    }
  };
  // Models load with the first text; each worker should have had one.
  await Promise.all(Array.from({ length: workers * 4 }, (_, job) => put(1_000_000 + job, 1, job).then(done)));
  const started = performance.now();
  const size = Math.ceil(items / JOBS);
  await Promise.all(Array.from({ length: JOBS }, (_, job) => put(job * size, size, job).then(done)));
  const seconds = (performance.now() - started) / 1000;
  for (const worker of crew) {
    worker.kill('SIGINT');
    await once(worker, 'close');
  }
  await Promise.all(servers.map((server) => server.stop()));
  const graph = await Neo4jServer.open(neo4j);
  await graph.write((tx) => tx.run('MATCH (node:Sensegraph {tenant: $tenant}) DETACH DELETE node', { tenant }));
  await graph.close();
  await database.drop();
  await rm(data, { recursive: true, force: true });
  return { workers, concurrency, itemsPerSecond: Math.round((size * JOBS * 10) / seconds) / 10 };
}

const stopServers = setup();
try {
  const results: Result[] = [];
  for (const { workers, concurrency } of CASES) results.push(await measure(workers, concurrency));
  if (values.json) console.log(JSON.stringify({ cores: availableParallelism(), items, results }));
  else {
    console.log(`${items} texts of three sentences, ${availableParallelism()} cores`);
    console.table(results);
  }
} finally {
  await stopServers();
}
