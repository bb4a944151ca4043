import { bulkhead, type IPolicy } from 'cockatiel';
import type { Conversations } from '../../ports/conversations.ts';
import type { GraphAudit } from '../../ports/graph-audit.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { Ledger, Projector } from '../../ports/ledger.ts';
import type { LedgerTransfer } from '../../ports/ledger-transfer.ts';
import type { SpaceMigration } from '../../ports/space-migration.ts';
import type { Tenants } from '../../ports/tenants.ts';
import type { VectorStore } from '../../ports/vector-store.ts';
import { SensegraphError } from '../../errors.ts';
import { adoptGraph, type Target } from './apply-outbox.ts';
import { PostgresConversations } from './conversations.ts';
import type { Db, StoreLog, TenantedDb } from './db.ts';
import { LedgerAudit } from './graph-audit.ts';
import { PostgresGraphStore } from './graph-store.ts';
import { PostgresLedger } from './ledger.ts';
import { migrate, readMigrations } from './migrate.ts';
import { OutboxProjector } from './projector.ts';
import { PostgresSpaceMigration } from './space-migration.ts';
import { ensureTenantRole } from './tenant-role.ts';
import { PostgresTenants } from './tenants.ts';
import { PostgresTransfer } from './transfer.ts';
import { Upkeep, type UpkeepOptions } from './upkeep.ts';
import { PostgresVectorStore } from './vector-store.ts';

/** Tenants whose changes are brought to the graph at once, of one process. */
const MOST_PROJECTING = 3;

/** What one tenant has in a Postgres. */
export interface TenantTables {
  /** Sees and writes the tenant's rows alone. */
  readonly db: Db;
  readonly ledger: Ledger;
  readonly conversations: Conversations;
  readonly graph: GraphStore;
  readonly vectors: VectorStore;
  readonly migration: SpaceMigration;
  readonly projector: Projector;
  readonly audit: GraphAudit;
  readonly transfer: LedgerTransfer;
}

export interface PostgresStores {
  readonly tenants: Tenants;
  readonly upkeep: Upkeep;
  /** BAD_INPUT when there is no such tenant. */
  forTenant(name: string): Promise<TenantTables>;
}

/** Graphs that are not in the ledger's database. */
export interface OtherGraph {
  /** The tenant's part; its identity tells it from other graphs. */
  of(tenant: string): { readonly graph: GraphStore; readonly identity: string };
}

/** The stores over any Postgres, its schema brought up to date, the graphs in the same database unless another place is given. */
export async function openPostgresStores(
  db: TenantedDb,
  log: StoreLog,
  options: UpkeepOptions = {},
  other?: OtherGraph,
): Promise<PostgresStores> {
  await ensureTenantRole(db);
  const applied = await migrate(db, await readMigrations());
  if (applied.length > 0) log.info({ applied }, 'The database schema is up to date.');
  const upkeep = new Upkeep(db, log, options);
  const tenants = new PostgresTenants(db);
  // While a graph is away each tenant's projector holds a connection: they must leave some for everybody else.
  const room = bulkhead(MOST_PROJECTING, Number.MAX_SAFE_INTEGER);
  return {
    tenants,
    upkeep,
    forTenant: async (name) => {
      if (!(await tenants.has(name)))
        throw new SensegraphError(
          'BAD_INPUT',
          `There is no tenant ${name}. Make it with: sensegraph tenants add ${name}`,
        );
      return openTenant(db.forTenant(name), upkeep, log, room, other?.of(name));
    },
  };
}

async function openTenant(
  db: Db,
  upkeep: Upkeep,
  log: StoreLog,
  room: IPolicy,
  other: ReturnType<OtherGraph['of']> | undefined,
): Promise<TenantTables> {
  const target: Target = other
    ? { identity: other.identity, graphIn: () => other.graph }
    : { identity: 'embedded', graphIn: (tx) => new PostgresGraphStore(tx) };
  await adoptGraph(db, target);
  return {
    db,
    ledger: new PostgresLedger(db, upkeep),
    conversations: new PostgresConversations(db),
    graph: target.graphIn(db),
    vectors: new PostgresVectorStore(db, upkeep),
    migration: new PostgresSpaceMigration(db, upkeep),
    projector: new OutboxProjector(db, target, log, room),
    audit: new LedgerAudit(db, target, log),
    transfer: new PostgresTransfer(db),
  };
}
