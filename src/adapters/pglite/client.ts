import { Worker } from 'node:worker_threads';
import { SensegraphError } from '../../errors.ts';
import type { Db, TenantedDb } from '../postgres/db.ts';
import { scopeStatement, TENANT_ROLE, tenantName } from '../postgres/tenant-role.ts';
import { Mutex } from './mutex.ts';
import type { Call, Response, WorkerInput } from './protocol.ts';

/** A failed statement; `code` is Postgres' SQLSTATE. */
export class StatementError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.name = 'StatementError';
    this.code = code;
  }
}

interface Pending {
  resolve(rows: object[]): void;
  reject(error: Error): void;
}

/** PGlite in its thread, as a `Db`. It has one connection: a transaction holds it alone, the rest waits its turn. */
export class PgliteClient implements TenantedDb {
  readonly #worker: Worker;
  readonly #mutex = new Mutex();
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  /** Whom the connection works for. */
  #scope: string | null = null;
  #ended: Error | undefined;

  private constructor(dataDir: string) {
    // The same file as source and compiled.
    const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
    this.#worker = new Worker(new URL(file, import.meta.url), {
      workerData: { dataDir } satisfies WorkerInput,
      name: 'pglite',
    });
    this.#worker.on('message', (response: Response) => this.#settle(response));
    this.#worker.on('error', (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#end(new SensegraphError('INTERNAL', 'The embedded database is closed.')));
  }

  /** Opens the directory (made when missing) or `memory://`. Takes seconds the first time. */
  static async open(dataDir: string): Promise<PgliteClient> {
    const client = new PgliteClient(dataDir);
    await new Promise<object[]>((resolve, reject) => client.#pending.set(0, { resolve, reject }));
    return client;
  }

  /** Statements that run or wait; 0 when idle. */
  get load(): number {
    return this.#mutex.load;
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
    const direct = this.#direct;
    return {
      query: <Row extends object>(text: string, parameters: readonly unknown[] = []) =>
        this.#with(tenant, () => direct.query<Row>(text, parameters)),
      exec: (script) =>
        this.#with(tenant, async () => {
          try {
            return await direct.exec(script);
          } catch (error) {
            // A script with its own BEGIN would leave the one connection in a failed transaction.
            await direct.exec('ROLLBACK').catch(() => {});
            throw error;
          }
        }),
      copy: (target, bytes) => this.#transaction(tenant, (tx) => tx.copy(target, bytes)),
      transaction: (work) => this.#transaction(tenant, work),
    };
  }

  #transaction<T>(tenant: string | null, work: (tx: Db) => Promise<T>): Promise<T> {
    return this.#with(tenant, async () => {
      await this.#direct.exec('BEGIN');
      try {
        const result = await work(this.#direct);
        await this.#direct.exec('COMMIT');
        return result;
      } catch (error) {
        await this.#direct.exec('ROLLBACK').catch(() => {}); // The first error is the one to tell.
        throw error;
      }
    });
  }

  #with<T>(tenant: string | null, work: () => Promise<T>): Promise<T> {
    return this.#mutex.run(async () => {
      if (this.#scope !== tenant) {
        // Outside of any transaction: one that is rolled back would take it back.
        await this.#direct.exec(scopeStatement(tenant));
        this.#scope = tenant;
      }
      return work();
    });
  }

  /** Waits for what was asked, closes the database and ends the thread. */
  async close(): Promise<void> {
    await this.#mutex.run(async () => {
      if (!this.#ended) await this.#call({ op: 'close' });
    });
    await this.#worker.terminate();
  }

  /** The connection itself, for whoever holds the mutex. */
  readonly #direct: Db = {
    query: <Row extends object>(text: string, parameters: readonly unknown[] = []) =>
      this.#call({ op: 'query', text, parameters }) as Promise<Row[]>,
    exec: (script) => this.#call({ op: 'exec', text: script }),
    copy: async (target, bytes) => {
      const text = `COPY ${target} FROM '/dev/blob' WITH (FORMAT binary)`;
      // Postgres copies into no table under row-level security. The rows are the tenant's by the column's default.
      if (this.#scope !== null) await this.#direct.exec('SET LOCAL ROLE NONE');
      await this.#call({ op: 'copy', text, bytes }, [bytes.buffer]);
      if (this.#scope !== null) await this.#direct.exec(`SET LOCAL ROLE ${TENANT_ROLE}`);
    },
    transaction: (work) => work(this.#direct),
  };

  readonly #across = this.#scoped(null);

  #call(call: Call, transfer: ArrayBuffer[] = []): Promise<object[]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call }, transfer);
    });
  }

  #settle(response: Response): void {
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if ('rows' in response) return pending?.resolve(response.rows);
    const { message, code, detail } = response.failure;
    pending?.reject(new StatementError(detail ? `${message} (${detail})` : message, code));
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    for (const pending of this.#pending.values()) pending.reject(this.#ended);
    this.#pending.clear();
  }
}
