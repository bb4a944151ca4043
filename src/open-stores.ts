import type { Logger } from 'pino';
import { ProcessEvents } from './adapters/memory/events.ts';
import { openNeo4jGraph } from './adapters/neo4j/open.ts';
import { boundMs } from './adapters/neo4j/server.ts';
import { openEmbeddedStores, type EmbeddedStores } from './adapters/pglite/open.ts';
import { LastingProjector } from './adapters/postgres/lasting-projector.ts';
import { openServerStores } from './adapters/postgres-server/open.ts';
import type { Config } from './config.ts';
import type { ConnectionCounts, Events } from './ports/stores.ts';

export type Stores = EmbeddedStores & {
  readonly events: Events;
  /** Of a Postgres server. */
  readonly connections?: () => ConnectionCounts;
};

/** A transaction that waits for the graph waits this much longer than the graph is waited for. */
const IDLE_GRACE_MS = 10_000;

/**
 * The stores that the configuration names. Throws DATA_DIR_LOCKED when another process has the embedded database,
 * REMOTE_FAILED when a server can't be reached or refuses.
 */
export async function openStores({ dataDir, stores: { postgres, neo4j } }: Config, log: Logger): Promise<Stores> {
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
