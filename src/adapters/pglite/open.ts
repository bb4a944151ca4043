import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventsOfTenants } from '../memory/events.ts';
import { withTenants, type AllStores } from '../postgres/all-stores.ts';
import type { StoreLog } from '../postgres/db.ts';
import { PgBossQueue } from '../postgres/job-queue.ts';
import { openPostgresStores, type OtherGraph } from '../postgres/stores.ts';
import type { UpkeepOptions } from '../postgres/upkeep.ts';
import { PgliteClient } from './client.ts';
import { lockFolder } from './data-lock.ts';

export type EmbeddedStores = AllStores;

export interface EmbeddedOptions {
  /** The data folder (the database is in its `postgres`), or `memory://`. */
  readonly dataDir: string;
  readonly log: StoreLog;
  readonly upkeep?: UpkeepOptions;
  /** Where the graphs are not in the embedded database. */
  readonly graph?: OtherGraph;
  /** Whose stores it gives at once. Default: `default`. */
  readonly tenant?: string;
  /** See JobQueueOptions. */
  readonly retryDelaySeconds?: number;
}

/**
 * Opens all stores of the embedded default: PGlite in a thread of this process. The first start makes the database,
 * which takes seconds. DATA_DIR_LOCKED when another process has the folder.
 */
export async function openEmbeddedStores(options: EmbeddedOptions): Promise<EmbeddedStores> {
  const { dataDir, log } = options;
  const inMemory = dataDir.startsWith('memory://');
  const lock = inMemory ? undefined : lockFolder(dataDir);
  const folder = inMemory ? dataDir : join(dataDir, 'postgres');
  let client: PgliteClient | undefined;
  try {
    if (!inMemory) mkdirSync(folder, { recursive: true });
    const db = await PgliteClient.open(folder);
    client = db;
    const stores = await openPostgresStores(db, log, options.upkeep, options.graph);
    const queue = await PgBossQueue.start(db, log, {
      backend: 'pglite',
      ...(options.retryDelaySeconds === undefined ? {} : { retryDelaySeconds: options.retryDelaySeconds }),
    });
    const close = async (): Promise<void> => {
      await queue.stop();
      await stores.upkeep.stop();
      await db.close();
      lock?.release();
    };
    const events = new EventsOfTenants();
    return await withTenants(options.tenant, { ...stores, admin: db, queue, events, close });
  } catch (error) {
    await client?.close().catch(() => {}); // The first error is the one to tell.
    lock?.release();
    throw error;
  }
}
