import { afterAll, describe } from 'vitest';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../src/adapters/postgres-server/open.ts';
import { freshDatabase } from '../servers.ts';
import { sqlStoresContract } from './sql-stores.ts';

/** The contracts on a real server of that version. */
export async function realPostgresContract(version: 16 | 18): Promise<void> {
  const database = await freshDatabase(version);
  describe.skipIf(!database)(`Postgres ${version}`, () => {
    afterAll(() => database?.drop());
    sqlStoresContract(`Postgres ${version}`, (options) =>
      openServerStores({ url: database?.url ?? '', log: silentLog, ...options }),
    );
  });
}
