import type { GraphAudit } from '../../ports/graph-audit.ts';
import type { GraphStore } from '../../ports/graph-store.ts';
import type { Ledger, Projector } from '../../ports/ledger.ts';
import type { LedgerTransfer } from '../../ports/ledger-transfer.ts';
import type { SpaceMigration } from '../../ports/space-migration.ts';
import type { VectorStore } from '../../ports/vector-store.ts';
import { adoptGraph, type Target } from './apply-outbox.ts';
import type { Db, StoreLog } from './db.ts';
import { LedgerAudit } from './graph-audit.ts';
import { PostgresGraphStore } from './graph-store.ts';
import { PostgresLedger } from './ledger.ts';
import { migrate, readMigrations } from './migrate.ts';
import { OutboxProjector } from './projector.ts';
import { PostgresSpaceMigration } from './space-migration.ts';
import { PostgresTransfer } from './transfer.ts';
import { Upkeep, type UpkeepOptions } from './upkeep.ts';
import { PostgresVectorStore } from './vector-store.ts';

export interface PostgresStores {
  readonly ledger: Ledger;
  readonly graph: GraphStore;
  readonly vectors: VectorStore;
  readonly migration: SpaceMigration;
  readonly projector: Projector;
  readonly audit: GraphAudit;
  readonly transfer: LedgerTransfer;
  readonly upkeep: Upkeep;
}

/** A graph that is not in the ledger's database. */
export interface OtherGraph {
  readonly graph: GraphStore;
  /** Tells it from other graphs. */
  readonly identity: string;
}

/** The stores over any Postgres, its schema brought up to date, the graph in the same database unless another is given. */
export async function openPostgresStores(
  db: Db,
  log: StoreLog,
  options: UpkeepOptions = {},
  other?: OtherGraph,
): Promise<PostgresStores> {
  const applied = await migrate(db, await readMigrations());
  if (applied.length > 0) log.info({ applied }, 'The database schema is up to date.');
  const upkeep = new Upkeep(db, log, options);
  const target: Target = other
    ? { identity: other.identity, graphIn: () => other.graph }
    : { identity: 'embedded', graphIn: (tx) => new PostgresGraphStore(tx) };
  await adoptGraph(db, target);
  return {
    ledger: new PostgresLedger(db, upkeep),
    graph: target.graphIn(db),
    vectors: new PostgresVectorStore(db, upkeep),
    migration: new PostgresSpaceMigration(db, upkeep),
    projector: new OutboxProjector(db, target, log),
    audit: new LedgerAudit(db, target, log),
    transfer: new PostgresTransfer(db),
    upkeep,
  };
}
