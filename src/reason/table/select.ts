import type { Asked } from './asked.ts';
import { intersection, type Condition } from './match.ts';

/** Rows that meet conditions: one column's are alternatives, several columns' must all hold. A condition that none meets with the rest is dropped, a partial match first. */
export function select(
  asked: Asked,
  conditions: readonly Condition[] = [...asked.conditions, ...asked.bounds],
): Selected {
  const all = new Set(asked.table.rows.map(({ index }) => index));
  const byColumn = [
    ...Map.groupBy(
      conditions,
      (one) => `${one.column.index}${asked.bounds.includes(one) ? `>${one.from}` : ''}`,
    ).values(),
  ]
    .map((group) => ({ group, rows: new Set(group.flatMap(({ rows }) => [...rows])) }))
    .toSorted((a, b) => worth(b.group) - worth(a.group));
  let rows = all;
  const used: Condition[] = [];
  for (const one of byColumn) {
    const left = intersection(rows, one.rows);
    if (left.size === 0 && used.length > 0 && !one.group.some((condition) => asked.bounds.includes(condition)))
      continue;
    rows = left;
    used.push(...one.group);
  }
  return { rows: [...rows].toSorted((a, b) => a - b), used };
  function worth(group: readonly Condition[]): number {
    return Math.max(
      ...group.map(
        (one) =>
          (one.exact ? 2 : 0) +
          (one.to - one.from) -
          one.rows.size / (2 * all.size) -
          (asked.bounds.includes(one) ? 4 : 0),
      ),
    );
  }
}

export interface Selected {
  readonly rows: readonly number[];
  readonly used: readonly Condition[];
}

/** "3 rows have Opponent San Marino and Date 2010". */
export function told(rows: readonly number[], used: readonly Condition[]): string {
  const count = `${rows.length} ${rows.length === 1 ? 'row has' : 'rows have'}`;
  return used.length === 0
    ? `the table has ${rows.length} rows`
    : `${count} ${used.map(({ said }) => said).join(' and ')}`;
}
