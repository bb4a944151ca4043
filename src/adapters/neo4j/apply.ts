import neo4j from 'neo4j-driver';
import type { NodeLabel } from '../../../graph/ontology.ts';
import { SensegraphError } from '../../errors.ts';
import type { GraphChange } from '../../ports/graph-store.ts';
import { changeRuns, type ChangeRun } from '../postgres/change-runs.ts';
import { edgeKey, storedEdge, storedNode } from './records.ts';
import type { Transaction } from './server.ts';
import { edgeStatement, nodeStatement, statement } from './statements.ts';

/** Rows of one statement. Measured from 100 to 5,000: below 500 the round trips show, above 2,000 nothing is gained. */
const ROWS = 1000;
/** Edges deleted in one transaction. */
const EDGES = 20_000;

/**
 * Holds off others who apply to this tenant until the transaction ends. REMOTE_FAILED when one with a later turn was
 * here: whoever holds that one has what this one brings.
 */
export async function enterTurn(tx: Transaction, tenant: string, turn: number): Promise<void> {
  const name = turnOf(tenant);
  await tx.run(statement('write/lock-turn'), { name });
  const [entered] = await tx.run(statement('write/enter-turn'), { name, turn: neo4j.int(turn) });
  if (!entered)
    throw new SensegraphError('REMOTE_FAILED', 'Another process has taken over bringing changes to the graph.');
}

/** Takes away what is kept of a tenant's turns, once there is no tenant. */
export async function forgetTurn(tx: Transaction, tenant: string): Promise<void> {
  await tx.run(statement('write/forget-turn'), { name: turnOf(tenant) });
}

function turnOf(tenant: string): string {
  return `turn of ${tenant}`;
}

/** Applies changes in order, in the caller's transaction, a few statements for each run of one direction. */
export async function applyChanges(tx: Transaction, tenant: string, changes: readonly GraphChange[]): Promise<void> {
  for (const run of changeRuns(changes)) {
    if (run.op === 'delete') await applyDeletes(tx, tenant, run);
    else await applyUpserts(tx, tenant, run);
  }
}

/** Deletes some edges of nodes that are to go, where they have more than `most`. Gives how many: 0 once there are no more. */
export async function thinNodes(
  tx: Transaction,
  tenant: string,
  ids: readonly string[],
  most = EDGES,
): Promise<number> {
  const [row] = await tx.run<{ gone: number }>(statement('write/thin-nodes'), { tenant, ids, most: neo4j.int(most) });
  return row?.gone ?? 0;
}

async function applyDeletes(tx: Transaction, tenant: string, run: Extract<ChangeRun, { op: 'delete' }>): Promise<void> {
  for (const [type, rows] of Map.groupBy(run.edges.map(edgeKey), (edge) => edge.type))
    for (const part of parts(rows)) await tx.run(edgeStatement('write/delete-edges', type), { tenant, rows: part });
  for (const ids of parts(run.nodes)) await tx.run(statement('write/delete-nodes'), { tenant, ids });
}

async function applyUpserts(tx: Transaction, tenant: string, run: Extract<ChangeRun, { op: 'upsert' }>): Promise<void> {
  // Ends that the run brings only after their edge must be there before. Of all others the edges' own look-up tells.
  await requireNodes(
    tx,
    tenant,
    [...run.required].filter((id) => run.nodes.has(id)),
  );
  const nodes = Map.groupBy(run.nodes.values(), (node): NodeLabel => node.label);
  for (const [label, some] of nodes)
    for (const part of parts(some)) {
      const rows = part.map((node) => storedNode(node, tenant));
      await tx.run(nodeStatement('write/upsert-nodes', label), { tenant, rows });
    }
  const edges = Map.groupBy([...run.edges.values()].map(storedEdge), (edge) => edge.type);
  for (const [type, some] of edges)
    for (const rows of parts(some)) {
      const statementOfType = edgeStatement('write/upsert-edges', type);
      const [result] = await tx.run<{ written: number }>(statementOfType, { tenant, rows });
      if (result?.written !== rows.length) await requireNodes(tx, tenant, [...run.required]);
    }
}

/** BAD_INPUT when one is not there; undoes the transaction. */
async function requireNodes(tx: Transaction, tenant: string, all: readonly string[]): Promise<void> {
  for (const ids of parts(all)) {
    const [missing] = await tx.run<{ id: string }>(statement('read/missing-node'), { tenant, ids });
    if (missing) throw new SensegraphError('BAD_INPUT', `An edge names ${missing.id}, which is not in the graph.`);
  }
}

function* parts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += ROWS) yield all.slice(i, i + ROWS);
}
