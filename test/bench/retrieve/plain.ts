import { indexedTable, spaceRow, tailTable } from '../../../src/adapters/postgres/vector-rows.ts';
import type { Db } from '../../../src/adapters/postgres/db.ts';

const NEAREST = 100;

/**
 * What takes three statements by hand, as the measure beside ours: the nearest passages, what they name (one hop), and
 * the passages that name most of that too, without any bound. Gives those.
 */
export async function plainRetrieve(db: Db, space: string, vector: Float32Array): Promise<string[]> {
  const row = await spaceRow(db, space);
  const near = [indexedTable(row), tailTable(row)]
    .map((table) => `(SELECT node_id, vector <=> $1 AS distance FROM ${table} ORDER BY vector <=> $1 LIMIT ${NEAREST})`)
    .join(' UNION ALL ');
  const passages = await db.query<{ node_id: string }>(`${near} ORDER BY distance LIMIT ${NEAREST}`, [
    `[${vector.join(',')}]`,
  ]);
  const named = await db.query<{ to_id: string }>(
    `SELECT DISTINCT to_id FROM graph_edge WHERE from_id = ANY($1::text[]) AND type IN ('MENTIONS', 'ABOUT')`,
    [passages.map(({ node_id }) => node_id)],
  );
  const found = await db.query<{ from_id: string }>(
    `SELECT from_id FROM graph_edge WHERE to_id = ANY($1::text[]) AND type IN ('MENTIONS', 'ABOUT')
     GROUP BY from_id ORDER BY count(*) DESC LIMIT ${NEAREST}`,
    [named.map(({ to_id }) => to_id)],
  );
  return found.map(({ from_id }) => from_id);
}
