import { SensegraphError } from '../../errors.ts';
import type { GraphChange } from '../../ports/graph-store.ts';
import { changeRuns, type ChangeRun } from './change-runs.ts';
import { columns, json } from './columns.ts';
import type { Db } from './db.ts';

/** Applies changes in order, in the caller's transaction, a few statements for each run of one direction. */
export async function applyChanges(tx: Db, changes: readonly GraphChange[]): Promise<void> {
  for (const run of changeRuns(changes)) {
    if (run.op === 'delete') await applyDeletes(tx, run);
    else await applyUpserts(tx, run);
  }
}

async function applyDeletes(tx: Db, run: Extract<ChangeRun, { op: 'delete' }>): Promise<void> {
  if (run.edges.length > 0) await tx.query('DELETE FROM graph_edge WHERE id = ANY($1::text[])', [run.edges]);
  if (run.nodes.length === 0) return;
  await tx.query('DELETE FROM graph_edge WHERE from_id = ANY($1::text[])', [run.nodes]);
  await tx.query('DELETE FROM graph_edge WHERE to_id = ANY($1::text[])', [run.nodes]);
  await tx.query('DELETE FROM graph_node WHERE id = ANY($1::text[])', [run.nodes]);
}

async function applyUpserts(tx: Db, run: Extract<ChangeRun, { op: 'upsert' }>): Promise<void> {
  await requireNodes(tx, [...run.required]);
  if (run.nodes.size > 0) {
    await tx.query(
      `INSERT INTO graph_node (id, label, caption, properties)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
       ON CONFLICT (tenant, id) DO UPDATE SET
         label = excluded.label, caption = excluded.caption, properties = excluded.properties`,
      columns(
        [...run.nodes.values()],
        (node) => node.id,
        (node) => node.label,
        (node) => node.caption,
        (node) => json(node.properties),
      ),
    );
  }
  if (run.edges.size > 0) {
    await tx.query(
      `INSERT INTO graph_edge (id, type, from_id, to_id, weight, properties)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::jsonb[])
       ON CONFLICT (tenant, id) DO UPDATE SET type = excluded.type, from_id = excluded.from_id, to_id = excluded.to_id,
         weight = excluded.weight, properties = excluded.properties`,
      columns(
        [...run.edges.values()],
        (edge) => edge.id,
        (edge) => edge.type,
        (edge) => edge.from,
        (edge) => edge.to,
        (edge) => edge.weight,
        (edge) => json(edge.properties),
      ),
    );
  }
}

async function requireNodes(tx: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const missing = await tx.query<{ id: string }>(
    `SELECT id FROM unnest($1::text[]) AS t(id)
     WHERE NOT EXISTS (SELECT FROM graph_node WHERE graph_node.id = t.id COLLATE "C") LIMIT 1`,
    [ids],
  );
  if (missing[0]) {
    throw new SensegraphError('BAD_INPUT', `An edge names ${missing[0].id}, which is not in the graph.`);
  }
}
