import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Db, StoreLog, TenantedDb } from '../postgres/db.ts';
import { scopeStatement, TENANT_ROLE, tenantName } from '../postgres/tenant-role.ts';
import { isConflict, isGone, readableFailure } from './failures.ts';

export interface ServerOptions {
  /** `postgres://user:password@host:port/database`, with pg's parameters such as `sslmode`. */
  readonly url: string;
  readonly log: StoreLog;
  /** Connections at most, beside the one that listens. Default 10; at least 2. */
  readonly poolSize?: number;
  /** Longest a statement may take, milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_POOL = 10;
const DEFAULT_TIMEOUT_MS = 60_000;
const CONNECT_MS = 10_000;
/** A transaction of ours that waits for nothing this long has lost its process' attention; its locks must go. */
const IDLE_IN_TRANSACTION_MS = 300_000;
/** Runs of a transaction that met a conflict, or a connection that was gone before its commit. */
const ATTEMPTS = 6;

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
  static async open({ url, log, poolSize, timeoutMs }: ServerOptions): Promise<PostgresServer> {
    const pool = new pg.Pool({
      connectionString: url,
      max: Math.max(2, poolSize ?? DEFAULT_POOL),
      application_name: 'sensegraph',
      connectionTimeoutMillis: CONNECT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      statement_timeout: timeoutMs ?? DEFAULT_TIMEOUT_MS,
      keepAlive: true,
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
        if (!again || attempt === ATTEMPTS) throw readableFailure(error, this.place);
        await sleep(20 * 2 ** attempt * (0.5 + Math.random()));
      }
    }
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
        await client.query(scopeStatement(tenant));
        this.#scopes.set(client, tenant);
      }
      return await work(new Connection(client, tenant !== null));
    } catch (error) {
      if (isGone(error)) broken ??= error as Error;
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

/** One connection, held by whoever has it. */
class Connection implements Db {
  readonly #client: pg.PoolClient;
  readonly #ofTenant: boolean;

  constructor(client: pg.PoolClient, ofTenant: boolean) {
    this.#client = client;
    this.#ofTenant = ofTenant;
  }

  async query<Row extends object>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(text, [...parameters])).rows;
  }

  async exec(script: string): Promise<object[]> {
    const results = (await this.#client.query(script)) as unknown as pg.QueryResult<object> | pg.QueryResult<object>[];
    return [results].flat().flatMap((result) => result.rows);
  }

  async copy(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // Postgres copies into no table under row-level security. The rows are the tenant's by the column's default.
    if (this.#ofTenant) await this.#client.query('SET LOCAL ROLE NONE');
    await this.#copy(target, bytes);
    if (this.#ofTenant) await this.#client.query(`SET LOCAL ROLE ${TENANT_ROLE}`);
  }

  #copy(target: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return new Promise((resolve, reject) => {
      const stream = this.#client.query(copyFrom(`COPY ${target} FROM STDIN WITH (FORMAT binary)`));
      stream.on('error', reject).on('finish', () => resolve());
      stream.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    return work(this);
  }
}
