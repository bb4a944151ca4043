import { createHash } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import type { JobQueue, WorkOptions } from '../../ports/stores.ts';
import type { Db, StoreLog } from './db.ts';

export interface JobQueueOptions {
  /** `pglite`: this process is the only one, so what is active at the start was left by a killed one. */
  readonly backend: 'postgres' | 'pglite';
  /** Seconds before the first retry; doubles each time, up to a minute. Default 1. */
  readonly retryDelaySeconds?: number;
}

/** Looked at this often where nobody said that there is something (retries, other servers). */
const POLL_SECONDS = 2;
/** The number of payloads in hand is looked at this often. */
const ADJUST_MS = 1000;
const RETRY_DELAY_MAX_SECONDS = 60;
/** In practice for ever: a payload fails only when the stores do. */
const RETRY_LIMIT = 100_000;
/** Longest a handler may take; pg-boss takes no more. */
const EXPIRE_SECONDS = 23 * 3600;
const STOP_MILLISECONDS = 120_000;
/** A server that is silent this long has died: what it had in hand is delivered again. */
const HEARTBEAT_SECONDS = 20;
const MONITOR_SECONDS = 10;

/** Durable work by pg-boss, which keeps its tables in the schema `pgboss`. */
export class PgBossQueue implements JobQueue {
  readonly #boss: PgBoss;
  readonly #db: Db;
  readonly #log: StoreLog;
  readonly #options: Required<JobQueueOptions>;
  readonly #workers = new Map<string, string[]>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #queues = new Map<string, Promise<void>>();

  private constructor(boss: PgBoss, db: Db, log: StoreLog, options: JobQueueOptions) {
    this.#boss = boss;
    this.#db = db;
    this.#log = log;
    this.#options = { retryDelaySeconds: 1, ...options };
  }

  static async start(db: Db, log: StoreLog, options: JobQueueOptions): Promise<PgBossQueue> {
    const embedded = options.backend === 'pglite';
    const boss = new PgBoss({
      backend: options.backend,
      db: {
        executeSql: async (text, values) => ({
          rows: values && values.length > 0 ? await db.query(text, values) : await db.exec(text),
        }),
      },
      schedule: false,
      // Alone on its database there is nobody to look after.
      supervise: !embedded,
      monitorIntervalSeconds: MONITOR_SECONDS,
    });
    boss.on('error', (error) => log.warn({ err: error }, 'The job queue met an error; it goes on.'));
    if (embedded) await boss.start();
    else {
      // Its own lock comes after the schema is made, which several servers may try at once.
      await db.transaction(async (tx) => {
        await tx.query("SELECT pg_advisory_xact_lock(hashtext('sensegraph queue'))");
        await boss.start();
      });
    }
    return new PgBossQueue(boss, db, log, options);
  }

  async send(queue: string, payloads: readonly object[]): Promise<void> {
    await this.#ensureQueue(queue);
    await this.#boss.insert(
      queue,
      payloads.map((data) => ({ data, singletonKey: identity(data) })),
    );
    this.#wake(queue);
  }

  async work(
    queue: string,
    handle: (payload: object, signal: AbortSignal) => Promise<void>,
    { concurrency = 1, hasRoom = () => true }: WorkOptions = {},
  ): Promise<void> {
    await this.#ensureQueue(queue);
    if (this.#options.backend === 'pglite') await this.#putBack(queue);
    const workers: string[] = [];
    this.#workers.set(queue, workers);
    const add = async (): Promise<void> => {
      workers.push(await this.#addWorker(queue, handle));
    };
    await add();
    if (concurrency === 1) return;
    let changing = Promise.resolve();
    // One always looks for payloads; further ones only while there is room.
    const adjust = async (): Promise<void> => {
      if (hasRoom() && workers.length < concurrency) await add();
      else if (!hasRoom() && workers.length > 1)
        // After the payload in hand: until then no further one is added, so that there are never more than asked for.
        await this.#boss.offWork(queue, { id: workers.pop() ?? '' });
    };
    const timer = setInterval(() => {
      changing = changing
        .then(adjust)
        .catch((error: unknown) => this.#log.warn({ err: error }, 'The number of payloads in hand stays as it is.'));
    }, ADJUST_MS);
    this.#timers.push(timer.unref());
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#boss.stop({ graceful: true, close: false, timeout: STOP_MILLISECONDS });
  }

  #wake(queue: string): void {
    for (const worker of this.#workers.get(queue) ?? []) this.#boss.notifyWorker(worker);
  }

  #addWorker(queue: string, handle: (payload: object, signal: AbortSignal) => Promise<void>): Promise<string> {
    return this.#boss.work<object>(queue, { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS }, async (jobs) => {
      for (const job of jobs) await handle(job.data, job.signal);
      this.#wake(queue); // There may be more: don't wait for the next poll.
    });
  }

  #ensureQueue(queue: string): Promise<void> {
    let ready = this.#queues.get(queue);
    if (!ready) {
      ready = this.#boss.createQueue(queue, {
        // With the payload as its key: what waits or is in hand is not queued a second time.
        policy: 'exclusive',
        ...(this.#options.backend === 'pglite' ? {} : { heartbeatSeconds: HEARTBEAT_SECONDS }),
        retryLimit: RETRY_LIMIT,
        retryDelay: this.#options.retryDelaySeconds,
        retryBackoff: true,
        retryDelayMax: RETRY_DELAY_MAX_SECONDS,
        expireInSeconds: EXPIRE_SECONDS,
        retentionSeconds: 365 * 24 * 3600,
        deleteAfterSeconds: 3600,
      });
      ready.catch(() => this.#queues.delete(queue));
      this.#queues.set(queue, ready);
    }
    return ready;
  }

  async #putBack(queue: string): Promise<void> {
    await this.#db.query(
      "UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE name = $1 AND state = 'active'",
      [queue],
    );
  }
}

function identity(payload: object): string {
  return createHash('sha256').update(JSON.stringify(payload)).digest('hex');
}
