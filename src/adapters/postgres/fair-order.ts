import type { Db } from './db.ts';

/** Waiting, in hand, or to be tried again. */
const UNDONE = `state IN ('created', 'retry', 'active')`;
/** Where a tenant's next payload starts, in units of cost: pg-boss takes the highest priority first, which is its negative. */
const START = '-priority';

/**
 * Priorities that share a queue equally between tenants, by start-time fair queueing (Goyal, Vin & Cheng 1996): each
 * payload starts where the same tenant's last one ends, but not before what is being taken now. So a tenant with little
 * to do waits for no more than what is in hand and its share, however much another has waiting. Any number of workers
 * take from one queue and need not know of tenants.
 */
export async function fairPriorities(
  db: Db,
  queue: string,
  tenant: string,
  costs: readonly number[],
): Promise<number[]> {
  const [row] = await db.query<{ now: number | null; end: number | null }>(
    // What fails again and again says nothing of how far the others are.
    `SELECT min(${START}) FILTER (WHERE state <> 'retry')::int AS now,
       max(${START} + coalesce((data->>'cost')::int, 1)) FILTER (WHERE data->>'tenant' = $2)::int AS end
     FROM pgboss.job WHERE name = $1 AND ${UNDONE}`,
    [queue, tenant],
  );
  let start = Math.max(row?.now ?? 0, row?.end ?? 0);
  return costs.map((cost) => {
    const priority = -start;
    start += cost;
    return priority;
  });
}
