import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { asSensegraphError } from '../../errors.ts';
import type { Events, SensegraphEvent } from '../../ports/stores.ts';
import { EventsOfTenants } from '../memory/events.ts';
import type { Db, StoreLog } from '../postgres/db.ts';
import { readRecentJobs } from '../postgres/jobs.ts';

const CHANNEL = 'sensegraph_events';
const RECONNECT_MS = 1000;
/** A connection cut without a word is noticed after this, and once more as long. */
const KEEP_ALIVE_MS = 10_000;

interface Listener {
  readonly client: pg.Client;
  /** Aborts when the connection is gone. */
  readonly ended: AbortSignal;
}

interface Notice {
  readonly from: string;
  readonly tenant: string;
  readonly event: SensegraphEvent;
}

/**
 * Events between all processes on one Postgres, by LISTEN and NOTIFY; a tenant's are heard by itself alone. Within a
 * process they arrive at once. What was said while the listening connection was down is made up for: the jobs that run
 * or ended lately are told again.
 */
export class PostgresEvents {
  readonly #here = new EventsOfTenants();
  readonly #id = randomUUID();
  readonly #url: string;
  readonly #db: Db;
  readonly #log: StoreLog;
  readonly #closing = new AbortController();
  #listening: Promise<void> = Promise.resolve();
  #sending: Promise<unknown> = Promise.resolve();

  private constructor(url: string, db: Db, log: StoreLog) {
    this.#url = url;
    this.#db = db;
    this.#log = log;
  }

  /** Resolves once it listens. */
  static async open(url: string, db: Db, log: StoreLog): Promise<PostgresEvents> {
    const events = new PostgresEvents(url, db, log);
    events.#listening = events.#listen(await events.#connect());
    return events;
  }

  of(tenant: string): Events {
    return {
      publish: (event) => this.#publish(tenant, event),
      subscribe: (signal) => this.#here.of(tenant).subscribe(signal),
    };
  }

  #publish(tenant: string, event: SensegraphEvent): void {
    this.#here.of(tenant).publish(event);
    const notice = JSON.stringify({ from: this.#id, tenant, event } satisfies Notice);
    // One after the other, so that a job's end is not told before its progress.
    this.#sending = this.#sending
      .then(() => this.#db.query('SELECT pg_notify($1, $2)', [CHANNEL, notice]))
      .catch((error: unknown) => this.#log.warn({ err: error }, 'An event did not reach the other processes.'));
  }

  async close(): Promise<void> {
    await this.#sending;
    this.#closing.abort();
    await this.#listening;
  }

  async #connect(): Promise<Listener> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: 'sensegraph events',
      keepAlive: true,
      connectionTimeoutMillis: KEEP_ALIVE_MS,
      query_timeout: KEEP_ALIVE_MS,
    });
    const ended = new AbortController();
    client.on('error', () => ended.abort()).on('end', () => ended.abort());
    client.on('notification', ({ payload = '' }) => {
      const { from, tenant, event } = JSON.parse(payload) as Notice;
      if (from !== this.#id) this.#here.of(tenant).publish(event);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      client.connection.stream.destroy();
      throw error;
    }
    return { client, ended: ended.signal };
  }

  async #listen(first: Listener): Promise<void> {
    const signal = this.#closing.signal;
    let listener: Listener | undefined = first;
    while (!signal.aborted) {
      try {
        if (!listener) {
          listener = await this.#connect();
          for (const { tenant, job } of await readRecentJobs(this.#db))
            this.#here.of(tenant).publish({ type: 'job', job });
        }
        await sleep(KEEP_ALIVE_MS, undefined, { signal: AbortSignal.any([signal, listener.ended]) });
        await listener.client.query('SELECT 1');
      } catch (error) {
        if (signal.aborted) break;
        this.#log.warn({ reason: asSensegraphError(error).message }, 'Not listening to other processes; trying again.');
        listener?.client.connection.stream.destroy();
        listener = undefined;
        await sleep(RECONNECT_MS, undefined, { signal }).catch(() => {});
      }
    }
    await listener?.client.end().catch(() => {});
  }
}
