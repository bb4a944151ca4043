import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../graph/algorithms/random.ts';
import type { AllStores, TenantStores } from '../../src/adapters/postgres/all-stores.ts';
import { conversationTenantsContract } from './conversations.ts';
import { SMALL_SPACE } from './ledger.ts';
import { fact, smallRecord } from './small-records.ts';
import { syntheticRecord, TEXT_SPACE, unitVector } from './synthetic.ts';

/** What keeps tenants apart in any Postgres, below all of our own code. */
export function tenantsContract(name: string, open: () => Promise<AllStores>): void {
  describe(`tenants in ${name}`, () => {
    let stores: AllStores;
    let acme: TenantStores;
    let busy: TenantStores;
    beforeAll(async () => {
      stores = await open();
      for (const tenant of ['acme', 'busy']) await stores.tenants.add(tenant);
      [acme, busy] = [await stores.forTenant('acme'), await stores.forTenant('busy')];
      for (const { vectors } of [acme, busy, stores]) await vectors.ensureSpace(SMALL_SPACE);
    });
    afterAll(() => stores.close());

    it('work as a role that can neither bypass row-level security nor make anything', async () => {
      const [role] = await acme.db.query(
        'SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles WHERE rolname = current_user',
      );
      expect(role).toEqual({
        rolname: 'sensegraph',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
      });
      for (const statement of [
        'ALTER TABLE asset DISABLE ROW LEVEL SECURITY',
        'DROP POLICY of_tenant ON asset',
        'CREATE POLICY mine ON asset USING (true)',
        'TRUNCATE asset',
        'SELECT * FROM tenant',
        'SELECT * FROM tenant_token',
        "SELECT guard_vectors(1, 'acme')",
        'ALTER ROLE sensegraph BYPASSRLS',
        'SELECT * FROM pgboss.job',
      ])
        await expect(
          acme.db.transaction((tx) => tx.query(statement)),
          statement,
        ).rejects.toMatchObject({ code: '42501' });
      // Switched off for the query, row-level security makes it fail and not pass.
      const switched = acme.db.transaction(async (tx) => {
        await tx.exec('SET LOCAL row_security = off');
        await tx.query('SELECT * FROM asset');
      });
      await expect(switched).rejects.toMatchObject({ code: '42501' });
    });

    it('are in the key of every table, and every table is under row-level security', async () => {
      const tables = await stores.admin.query<{ name: string; key: string | null }>(
        `SELECT relname AS name, (SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
           WHERE indrelid = pg_class.oid AND indisprimary) AS key
         FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity`,
      );
      // These the role has no right to at all.
      expect(tables.map((table) => table.name).toSorted()).toEqual(['migration', 'tenant', 'tenant_token']);
      const keys = await stores.admin.query<{ name: string; key: string; policies: number }>(
        `SELECT relname AS name, (SELECT count(*)::int FROM pg_policy WHERE polrelid = pg_class.oid) AS policies,
           (SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
            WHERE indrelid = pg_class.oid AND indisprimary) AS key
         FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity`,
      );
      expect(keys.length).toBeGreaterThan(22);
      for (const { name: table, key, policies } of keys) {
        expect(policies, table).toBe(1);
        // Vectors of a space are a table of their own, the tenant's as a whole.
        expect(key, table).toBe(/^vectors_\d+(_tail)?$/.test(table) ? 'node_id' : 'tenant');
      }
    });

    it('see, change and delete only their own of what has the same ids', async () => {
      await acme.ledger.commit([smallRecord({ number: 1, facts: [fact(0, 1)] })]);
      await busy.ledger.commit([
        smallRecord({ number: 1, facts: [fact(0, 1)] }),
        smallRecord({ number: 2, facts: [fact(1, 2)] }),
      ]);
      await Promise.all([acme, busy].map(({ projector }) => projector.project()));
      expect((await acme.ledger.counts()).assets).toBe(1);
      expect((await stores.ledger.counts()).assets).toBe(0);
      expect(await acme.ledger.asset('Asset:2')).toBeNull();
      expect(await acme.graph.nodes(['Asset:2'])).toEqual([]);
      expect(await acme.ledger.deleteAsset('Asset:2')).toBeNull();
      await acme.ledger.deleteAsset('Asset:1');
      await acme.projector.project();
      expect(await acme.graph.counts()).toEqual({ nodes: 0, edges: 0 });
      expect((await busy.ledger.counts()).assets).toBe(2);
      expect((await busy.audit.compare()).differences).toMatchObject({ missing: 0, extra: 0, different: 0 });
      const [table] = await stores.admin.query<{ name: string }>(
        `SELECT 'vectors_' || number || '_tail' AS name FROM space WHERE tenant = 'busy'`,
      );
      expect(await acme.db.query(`SELECT * FROM ${table?.name}`)).toEqual([]);
      await expect(
        acme.db.query(`INSERT INTO asset SELECT 'Asset:9', modality, media_type, byte_size, title, blob_key, created_at,
          NULL, NULL, NULL, NULL, 'busy' FROM (VALUES ('TEXT', 't', 1, 't', 'k', now())) AS v(modality, media_type, byte_size, title, blob_key, created_at)`),
      ).rejects.toMatchObject({ code: '42501' });
    });

    it('search the words and vectors of their own, however many others have', async () => {
      await busy.vectors.ensureSpace(TEXT_SPACE);
      await acme.vectors.ensureSpace(TEXT_SPACE);
      const records = Array.from({ length: 60 }, (_, n) => syntheticRecord(n));
      await busy.ledger.commit(records);
      await acme.ledger.commit(records.slice(0, 3));
      const words = records[0]?.segments[0]?.text ?? '';
      const own = new Set(records.slice(0, 3).flatMap(({ segments }) => segments.map(({ id }) => id)));
      const hits = await acme.ledger.searchText(words, 50);
      expect(hits.length).toBeGreaterThan(0);
      expect(hits.filter(({ segmentId }) => !own.has(segmentId))).toEqual([]);
      const near = await acme.vectors.search('text', unitVector(random(1), TEXT_SPACE.dimension), 50);
      expect(near.length).toBe(own.size);
      // The same words among the same segments score the same, whatever other tenants have.
      await stores.tenants.add('alone');
      const alone = await stores.forTenant('alone');
      await alone.vectors.ensureSpace(TEXT_SPACE);
      await alone.ledger.commit(records.slice(0, 3));
      expect(await alone.ledger.searchText(words, 50)).toEqual(hits);
    });

    it('see nothing and write nothing on a connection that is nobody’s', async () => {
      const nobody = stores.admin.transaction(async (tx) => {
        await tx.exec(`SET LOCAL ROLE sensegraph`);
        expect(await tx.query('SELECT * FROM segment')).toEqual([]);
        await tx.query("INSERT INTO outbox (changes) VALUES ('[]')");
      });
      await expect(nobody).rejects.toThrow(/row-level security|null value/);
      expect(await stores.admin.query('SELECT current_user::text AS name')).not.toEqual([{ name: 'sensegraph' }]);
    });

    it('leave nothing behind when they are removed, and others as they were', async () => {
      const before = await acme.ledger.counts();
      await busy.queue.send('removed', [{ n: 1 }]);
      expect(await stores.tenants.traces('busy')).not.toEqual([]);
      await stores.tenants.remove('busy');
      expect(await stores.tenants.traces('busy')).toEqual([]);
      await expect(busy.ledger.commit([smallRecord({ number: 5, facts: [] })])).rejects.toMatchObject({
        code: '23503',
      });
      expect(await stores.tenants.traces('busy')).toEqual([]);
      await expect(stores.forTenant('busy')).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await expect(stores.tenants.remove('default')).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(await acme.ledger.counts()).toEqual(before);
    });
  });
  conversationTenantsContract(name, open);
}
