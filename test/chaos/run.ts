import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { random } from '../../graph/algorithms/random.ts';
import { Account } from './account.ts';
import { deck, type Scene } from './faults.ts';
import { lookInside, type InsideOptions } from './inside.ts';
import { Load } from './load.ts';
import { link, type Link } from './network.ts';
import { member, type Member } from './processes.ts';
import { recovered, settle } from './recovery.ts';
import { ownStores, type OwnStore } from './stores.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly faults: number;
  /** Told of each fault once it is recovered from. */
  readonly onFault?: (row: FaultRow) => void;
  readonly onNote?: (text: string) => void;
  /** All that was broken must be whole again this long after the fault's end. Default 120. */
  readonly limitSeconds?: number;
  /** No fault is begun after this long, milliseconds; everything is looked at then as at the end. Default: none. */
  readonly budgetMs?: number;
  /** Ends the run after the fault in hand. */
  readonly signal?: AbortSignal;
}

export interface FaultRow {
  readonly number: number;
  readonly fault: string;
  readonly heldSeconds: number;
  /** From the fault's end until each server again took in a text to the end, into the graph, and answered. */
  readonly recoveredSeconds: number;
}

export interface ChaosResult {
  readonly rows: readonly FaultRow[];
  /** From the last fault's end until nothing waited, at each time that everything was looked at. */
  readonly settledSeconds: readonly number[];
  readonly account: Account;
  /** Where the logs of the processes are, where anything went wrong. */
  readonly logs: string | undefined;
}

/** Faults between two looks at everything. */
const PART = 10;
const TENANT = 'chaos';

/** Two servers and a worker on one Postgres and one Neo4j, all of this run alone, under load, and broken again and again. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, faults, onFault, onNote, signal, limitSeconds = 120, budgetMs = Infinity } = options;
  const folder = await mkdtemp(join(tmpdir(), 'sensegraph-chaos-'));
  const account = new Account();
  const rows: FaultRow[] = [];
  const settledSeconds: number[] = [];
  const closing: (() => Promise<unknown> | void)[] = [];
  let isWhole = false;
  try {
    const stores = await ownStores();
    closing.push(() => Promise.all(Object.values(stores).map((store) => store.remove())));
    const links: Link[] = [];
    closing.push(() => links.forEach((one) => one.close()));
    const onDeath = (reason: string): void => void (signal?.aborted ? undefined : account.violations.push(reason));
    const members = await Promise.all(
      ['server left', 'server right', 'worker'].map(async (name): Promise<Member> => {
        const api = stores.toxiproxy.environment['SENSEGRAPH_TOXIPROXY_URL'] ?? '';
        const way = (store: OwnStore): Promise<Link> => link(api, `${name} to ${store.name}`, store.address);
        const [toPostgres, toNeo4j] = await Promise.all([way(stores.postgres), way(stores.neo4j)]);
        links.push(toPostgres, toNeo4j);
        const args = name === 'worker' ? ['worker'] : ['serve', '--port', '0'];
        return member({
          name,
          args: [...args, '--data', folder],
          environment: environment(stores, toPostgres.port, toNeo4j.port),
          logs: folder,
          onDeath,
        });
      }),
    );
    closing.push(() => Promise.all(members.map((one) => one.stop())));
    await Promise.all(members.map((one) => one.ready()));
    const servers = members.filter(({ name }) => name.startsWith('server'));
    const load = new Load(servers, account, seed);
    closing.push(() => load.stop());
    const next = random(seed);
    const scene: Scene = { members, stores, links, random: next, backend: () => session(stores.postgres, next) };
    const look = () => lookInside({ ...direct(stores), dataDir: folder });

    // Models and plans are loaded by the first use, which no fault should be charged with.
    await recovered(servers, account, { healed: performance.now(), limitSeconds }, 'the start');
    const kinds = deck(next);
    const started = performance.now();
    let isLast = false;
    for (let number = 1; !isLast && account.violations.length === 0; number++) {
      if (signal?.aborted) break;
      await sleep(500 + 1500 * next());
      const { name, mend } = await kinds.next().value(scene);
      const began = performance.now();
      await sleep(500 + 4500 * next());
      await mend();
      const healed = performance.now();
      await recovered(servers, account, { healed, limitSeconds }, `${name} (${number})`);
      const [heldSeconds, recoveredSeconds] = [(healed - began) / 1000, (performance.now() - healed) / 1000];
      const row = { number, fault: name, heldSeconds, recoveredSeconds };
      rows.push(row);
      onFault?.(row);
      isLast = number === faults || performance.now() - started > budgetMs;
      if (number % PART > 0 && !isLast) continue;
      const seconds = await settle(load, look, account, { healed, limitSeconds });
      settledSeconds.push(seconds);
      onNote?.(`${seconds.toFixed(1)} s after the last fault nothing waited any more, and everything was looked at`);
      load.resume();
    }
    isWhole = account.violations.length === 0;
  } finally {
    for (const close of closing.toReversed()) await close();
    if (isWhole) await rm(folder, { recursive: true, force: true });
  }
  return { rows, settledSeconds, account, logs: isWhole ? undefined : folder };
}

type Stores = Readonly<{ [name in OwnStore['name']]: OwnStore }>;

/** Short limits, so that what only a limit ends takes seconds; texts alone need no captions. */
function environment({ postgres, neo4j }: Stores, postgresPort: number, neo4jPort: number): NodeJS.ProcessEnv {
  const url = new URL(postgres.environment['SENSEGRAPH_POSTGRES_URL'] ?? '');
  url.port = String(postgresPort);
  return {
    ...neo4j.environment,
    SENSEGRAPH_POSTGRES_URL: url.href,
    SENSEGRAPH_NEO4J_URL: `bolt://127.0.0.1:${neo4jPort}`,
    SENSEGRAPH_NEO4J_TENANT: TENANT,
    SENSEGRAPH_POSTGRES_TIMEOUT_MS: '30000',
    SENSEGRAPH_NEO4J_TIMEOUT_MS: '30000',
    SENSEGRAPH_CAPTIONS: 'off',
    SENSEGRAPH_THREADS: '1',
    LOG_LEVEL: 'info',
  };
}

function direct({ postgres, neo4j }: Stores): Omit<InsideOptions, 'dataDir'> {
  const of = (name: string): string => neo4j.environment[name] ?? '';
  return {
    postgresUrl: postgres.environment['SENSEGRAPH_POSTGRES_URL'] ?? '',
    neo4j: {
      url: of('SENSEGRAPH_NEO4J_URL'),
      user: of('SENSEGRAPH_NEO4J_USER'),
      password: of('SENSEGRAPH_NEO4J_PASSWORD'),
      tenant: TENANT,
    },
  };
}

/** Process id of one of Sensegraph's sessions; undefined where there is none. */
async function session({ environment }: OwnStore, random: () => number): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: environment['SENSEGRAPH_POSTGRES_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'sensegraph%' ORDER BY pid",
    );
    return rows[Math.floor(random() * rows.length)]?.pid;
  } finally {
    await client.end();
  }
}
