import { indexedTable, tailTable, type SpaceRow } from './vector-rows.ts';
import type { Db, StoreLog } from './db.ts';

export interface UpkeepOptions {
  /** Vectors of a space scanned exactly (about 1 ms per 1,000 × 384) before some are moved into its HNSW index. */
  readonly tailLimit?: number;
  /** Vectors moved at a time; one costs 1 to 4 ms of the embedded database. */
  readonly batch?: number;
  /** The server keeps statistics and vacuums by itself. */
  readonly hasAutovacuum?: boolean;
}

const DEFAULTS = { tailLimit: 30_000, batch: 32, hasAutovacuum: false } as const;

const TABLES = [
  'segment',
  'entity',
  'entity_name',
  'entity_block',
  'mention',
  'relation',
  'relation_evidence',
  'graph_node',
  'graph_edge',
] as const;

/**
 * What the embedded Postgres, without autovacuum, would not do by itself, in the background and in small steps:
 * statistics (and vacuum) for tables that grew by a fifth, and vectors from the tail into the index.
 */
export class Upkeep {
  readonly #db: Db;
  readonly #log: StoreLog;
  readonly #options: Required<UpkeepOptions>;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(db: Db, log: StoreLog, options: UpkeepOptions = {}) {
    this.#db = db;
    this.#log = log;
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Says that something was written. Returns at once. */
  nudge(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Resolves once all due work is done. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Ends after the step in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.settled();
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        if (!this.#options.hasAutovacuum) await this.#refreshStatistics();
        await this.#drainTails();
      } catch (error) {
        this.#log.warn({ err: error }, 'Upkeep of the database failed; it is tried again after the next write.');
      }
    }
  }

  async #refreshStatistics(): Promise<void> {
    const grown = await this.#db.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE oid = ANY($1::regclass[]) AND pg_relation_size(oid) / 8192 > relpages * 1.2 + 16`,
      [[...TABLES]],
    );
    for (const { name } of grown) {
      if (!this.#stopped) await this.#db.exec(`VACUUM (ANALYZE) ${name}`);
    }
  }

  async #drainTails(): Promise<void> {
    for (const space of await this.#db.query<SpaceRow>('SELECT * FROM space')) {
      const tail = tailTable(space);
      const [row] = await this.#db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${tail}`);
      let excess = (row?.n ?? 0) - this.#options.tailLimit;
      if (excess <= 0) continue;
      // Half the limit, so that the work comes seldom; the moves take turns with everybody else's statements.
      excess += this.#options.tailLimit / 2;
      while (excess > 0 && !this.#stopped) {
        const started = performance.now();
        // None left: another process moves them, too.
        if ((await this.#moveBatch(space)) === 0) break;
        excess -= this.#options.batch;
        await new Promise((resume) => setTimeout(resume, performance.now() - started));
      }
      // At once on a server too: the tail is scanned whole by every search, dead rows included.
      await this.#db.exec(`VACUUM (SKIP_LOCKED) ${tail}`);
    }
  }

  async #moveBatch(space: SpaceRow): Promise<number> {
    const tail = tailTable(space);
    const moved = await this.#db.query(
      `WITH moved AS (
         DELETE FROM ${tail} WHERE node_id IN (SELECT node_id FROM ${tail} LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *)
       INSERT INTO ${indexedTable(space)} SELECT * FROM moved
       ON CONFLICT (node_id) DO UPDATE SET vector = excluded.vector RETURNING 1`,
      [this.#options.batch],
    );
    return moved.length;
  }
}
