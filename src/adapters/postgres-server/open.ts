import type { ConnectionCounts } from '../../ports/stores.ts';
import { PgBossQueue } from '../postgres/job-queue.ts';
import { openPostgresStores, type OtherGraph, type PostgresStores } from '../postgres/stores.ts';
import type { UpkeepOptions } from '../postgres/upkeep.ts';
import { PostgresServer, type ServerOptions } from './client.ts';
import { PostgresEvents } from './events.ts';

export interface ServerStores extends PostgresStores {
  readonly db: PostgresServer;
  readonly queue: PgBossQueue;
  readonly events: PostgresEvents;
  readonly connections: () => ConnectionCounts;
  /** Stops the queue after the payload in hand and closes all connections. */
  close(): Promise<void>;
}

export interface ServerStoresOptions extends ServerOptions {
  readonly upkeep?: UpkeepOptions;
  /** Where the graph is not in the same database. */
  readonly graph?: OtherGraph;
  /** See JobQueueOptions. */
  readonly retryDelaySeconds?: number;
}

/**
 * Opens all stores on a Postgres server with pgvector, for any number of processes at once. REMOTE_FAILED when it
 * can't be reached or refuses.
 */
export async function openServerStores(options: ServerStoresOptions): Promise<ServerStores> {
  const { log, url, upkeep, retryDelaySeconds } = options;
  const db = await PostgresServer.open(options);
  let events: PostgresEvents | undefined;
  try {
    // Statistics and vacuum are autovacuum's.
    const stores = await openPostgresStores(db, log, { ...upkeep, hasAutovacuum: true }, options.graph);
    const listening = await PostgresEvents.open(url, db, log);
    events = listening;
    const queue = await PgBossQueue.start(db, log, {
      backend: 'postgres',
      ...(retryDelaySeconds === undefined ? {} : { retryDelaySeconds }),
    });
    const close = async (): Promise<void> => {
      await queue.stop();
      await stores.upkeep.stop();
      await listening.close();
      await db.close();
    };
    let closed: Promise<void> | undefined;
    const connections = () => db.connections();
    return { db, ...stores, queue, events, connections, close: () => (closed ??= close()) };
  } catch (error) {
    await events?.close().catch(() => {}); // The first error is the one to tell.
    await db.close();
    throw error;
  }
}
