import { noop, type IPolicy } from 'cockatiel';
import type { ParkedChange, ProjectionState, Projector } from '../../ports/ledger.ts';
import { applyBatch, BATCH, isRefusal, takeTurn, type Target } from './apply-outbox.ts';
import type { Db, StoreLog } from './db.ts';

/** Applies the outbox to the graph in order of its rows, which is the order in which things were written. */
export class OutboxProjector implements Projector {
  readonly #db: Db;
  readonly #target: Target;
  readonly #log: StoreLog;
  /** Rows of the next batch. */
  #size = BATCH;
  readonly #room: IPolicy;
  #running: Promise<unknown> = Promise.resolve();
  /** A run that has not begun: it takes what all who wait for it have written. */
  #next: Promise<number> | undefined;

  /** `room`: who else may bring changes at the same time. Default: everybody. */
  constructor(db: Db, target: Target, log: StoreLog, room: IPolicy = noop) {
    this.#db = db;
    this.#target = target;
    this.#log = log;
    this.#room = room;
  }

  /** Gives the number of outbox rows applied. One run at a time; who calls meanwhile shares the next one. */
  project(): Promise<number> {
    if (this.#next) return this.#next;
    const run = this.#running.then(() => {
      this.#next = undefined;
      return this.#room.execute(() => this.#drain());
    });
    this.#next = run;
    this.#running = run.catch(() => {}); // The callers of that run get its error.
    return run;
  }

  async state(): Promise<ProjectionState> {
    const [row] = await this.#db.query<ProjectionState>(
      `SELECT count(*)::int AS pending, coalesce(extract(epoch FROM now() - min(enqueued_at)), 0)::float8 AS "lagSeconds",
         (SELECT count(*)::int FROM outbox_parked) AS parked FROM outbox`,
    );
    return row ?? { pending: 0, lagSeconds: 0, parked: 0 };
  }

  async parked(limit: number): Promise<ParkedChange[]> {
    const rows = await this.#db.query<{ id: string; reason: string; enqueued_at: Date; parked_at: Date }>(
      'SELECT id::text AS id, reason, enqueued_at, parked_at FROM outbox_parked ORDER BY outbox_parked.id LIMIT $1',
      [limit],
    );
    return rows.map(({ id, reason, enqueued_at, parked_at }) => ({
      id,
      reason,
      enqueuedAt: enqueued_at.toISOString(),
      parkedAt: parked_at.toISOString(),
    }));
  }

  async #drain(): Promise<number> {
    let total = 0;
    for (;;) {
      const size = this.#size;
      const done = await this.#batch(size, false).catch((error: unknown) => {
        // Perhaps there was not time enough for so many: the next try, whenever it comes, is for fewer.
        this.#size = Math.max(1, Math.floor(size / 2));
        if (!isRefusal(error)) throw error;
        return this.#batch(size, true);
      });
      this.#size = Math.min(BATCH, size * 2);
      total += done;
      if (done < size) return total;
    }
  }

  #batch(size: number, careful: boolean): Promise<number> {
    return this.#db.transaction(async (tx) => {
      const turn = await takeTurn(tx);
      return applyBatch(tx, this.#target, turn, this.#log, careful, size);
    });
  }
}
