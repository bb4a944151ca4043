import { SensegraphError } from '../../errors.ts';
import type { Trace } from '../../ports/graph-audit.ts';
import { DEFAULT_TENANT, type Tenant, type Tenants, type TokenHash } from '../../ports/tenants.ts';
import type { Db } from './db.ts';
import { tenantName } from './tenant-role.ts';
import { indexedTable, tailTable, type SpaceRow } from './vector-rows.ts';

/** The tenants of a database, over the login role's `Db`. */
export class PostgresTenants implements Tenants {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  async list(): Promise<Tenant[]> {
    const rows = await this.#db.query<{ name: string; created_at: Date; tokens: number }>(
      `SELECT name, created_at, (SELECT count(*)::int FROM tenant_token WHERE tenant = name) AS tokens
       FROM tenant ORDER BY name`,
    );
    return rows.map(({ name, created_at, tokens }) => ({ name, createdAt: created_at.toISOString(), tokens }));
  }

  async has(name: string): Promise<boolean> {
    return (await this.#db.query('SELECT FROM tenant WHERE name = $1', [name])).length > 0;
  }

  add(name: string): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const made = await tx.query('INSERT INTO tenant (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING name', [
        tenantName(name),
      ]);
      if (made.length > 0) await tx.query('INSERT INTO projection (tenant) VALUES ($1)', [name]);
      return made.length > 0;
    });
  }

  async addToken({ tenant, hash }: TokenHash): Promise<void> {
    await this.#db.query('INSERT INTO tenant_token (hash, tenant) VALUES ($1, $2)', [Buffer.from(hash), tenant]);
  }

  async removeTokens(tenant: string): Promise<number> {
    const gone = await this.#db.query('DELETE FROM tenant_token WHERE tenant = $1 RETURNING 1', [tenant]);
    return gone.length;
  }

  tokens(): Promise<TokenHash[]> {
    return this.#db.query<{ tenant: string; hash: Uint8Array }>('SELECT tenant, hash FROM tenant_token');
  }

  async unfinished(): Promise<string[]> {
    const rows = await this.#db.query<{ name: string }>(
      `SELECT name FROM tenant
       WHERE EXISTS (SELECT FROM job WHERE job.tenant = name AND state IN ('QUEUED', 'RUNNING'))
          OR EXISTS (SELECT FROM outbox WHERE outbox.tenant = name) ORDER BY name`,
    );
    return rows.map((row) => row.name);
  }

  async remove(name: string): Promise<void> {
    if (name === DEFAULT_TENANT)
      throw new SensegraphError('BAD_INPUT', `The tenant ${DEFAULT_TENANT} stays: delete its assets one by one.`);
    await this.#db.transaction(async (tx) => {
      // Whoever edits or brings changes to a graph ends first, and what comes after finds no tenant.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('sensegraph ledger ' || $1))`, [name]);
      await tx.exec('LOCK TABLE projection IN SHARE ROW EXCLUSIVE MODE');
      const spaces = await tx.query<SpaceRow>('SELECT * FROM space WHERE tenant = $1', [name]);
      // Waits for whoever writes for it; nobody can any more once this is done.
      const gone = await tx.query('DELETE FROM tenant WHERE name = $1 RETURNING name', [name]);
      if (gone.length === 0) throw new SensegraphError('NOT_FOUND', `There is no tenant ${name}.`);
      for (const space of spaces) await tx.exec(`DROP TABLE ${indexedTable(space)}; DROP TABLE ${tailTable(space)}`);
      for (const table of await tables(tx)) await tx.query(`DELETE FROM ${table} WHERE tenant = $1`, [name]);
      if (await hasQueue(tx)) await tx.query(`DELETE FROM ${QUEUED}`, [name]);
    });
  }

  async traces(name: string): Promise<Trace[]> {
    const places = (await tables(this.#db)).map((table) => [`table ${table}`, `${table} WHERE tenant = $1`]);
    if (await hasQueue(this.#db)) places.push(['the queue', QUEUED]);
    places.push(['table tenant', 'tenant WHERE name = $1']);
    const traces: Trace[] = [];
    for (const [place = '', rows] of places) {
      const [row] = await this.#db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${rows}`, [name]);
      if (row && row.n > 0) traces.push({ place, count: row.n });
    }
    return traces;
  }
}

const QUEUED = `pgboss.job WHERE data->>'tenant' = $1`;

async function hasQueue(db: Db): Promise<boolean> {
  const [row] = await db.query<{ there: boolean }>(`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`);
  return row?.there === true;
}

/** All that have a tenant's rows, also those that later migrations make. */
async function tables(db: Db): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attname = 'tenant' AND NOT attisdropped
     ORDER BY relname`,
  );
  return rows.map((row) => row.name);
}
