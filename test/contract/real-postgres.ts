import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../src/adapters/postgres-server/open.ts';
import { freshDatabase, ownedDatabase } from '../servers.ts';
import { sqlStoresContract } from './sql-stores.ts';
import { tenantsContract } from './tenants.ts';

/** The contracts on a real server of that version. */
export async function realPostgresContract(version: 16 | 18): Promise<void> {
  const database = await freshDatabase(version);
  const second = database && (await ownedDatabase(version));
  describe.skipIf(!database)(`Postgres ${version}`, () => {
    afterAll(async () => {
      await database?.drop();
      await second?.drop();
    });
    sqlStoresContract(`Postgres ${version}`, (options) =>
      openServerStores({ url: database?.url ?? '', log: silentLog, ...options }),
    );
    plainRoleContract(`Postgres ${version}`, second);
    tenantsContract(`Postgres ${version} without a superuser`, () =>
      openServerStores({ url: second?.url ?? '', log: silentLog }),
    );
  });
}

/** Runs after nothing has been made yet in `database`, and leaves it so but for the schema. */
function plainRoleContract(name: string, database: { url: string; plain: string } | undefined): void {
  it(`a login of ${name} that is only the tenants' role reads no tenant it does not name, and can become no other role`, async () => {
    const stores = await openServerStores({ url: database?.url ?? '', log: silentLog });
    await stores.db.query("INSERT INTO outbox (changes) VALUES ('[]')");
    const client = new pg.Client({ connectionString: database?.plain });
    await client.connect();
    try {
      expect((await client.query('SELECT * FROM outbox')).rows).toEqual([]);
      const owner = new URL(database?.url ?? '').username;
      for (const statement of [
        `SET ROLE ${owner}`,
        'SET ROLE postgres',
        'ALTER TABLE outbox DISABLE ROW LEVEL SECURITY',
      ])
        await expect(client.query(statement), statement).rejects.toMatchObject({ code: '42501' });
      await client.query('RESET ROLE; SET row_security = off');
      await expect(client.query('SELECT * FROM outbox')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('SELECT * FROM tenant_token')).rejects.toMatchObject({ code: '42501' });
    } finally {
      await client.end();
      await stores.db.query('DELETE FROM outbox');
      await stores.close();
    }
  });
}
