import { indexedTable, tailTable, type SpaceRow } from './vector-rows.ts';
import type { Db, StoreLog } from './db.ts';

export interface UpkeepOptions {
  /** Vectors of a space scanned exactly (about 1 ms per 1,000 × 384) before some are moved into its HNSW index. */
  readonly tailLimit?: number;
  /** Vectors moved at a time; one costs 1 to 4 ms of the embedded database. */
  readonly batch?: number;
  /** A server: it keeps statistics and vacuums by itself, and others' statements have processes of their own. */
  readonly hasAutovacuum?: boolean;
}

const DEFAULTS = { tailLimit: 30_000, batch: 32, hasAutovacuum: false } as const;

/** Moved rows after which their dead copies are taken out of the way of searches. */
const VACUUM_EVERY = 10_000;

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
    // A file's size is looked up at once, where counting reads it: most spaces, of most tenants, are passed over so.
    const long = await this.#db.query<SpaceRow>(
      `SELECT * FROM space WHERE pg_table_size(to_regclass('vectors_' || number || '_tail')) > $1::bigint * dimension * 4`,
      [this.#options.tailLimit],
    );
    for (const space of long) {
      const tail = tailTable(space);
      const [row] = await this.#db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${tail}`);
      if ((row?.n ?? 0) <= this.#options.tailLimit) continue;
      await this.#drain(space);
      // At once on a server too: the tail is scanned whole by every search, dead rows and empty pages included. It is
      // moved to its end, so that the pages can be given back: what stays would hold them. Autovacuum, which may be at it,
      // gives way to who waits.
      await this.#db.exec(`VACUUM ${tail}`);
    }
  }

  /** Moves all of a tail, in the order of its key: a scan from the front would pass all that were moved before, each time. */
  async #drain(space: SpaceRow): Promise<void> {
    let last = '';
    let sinceVacuum = 0;
    while (!this.#stopped) {
      const started = performance.now();
      const moved = await this.#moveBatch(space, last);
      // None left: or another process moves them, too.
      if (moved.last === null) return;
      last = moved.last;
      sinceVacuum += moved.n;
      if (sinceVacuum >= VACUUM_EVERY) {
        await this.#db.exec(`VACUUM (SKIP_LOCKED) ${tailTable(space)}`);
        sinceVacuum = 0;
      }
      // The embedded database does one thing at a time: the moves take turns with everybody else's statements.
      if (!this.#options.hasAutovacuum) await new Promise((resume) => setTimeout(resume, performance.now() - started));
    }
  }

  async #moveBatch(space: SpaceRow, after: string): Promise<{ n: number; last: string | null }> {
    const tail = tailTable(space);
    const [moved] = await this.#db.query<{ n: number; last: string | null }>(
      `WITH next AS (
         SELECT node_id FROM ${tail} WHERE node_id > $2 ORDER BY node_id LIMIT $1 FOR UPDATE SKIP LOCKED),
       moved AS (DELETE FROM ${tail} held USING next WHERE held.node_id = next.node_id RETURNING held.*),
       kept AS (
         INSERT INTO ${indexedTable(space)} SELECT * FROM moved
         ON CONFLICT (node_id) DO UPDATE SET vector = excluded.vector RETURNING node_id)
       SELECT count(*)::int AS n, max(node_id) AS last FROM kept`,
      [this.#options.batch, after],
    );
    return moved ?? { n: 0, last: null };
  }
}
