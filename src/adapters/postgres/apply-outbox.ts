import { asSensegraphError, SensegraphError } from '../../errors.ts';
import type { GraphChange, GraphStore } from '../../ports/graph-store.ts';
import type { Db, StoreLog } from './db.ts';

/** Outbox rows applied and deleted in one transaction, at most. */
export const BATCH = 256;

/** The graph that the outbox is applied to. */
export interface Target {
  /** Tells it from other graphs. */
  readonly identity: string;
  /** Over the transaction itself where the graph is in the same database (then each change happens exactly once), else any store (then a crash between applying and deleting applies a batch again, which changes nothing). */
  readonly graphIn: (tx: Db) => GraphStore;
}

export type Phase = 'nodes' | 'edges';

interface Row {
  readonly id: string;
  readonly changes: string;
}

/**
 * Waits until no other process applies changes; holds off others until the transaction ends. Gives the turn: higher than
 * any before, also when the transaction of one before ended without its process being told.
 */
export async function takeTurn(tx: Db, { isPatient = false } = {}): Promise<number> {
  // Who looks through everything must hold off others before its first look at the rows, so by a lock of the table; and
  // waits for as long as others bring changes. Who brings changes locks its tenant's row, and comes again.
  await tx.exec(
    isPatient
      ? 'SET LOCAL statement_timeout = 0; LOCK TABLE projection IN SHARE ROW EXCLUSIVE MODE; SET LOCAL statement_timeout TO DEFAULT'
      : 'LOCK TABLE projection IN ROW EXCLUSIVE MODE; SELECT FROM projection FOR UPDATE',
  );
  // The server's clock, microseconds: unlike a counter it is right also in a ledger brought back from a backup.
  const [row] = await tx.query<{ turn: string }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text AS turn',
  );
  return Number(row?.turn);
}

/**
 * Applies the oldest rows, for whoever has the turn. `careful`: one by one, putting aside those that the graph refuses.
 * Gives how many rows are done with. BAD_INPUT when the ledger's graph is another one.
 */
export async function applyBatch(
  tx: Db,
  target: Target,
  turn: number,
  log: StoreLog,
  careful: boolean,
  size = BATCH,
): Promise<number> {
  const rows = await tx.query<Row>(
    'SELECT id::text AS id, changes::text AS changes FROM outbox ORDER BY outbox.id LIMIT $1',
    [size],
  );
  const phase = await requireTarget(tx, target);
  if (rows.length === 0) return 0;
  const graph = target.graphIn(tx);
  const parts = careful ? rows.map((row) => [row]) : [rows];
  for (const part of parts) {
    const changes = part.flatMap((row) => JSON.parse(row.changes) as GraphChange[]);
    const apply = async (): Promise<void> =>
      graph.apply(phase === 'nodes' ? await withoutLooseEdges(graph, changes) : changes, turn);
    const [row] = part;
    if (careful && row) await parkOnRefusal(tx, row, apply, log);
    else await apply();
  }
  await tx.query('DELETE FROM outbox WHERE id = ANY($1::bigint[])', [rows.map((row) => row.id)]);
  return rows.length;
}

/** All that waits, for whoever has the turn. */
export async function applyAll(tx: Db, target: Target, turn: number, log: StoreLog): Promise<number> {
  for (let total = 0; ;) {
    await tx.exec('SAVEPOINT batch');
    const done = await applyBatch(tx, target, turn, log, false).catch(async (error: unknown) => {
      if (!isRefusal(error)) throw error;
      await tx.exec('ROLLBACK TO SAVEPOINT batch');
      return applyBatch(tx, target, turn, log, true);
    });
    await tx.exec('RELEASE SAVEPOINT batch');
    total += done;
    if (done < BATCH) return total;
  }
}

/** Whether a change will never be taken, as against a store that can't take any now. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof SensegraphError) return error.code === 'BAD_INPUT';
  const code: unknown = (error as { code?: unknown } | null)?.code;
  // Postgres: data exceptions, broken constraints, limits of the program.
  return typeof code === 'string' && /^(?:(?:22|23|54)\w{3}$|Neo\.ClientError\.(?:Schema|Statement)\.)/.test(code);
}

async function parkOnRefusal(tx: Db, row: Row, apply: () => Promise<void>, log: StoreLog): Promise<void> {
  await tx.exec('SAVEPOINT one');
  try {
    await apply();
    await tx.exec('RELEASE SAVEPOINT one');
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await tx.exec('ROLLBACK TO SAVEPOINT one');
    const reason = asSensegraphError(error).message;
    await tx.query(
      'INSERT INTO outbox_parked (id, changes, enqueued_at, reason) SELECT id, changes, enqueued_at, $2 FROM outbox WHERE id = $1::bigint',
      [row.id, reason],
    );
    log.warn({ outbox: row.id, reason }, 'The graph refuses a change, which is put aside: sensegraph doctor --repair');
  }
}

/** A new ledger takes an empty graph as its own. Called when the stores open. */
export async function adoptGraph(db: Db, { identity, graphIn }: Target): Promise<void> {
  const [row] = await db.query<{ graph: string | null }>('SELECT graph FROM projection');
  if (row?.graph === identity) return;
  await db.transaction(async (tx) => {
    await takeTurn(tx);
    const [used] = await tx.query('SELECT FROM asset UNION ALL SELECT FROM outbox LIMIT 1');
    const isFree = !used && (await graphIn(tx).scan('', 1)).nodes.length === 0;
    if (isFree) await tx.query('UPDATE projection SET graph = $1, rebuilding = NULL', [identity]);
  });
}

/** The phase of a rebuild that runs. */
async function requireTarget(tx: Db, { identity }: Target): Promise<Phase | null> {
  const [row] = await tx.query<{ graph: string | null; rebuilding: Phase | null }>(
    'SELECT graph, rebuilding FROM projection',
  );
  if (row?.graph === identity) return row.rebuilding;
  throw new SensegraphError(
    'BAD_INPUT',
    row?.graph == null
      ? `The graph (${identity}) holds another ledger's nodes. Give this ledger a part of its own with SENSEGRAPH_NEO4J_TENANT, or make the graph this ledger's, and only this ledger's, with: sensegraph graph rebuild`
      : `The ledger's graph is kept elsewhere (${row.graph}), not here (${identity}). Fill this one with: sensegraph graph rebuild`,
  );
}

/** While a rebuild is bringing the nodes, an edge may come before its ends; the rebuild brings it later. */
async function withoutLooseEdges(graph: GraphStore, changes: readonly GraphChange[]): Promise<GraphChange[]> {
  const ends = changes.flatMap((change) => (change.op === 'upsertEdge' ? [change.edge.from, change.edge.to] : []));
  const there = new Set((await graph.nodes([...new Set(ends)])).map((node) => node.id));
  return changes.filter((change) => {
    if (change.op === 'upsertNode') there.add(change.node.id);
    if (change.op === 'deleteNode') there.delete(change.id);
    return change.op !== 'upsertEdge' || (there.has(change.edge.from) && there.has(change.edge.to));
  });
}
