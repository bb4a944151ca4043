import type { Events, JobQueue } from '../../ports/stores.ts';
import { DEFAULT_TENANT, type Tenants } from '../../ports/tenants.ts';
import type { Db } from './db.ts';
import type { PgBossQueue } from './job-queue.ts';
import type { PostgresStores, TenantTables } from './stores.ts';
import type { Upkeep } from './upkeep.ts';

/** All that one tenant has. */
export interface TenantStores extends TenantTables {
  readonly queue: JobQueue;
  readonly events: Events;
}

/** One tenant's stores, and the way to those of the others. */
export interface AllStores extends TenantStores {
  /** As the login role, across tenants. */
  readonly admin: Db;
  readonly tenants: Tenants;
  readonly upkeep: Upkeep;
  readonly queues: PgBossQueue;
  /** BAD_INPUT when there is no such tenant. */
  forTenant(name: string): Promise<TenantStores>;
  /** Stops the queue after the payload in hand, and closes everything. */
  close(): Promise<void>;
}

interface Parts extends PostgresStores {
  readonly admin: Db;
  readonly queue: PgBossQueue;
  readonly events: { of(tenant: string): Events };
  close(): Promise<void>;
}

/** The given tenant's stores at once. BAD_INPUT when there is no such tenant; all is closed then. */
export async function withTenants(tenant = DEFAULT_TENANT, parts: Parts): Promise<AllStores> {
  const { admin, tenants, upkeep, queue: queues, events, close } = parts;
  const forTenant = async (name: string): Promise<TenantStores> => ({
    ...(await parts.forTenant(name)),
    queue: queues.of(name),
    events: events.of(name),
  });
  let closed: Promise<void> | undefined;
  const own = await forTenant(tenant).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { ...own, admin, tenants, upkeep, queues, forTenant, close: () => (closed ??= close()) };
}
