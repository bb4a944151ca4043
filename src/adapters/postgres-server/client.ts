import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ConnectionCounts } from '../../ports/stores.ts';
import type { Db, StoreLog, TenantedDb } from '../postgres/db.ts';
import { scopeStatement, tenantName } from '../postgres/tenant-role.ts';
import { Connection } from './connection.ts';
import { isConflict, isGone, readableFailure } from './failures.ts';

export interface ServerOptions {
  /** `postgres://user:password@host:port/database`, with pg's parameters such as `sslmode`. */
  readonly url: string;
  readonly log: StoreLog;
  /** Connections at most, beside the one that listens. Default 10; at least 2. */
  readonly poolSize?: number;
  /** Longest a statement may take, milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /**
   * Longest that a transaction may wait for something else than Postgres, milliseconds: its locks must go when its
   * process is dead, or its connection is without either end being told. Default 60,000.
   */
  readonly idleMs?: number;
}

const DEFAULT_POOL = 10;
const DEFAULT_TIMEOUT_MS = 60_000;
const CONNECT_MS = 10_000;
/** A peer that is silent this long is asked whether it lives. */
const KEEP_ALIVE_MS = 10_000;
const DEFAULT_IDLE_MS = 60_000;
/**
 * Time beyond the server's own limit after which a statement's answer is not waited for any more: then the connection
 * is dead, though neither end was told.
 */
const ANSWER_GRACE_MS = 5000;
/** Runs of a transaction that met a conflict, or a connection that was gone before its commit. */
const ATTEMPTS = 6;
/** No new run is begun after this: who waits for it must hear of a server that is away. */
const RETRY_MS = 20_000;

/** A Postgres server as a `Db`: statements take any connection of the pool, a transaction keeps one. */
export class PostgresServer implements TenantedDb {
  readonly #pool: pg.Pool;
  /** Whom a connection works for, where it has worked for a tenant: one that serves the same again needs no round trip. */
  readonly #scopes = new WeakMap<pg.PoolClient, string | null>();
  /** `host:port/database`. */
  readonly place: string;

  private constructor(pool: pg.Pool, place: string) {
    this.#pool = pool;
    this.place = place;
  }

  /** REMOTE_FAILED when it can't be reached or refuses. */
  static async open(options: ServerOptions): Promise<PostgresServer> {
    const { url, log, poolSize, timeoutMs = DEFAULT_TIMEOUT_MS, idleMs = DEFAULT_IDLE_MS } = options;
    const pool = new pg.Pool({
      connectionString: url,
      max: Math.max(2, poolSize ?? DEFAULT_POOL),
      application_name: 'sensegraph',
      connectionTimeoutMillis: CONNECT_MS,
      idle_in_transaction_session_timeout: idleMs,
      statement_timeout: timeoutMs,
      query_timeout: timeoutMs + ANSWER_GRACE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      onConnect: async (client) => {
        // Not everywhere to be had; what a dead process asked for would go on without.
        await client.query(`SET client_connection_check_interval = ${KEEP_ALIVE_MS}`).catch(() => {});
      },
    });
    // An idle connection that breaks is replaced when the next one is needed.
    pool.on('error', (error) => log.warn({ err: error }, 'An idle connection to Postgres broke.'));
    const { host, pathname } = new URL(url);
    const server = new PostgresServer(pool, `${host}${pathname}`);
    try {
      await server.query('SELECT 1');
    } catch (error) {
      await pool.end();
      throw error;
    }
    return server;
  }

  query<Row extends object>(text: string, parameters?: readonly unknown[]): Promise<Row[]> {
    return this.#across.query<Row>(text, parameters);
  }

  exec(script: string): Promise<object[]> {
    return this.#across.exec(script);
  }

  copy(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#across.copy(target, bytes);
  }

  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return this.#across.transaction(work);
  }

  forTenant(tenant: string): Db {
    return this.#scoped(tenantName(tenant));
  }

  #scoped(tenant: string | null): Db {
    return {
      query: (text, parameters) => this.#with(tenant, (connection) => connection.query(text, parameters)),
      exec: (script) => this.#with(tenant, (connection) => connection.exec(script)),
      copy: (target, bytes) => this.#transaction(tenant, (tx) => tx.copy(target, bytes)),
      transaction: (work) => this.#transaction(tenant, work),
    };
  }

  readonly #across = this.#scoped(null);

  /** Run again, up to 6 times, where another transaction was in the way: `work` must do nothing that can't be redone. */
  async #transaction<T>(tenant: string | null, work: (tx: Db) => Promise<T>): Promise<T> {
    const started = performance.now();
    for (let attempt = 1; ; attempt++) {
      let isCommitting = false;
      try {
        return await this.#with(
          tenant,
          async (connection) => {
            isCommitting = false;
            await connection.exec('BEGIN');
            const result = await work(connection);
            isCommitting = true;
            await connection.exec('COMMIT');
            return result;
          },
          raw,
        );
      } catch (error) {
        // Lost while committing, it may have been committed: whoever asked must look.
        const again = isConflict(error) || (isGone(error) && !isCommitting);
        const isLast = attempt === ATTEMPTS || performance.now() - started > RETRY_MS;
        if (!again || isLast) throw readableFailure(error, this.place);
        await sleep(20 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  connections(): ConnectionCounts {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  /** Waits for what was asked and closes all connections. */
  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #with<T>(
    tenant: string | null,
    work: (connection: Connection) => Promise<T>,
    failure = this.#readable,
  ): Promise<T> {
    let client: pg.PoolClient | undefined;
    let broken: Error | undefined;
    // Without a listener, the end of a connection in use would end the process.
    const onError = (error: Error): void => void (broken = error);
    try {
      client = await this.#pool.connect();
      client.on('error', onError);
      if ((this.#scopes.get(client) ?? null) !== tenant) {
        this.#scopes.delete(client);
        // Outside of any transaction: one that is rolled back would take it back.
        await client.query(scopeStatement(tenant)).catch((error: Error) => {
          broken = error; // It may still work for another.
          throw error;
        });
        this.#scopes.set(client, tenant);
      }
      return await work(new Connection(client, tenant !== null));
    } catch (error) {
      if (isGone(error)) {
        broken ??= error as Error;
        // Else a connection that carries nothing any more would stay half open.
        client?.connection.stream.destroy();
      }
      // A script with its own BEGIN, and every transaction, would leave the connection in a failed one.
      else await client?.query('ROLLBACK').catch((second: Error) => (broken = second));
      throw failure(error);
    } finally {
      client?.off('error', onError);
      client?.release(broken);
    }
  }

  readonly #readable = (error: unknown): unknown => readableFailure(error, this.place);
}

function raw(error: unknown): unknown {
  return error;
}
