import type { GraphChange, GraphStore } from '../../ports/graph-store.ts';
import type { Projector } from '../../ports/ledger.ts';
import type { Db } from './db.ts';

/** Outbox rows applied and deleted in one transaction. */
const BATCH = 256;

/**
 * Applies the outbox to the graph in order of its rows. `graphIn` gives the graph to write to: over the transaction
 * itself where the graph is in the same database (then each change happens exactly once), else any store (then a
 * crash between applying and deleting applies a batch again, which changes nothing).
 */
export class OutboxProjector implements Projector {
  readonly #db: Db;
  readonly #graphIn: (tx: Db) => GraphStore;
  #running: Promise<unknown> = Promise.resolve();

  constructor(db: Db, graphIn: (tx: Db) => GraphStore) {
    this.#db = db;
    this.#graphIn = graphIn;
  }

  /** Gives the number of outbox rows applied. Calls wait for one another. */
  project(): Promise<number> {
    const run = this.#running.then(() => this.#drain());
    this.#running = run.catch(() => {}); // The caller of that run gets its error.
    return run;
  }

  async #drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const applied = await this.#db.transaction((tx) => this.#applyBatch(tx));
      total += applied;
      if (applied < BATCH) return total;
    }
  }

  async #applyBatch(tx: Db): Promise<number> {
    // One projector at a time, also among several servers on one database.
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('sensegraph outbox'))");
    const rows = await tx.query<{ id: string; changes: string }>(
      'SELECT id::text AS id, changes::text AS changes FROM outbox ORDER BY outbox.id LIMIT $1',
      [BATCH],
    );
    if (rows.length === 0) return 0;
    await this.#graphIn(tx).apply(rows.flatMap((row) => JSON.parse(row.changes) as GraphChange[]));
    await tx.query('DELETE FROM outbox WHERE id = ANY($1::bigint[])', [rows.map((row) => row.id)]);
    return rows.length;
  }
}
