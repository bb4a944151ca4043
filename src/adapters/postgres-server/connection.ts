import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Db } from '../postgres/db.ts';
import { TENANT_ROLE } from '../postgres/tenant-role.ts';

/** Waited for as long as a statement takes, where its limit on the server was lifted. */
const UNLIMITED_MS = 24 * 3600 * 1000;

/** One connection, held by whoever has it. */
export class Connection implements Db {
  readonly #client: pg.PoolClient;
  readonly #ofTenant: boolean;
  /** Of its own, where the pool's is not meant. */
  #limit: { query_timeout?: number } = {};

  constructor(client: pg.PoolClient, ofTenant: boolean) {
    this.#client = client;
    this.#ofTenant = ofTenant;
  }

  async query<Row extends object>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>({ text, values: [...parameters], ...this.#limit })).rows;
  }

  async exec(script: string): Promise<object[]> {
    if (/\bSET LOCAL statement_timeout = 0\b/.test(script)) this.#limit = { query_timeout: UNLIMITED_MS };
    const results = (await this.#client.query({ text: script, ...this.#limit })) as unknown as
      | pg.QueryResult<object>
      | pg.QueryResult<object>[];
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
