import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ProcessEvents } from './adapters/memory/events.ts';
import { openNeo4jGraph } from './adapters/neo4j/open.ts';
import { boundMs } from './adapters/neo4j/server.ts';
import { openEmbeddedStores, type EmbeddedStores } from './adapters/pglite/open.ts';
import { LastingProjector } from './adapters/postgres/lasting-projector.ts';
import { openServerStores } from './adapters/postgres-server/open.ts';
import type { Config } from './config.ts';
import { asSensegraphError } from './errors.ts';
import type { ConnectionCounts, Events } from './ports/stores.ts';

export type Stores = EmbeddedStores & {
  readonly events: Events;
  /** Of a Postgres server. */
  readonly connections?: () => ConnectionCounts;
};

/** A transaction that waits for the graph waits this much longer than the graph is waited for. */
const IDLE_GRACE_MS = 10_000;

export interface Waiting {
  /** How long servers of databases are waited for that can't be reached or refuse, milliseconds. Default 0. */
  readonly waitMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

const TRY_AGAIN_MS = 1000;

/**
 * The stores that the configuration names. Throws DATA_DIR_LOCKED when another process has the embedded database,
 * REMOTE_FAILED when a server can't be reached or refuses.
 */
export async function openStores(config: Config, log: Logger, { waitMs = 0, signal }: Waiting = {}): Promise<Stores> {
  const started = performance.now();
  for (;;) {
    try {
      return await openOnce(config, log);
    } catch (error) {
      const { code, message } = asSensegraphError(error);
      const isOver = performance.now() - started > waitMs || signal?.aborted === true;
      if (code !== 'REMOTE_FAILED' || isOver) throw error;
      log.warn({ reason: message }, 'Waiting for a database.');
      await sleep(TRY_AGAIN_MS, undefined, signal ? { signal } : {}).catch(() => {}); // Thrown above the next time.
    }
  }
}

async function openOnce({ dataDir, stores: { postgres, neo4j } }: Config, log: Logger): Promise<Stores> {
  const other = neo4j && (await openNeo4jGraph(neo4j, log));
  const elsewhere = other ? { graph: other } : {};
  try {
    const stores: Stores = postgres
      ? await openServerStores({
          ...postgres,
          ...elsewhere,
          ...(neo4j ? { idleMs: boundMs(neo4j) + IDLE_GRACE_MS } : {}),
          log,
        })
      : { ...(await openEmbeddedStores({ dataDir, log, ...elsewhere })), events: new ProcessEvents() };
    if (!postgres && !other) return stores;
    const projector = new LastingProjector(stores.projector, log);
    const close = async (): Promise<void> => {
      await projector.stop();
      await stores.close();
      await other?.close();
    };
    return { ...stores, projector, close };
  } catch (error) {
    await other?.close();
    throw error;
  }
}
