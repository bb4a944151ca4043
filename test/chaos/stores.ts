import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { neo4jNamed } from '../../scripts/services/neo4j.ts';
import { postgres } from '../../scripts/services/postgres.ts';
import { found, servicesRoot, start, stop, type Running, type Service } from '../../scripts/services/service.ts';
import { toxiproxyNamed } from '../../scripts/services/toxiproxy.ts';

/** A real server of this run alone, which may be killed. */
export interface OwnStore {
  readonly name: 'postgres' | 'neo4j' | 'toxiproxy';
  /** Where it is now; a restart may move it. */
  readonly address: { readonly host: string; readonly port: number };
  readonly environment: Readonly<Record<string, string>>;
  /** kill -9 of it, or of a process of it. */
  kill(pid?: number): Promise<void>;
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

const URLS = {
  postgres: 'SENSEGRAPH_POSTGRES_URL',
  neo4j: 'SENSEGRAPH_NEO4J_URL',
  toxiproxy: 'SENSEGRAPH_TOXIPROXY_URL',
} as const;
const RESTARTS = 20;

function servicesOf(run: string): [OwnStore['name'], Service][] {
  return [
    ['postgres', postgres(18, `postgres18-${run}`)],
    ['neo4j', neo4jNamed(`neo4j-${run}`)],
    ['toxiproxy', toxiproxyNamed(`toxiproxy-${run}`)],
  ];
}

/** What this machine lacks for a run; undefined when nothing. */
export async function lacking(): Promise<string | undefined> {
  for (const [, service] of servicesOf('none')) {
    const missing = await service.missing();
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** Postgres, Neo4j and Toxiproxy of this process alone. */
export async function ownStores(): Promise<Record<OwnStore['name'], OwnStore>> {
  const stores = await Promise.all(servicesOf(`chaos-${process.pid}`).map(([name, service]) => own(name, service)));
  return Object.fromEntries(stores.map((store) => [store.name, store])) as Record<OwnStore['name'], OwnStore>;
}

async function own(name: OwnStore['name'], service: Service): Promise<OwnStore> {
  let running: Running = await start(service, process.pid);
  const folder = join(servicesRoot, service.name);
  return {
    name,
    get environment() {
      return running.environment;
    },
    get address() {
      const { hostname, port } = new URL(running.environment[URLS[name]] ?? '');
      return { host: hostname, port: Number(port) };
    },
    kill: async (pid = running.pid) => {
      process.kill(pid, 'SIGKILL');
      while (pid === running.pid && (await found(service))) await sleep(20);
    },
    restart: async () => {
      for (let tries = 1; ; tries++) {
        try {
          running = await start(service, process.pid);
          return;
        } catch (error) {
          // Postgres' other processes take a moment to see that the first one is dead.
          if (tries === RESTARTS) throw error;
          await sleep(250);
        }
      }
    },
    remove: async () => {
      await stop(service, process.pid);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
