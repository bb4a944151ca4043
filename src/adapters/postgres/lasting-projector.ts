import { setTimeout as sleep } from 'node:timers/promises';
import { asSensegraphError } from '../../errors.ts';
import type { ParkedChange, ProjectionState, Projector } from '../../ports/ledger.ts';
import type { StoreLog } from './db.ts';

/** Looked at this often for what other processes left, milliseconds. */
const POLL_MS = 2000;
const BACK_OFF_MAX_MS = 30_000;
/** A caller waits this long for the graph to have what he wrote; it is kept either way. */
const PATIENCE_MS = 10_000;

/**
 * Goes on applying the outbox in the background for as long as it takes, where a store is a server that may be away and
 * a process that wrote may have died before it applied. What was written is kept either way, so a call doesn't fail for
 * that; the graph is behind until the store is back.
 */
export class LastingProjector implements Projector {
  readonly #inner: Projector;
  readonly #log: StoreLog;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<unknown> = Promise.resolve();
  #going: Promise<unknown> = Promise.resolve();
  #failed: Promise<unknown> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(inner: Projector, log: StoreLog) {
    this.#inner = inner;
    this.#log = log;
    this.#schedule();
  }

  /** Gives the number of rows applied: 0 where it failed, or takes long; then it goes on in the background. */
  async project(): Promise<number> {
    const patience = new AbortController();
    const late = sleep(PATIENCE_MS, 0, { signal: patience.signal });
    const run = this.#project();
    this.#going = run.catch(() => {}); // Whoever waits for it gets its error.
    return Promise.race([run, late]).finally(() => patience.abort());
  }

  async #project(): Promise<number> {
    const run = this.#inner.project();
    try {
      const done = await run;
      if (this.#failures > 0) this.#log.info({ done }, 'The graph is up to date again.');
      this.#failures = 0;
      return done;
    } catch (error) {
      const { code, message } = asSensegraphError(error);
      if (code !== 'REMOTE_FAILED') throw error;
      // Several may have waited for the same run.
      if (run !== this.#failed) {
        this.#failed = run;
        this.#failures++;
        this.#log.warn({ reason: message }, 'The graph is behind the ledger; trying again.');
      }
      return 0;
    }
  }

  state(): Promise<ProjectionState> {
    return this.#inner.state();
  }

  parked(limit: number): Promise<ParkedChange[]> {
    return this.#inner.parked(limit);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await Promise.all([this.#looking, this.#going]);
  }

  #schedule(): void {
    if (this.#stopped) return;
    const wait = Math.min(BACK_OFF_MAX_MS, POLL_MS * 2 ** this.#failures);
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().finally(() => this.#schedule());
    }, wait);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      if ((await this.#inner.state()).pending > 0) await this.#project();
    } catch (error) {
      this.#failures++;
      this.#log.warn({ err: error }, 'The outbox could not be looked at; trying again.');
    }
  }
}
