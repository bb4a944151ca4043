import { createHash } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import type { JobQueue, WorkOptions } from '../../ports/stores.ts';
import { DEFAULT_TENANT } from '../../ports/tenants.ts';
import type { Db, StoreLog } from './db.ts';
import { fairPriorities } from './fair-order.ts';

export interface JobQueueOptions {
  /** `pglite`: this process is the only one, so what is active at the start was left by a killed one. */
  readonly backend: 'postgres' | 'pglite';
  /** Seconds before the first retry; doubles each time, up to a minute. Default 1. */
  readonly retryDelaySeconds?: number;
}

type Handle = Parameters<JobQueue['work']>[1];

/** What is queued: a tenant's payload. */
interface Parcel {
  readonly tenant: string;
  readonly cost: number;
  readonly payload: object;
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

/** Durable work of all tenants by pg-boss, which keeps its tables in the schema `pgboss`, over the login role's `Db`. */
export class PgBossQueue {
  readonly #boss: PgBoss;
  readonly #db: Db;
  readonly #log: StoreLog;
  readonly #options: Required<JobQueueOptions>;
  readonly #workers = new Map<string, string[]>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #queues = new Map<string, Promise<void>>();
  /** Queue → tenant → what is done with its payloads. */
  readonly #handles = new Map<string, Map<string, Handle>>();
  #open: ((tenant: string) => Promise<unknown>) | undefined;
  #stopped: Promise<void> | undefined;

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

  /** The tenant's part of every queue. Its `stop` stops the whole. */
  of(tenant: string): JobQueue {
    return {
      send: (queue, payloads, costs = []) => this.#send(queue, tenant, payloads, costs),
      work: (queue, handle, options = {}) => this.#work(queue, tenant, handle, options),
      stop: () => this.stop(),
    };
  }

  /** What is done with the work of a tenant that this process does not work for yet: `open` lets it begin to. */
  onStranger(open: (tenant: string) => Promise<unknown>): void {
    this.#open = open;
  }

  stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    return (this.#stopped ??= this.#boss.stop({ graceful: true, close: false, timeout: STOP_MILLISECONDS }));
  }

  async #send(queue: string, tenant: string, payloads: readonly object[], costs: readonly number[]): Promise<void> {
    await this.#ensureQueue(queue);
    const all = payloads.map((payload, i) => ({ payload, cost: costs[i] ?? 1 }));
    const priorities = await fairPriorities(
      this.#db,
      queue,
      tenant,
      all.map(({ cost }) => cost),
    );
    await this.#boss.insert(
      queue,
      all.map(({ payload, cost }, i) => ({
        data: { tenant, cost, payload } satisfies Parcel,
        priority: priorities[i] ?? 0,
        singletonKey: identity({ tenant, payload }),
      })),
    );
    this.#wake(queue);
  }

  /** The first tenant's `options` are every tenant's: they share the workers. */
  async #work(
    queue: string,
    tenant: string,
    handle: Handle,
    { concurrency = 1, hasRoom = () => true }: WorkOptions,
  ): Promise<void> {
    const handles = this.#handles.get(queue);
    if (handles) return void handles.set(tenant, handle);
    this.#handles.set(queue, new Map([[tenant, handle]]));
    await this.#ensureQueue(queue);
    if (this.#options.backend === 'pglite') await this.#putBack(queue);
    const workers: string[] = [];
    this.#workers.set(queue, workers);
    const add = async (): Promise<void> => {
      workers.push(await this.#addWorker(queue));
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

  async #handle(queue: string, data: object, signal: AbortSignal): Promise<void> {
    // Without a parcel around it, it was queued before there were tenants.
    const { tenant, payload } = isParcel(data) ? data : { tenant: DEFAULT_TENANT, payload: data };
    const handles = this.#handles.get(queue);
    if (!handles?.has(tenant)) await this.#open?.(tenant);
    const handle = handles?.get(tenant);
    if (handle) await handle(payload, signal);
    else this.#log.warn({ queue, tenant }, 'Queued work of a tenant that is not there is dropped.');
  }

  #wake(queue: string): void {
    for (const worker of this.#workers.get(queue) ?? []) this.#boss.notifyWorker(worker);
  }

  #addWorker(queue: string): Promise<string> {
    return this.#boss.work<object>(queue, { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS }, async (jobs) => {
      for (const job of jobs) await this.#handle(queue, job.data, job.signal);
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

function isParcel(data: object): data is Parcel {
  return 'tenant' in data && 'payload' in data;
}
