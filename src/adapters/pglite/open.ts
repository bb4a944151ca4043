import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphAudit } from '../../ports/graph-audit.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { LedgerTransfer } from '../../ports/ledger-transfer.ts';
import type { Ledger, Projector } from '../../ports/ledger.ts';
import type { JobQueue } from '../../ports/stores.ts';
import type { SpaceMigration } from '../../ports/space-migration.ts';
import type { VectorStore } from '../../ports/vector-store.ts';
import type { Db, StoreLog } from '../postgres/db.ts';
import { PgBossQueue } from '../postgres/job-queue.ts';
import { openPostgresStores, type OtherGraph } from '../postgres/stores.ts';
import type { Upkeep, UpkeepOptions } from '../postgres/upkeep.ts';
import { PgliteClient } from './client.ts';
import { lockFolder } from './data-lock.ts';

export interface EmbeddedStores {
  readonly db: Db;
  readonly ledger: Ledger;
  readonly graph: GraphStore;
  readonly vectors: VectorStore;
  readonly migration: SpaceMigration;
  readonly projector: Projector;
  readonly audit: GraphAudit;
  readonly transfer: LedgerTransfer;
  readonly queue: JobQueue;
  readonly upkeep: Upkeep;
  /** Stops the queue after the payload in hand, closes the database and gives the folder free. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder (the database is in its `postgres`), or `memory://`. */
  readonly dataDir: string;
  readonly log: StoreLog;
  readonly upkeep?: UpkeepOptions;
  /** Where the graph is not in the embedded database. */
  readonly graph?: OtherGraph;
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
    let closed: Promise<void> | undefined;
    return { db, ...stores, queue, close: () => (closed ??= close()) };
  } catch (error) {
    await client?.close().catch(() => {}); // The first error is the one to tell.
    lock?.release();
    throw error;
  }
}
