import type { ConnectionCounts } from '../../ports/stores.ts';
import { PgBossQueue } from '../postgres/job-queue.ts';
import { openPostgresStores, type OtherGraph } from '../postgres/stores.ts';
import { withTenants, type AllStores } from '../postgres/all-stores.ts';
import type { UpkeepOptions } from '../postgres/upkeep.ts';
import { PostgresServer, type ServerOptions } from './client.ts';
import { PostgresEvents } from './events.ts';

export type ServerStores = AllStores & { readonly connections: () => ConnectionCounts };

export interface ServerStoresOptions extends ServerOptions {
  readonly upkeep?: UpkeepOptions;
  /** Where the graphs are not in the same database. */
  readonly graph?: OtherGraph;
  /** Whose stores it gives at once. Default: `default`. */
  readonly tenant?: string;
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
    const all = await withTenants(options.tenant, { ...stores, admin: db, queue, events: listening, close });
    return { ...all, connections: () => db.connections() };
  } catch (error) {
    await events?.close().catch(() => {}); // The first error is the one to tell.
    await db.close().catch(() => {});
    throw error;
  }
}
