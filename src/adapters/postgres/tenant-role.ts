import { SensegraphError } from '../../errors.ts';
import type { Db } from './db.ts';

/** What tenants' work runs as. One a cluster: several databases may share it. */
export const TENANT_ROLE = 'sensegraph';

/** What makes a connection work for one tenant, or, given null, as the login role across tenants. */
export function scopeStatement(tenant: string | null): string {
  if (tenant === null) return `RESET ROLE; SELECT set_config('sensegraph.tenant', '', false)`;
  return `SET ROLE ${TENANT_ROLE}; SELECT set_config('sensegraph.tenant', '${tenantName(tenant)}', false)`;
}

/** The name itself. BAD_INPUT unless it is a tenant's: it becomes a part of SQL, folders and keys. */
export function tenantName(name: string): string {
  if (/^[a-z][a-z0-9_-]{0,62}$/.test(name)) return name;
  throw new SensegraphError(
    'BAD_INPUT',
    `A tenant is named by up to 63 of a-z, 0-9, _ and -, beginning with a letter, not ${JSON.stringify(name.slice(0, 80))}.`,
  );
}

/**
 * Sees that the role is there, that it can't pass by row-level security, and that the login role may become it. Safe
 * when several processes, of several databases, do so at once. BAD_INPUT says what an administrator must do.
 */
export async function ensureTenantRole(db: Db): Promise<void> {
  await db
    .exec(
      `DO $$ BEGIN
         IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${TENANT_ROLE}') THEN
           CREATE ROLE ${TENANT_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
         END IF;
         -- To be able to give the role to others is not yet to be able to take it.
         IF NOT pg_has_role('${TENANT_ROLE}', 'SET') THEN EXECUTE 'GRANT ${TENANT_ROLE} TO CURRENT_USER'; END IF;
       EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
       END $$`,
    )
    .catch((cause: unknown) => {
      const code: unknown = (cause as { code?: unknown } | null)?.code;
      if (code !== '42501') throw cause;
      throw new SensegraphError(
        'BAD_INPUT',
        `The Postgres role of SENSEGRAPH_POSTGRES_URL may not make roles. An administrator must: CREATE ROLE ${TENANT_ROLE} NOLOGIN; GRANT ${TENANT_ROLE} TO <that role>`,
        { cause },
      );
    });
  const [role] = await db.query<{ unbound: boolean }>(
    `SELECT rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = '${TENANT_ROLE}'`,
  );
  if (role?.unbound === false) return;
  throw new SensegraphError(
    'BAD_INPUT',
    `The Postgres role ${TENANT_ROLE} could read every tenant's rows. An administrator must: ALTER ROLE ${TENANT_ROLE} NOSUPERUSER NOBYPASSRLS`,
  );
}
