import { answerOf, type Asked } from './asked.ts';
import { valueFor } from './bounds.ts';
import type { Condition } from './match.ts';
import type { Op, Program } from './program.ts';
import type { Column } from './rows.ts';
import { written, writtenTime } from './value.ts';

/** Two things that the question names, beside each other: which has more, which stands above, how far apart, which has more rows. */
export function comparisons(asked: Asked, measured: readonly Column[]): Program[] {
  const found: Program[] = [];
  const named = asked.conditions.slice(0, 5);
  for (const [i, a] of named.entries())
    for (const b of named.slice(i + 1)) {
      const used = [a, b];
      const [x, y] = [[...a.rows].toSorted((p, q) => p - q), [...b.rows].toSorted((p, q) => p - q)];
      const [left, right] = [x[0], y[0]];
      if (left === undefined || right === undefined || left === right) continue;
      const from = x.length + y.length;
      const rows = [left, right];
      const names = [nameOf(asked, a, left), nameOf(asked, b, right)] as const;
      /** One of the two by `ops[0]`, the other by `ops[1]`; only of things of one kind. */
      const choose = (
        ops: readonly [Op, Op],
        isLeft: boolean,
        rest: Pick<Program, 'rows' | 'how' | 'measured'>,
      ): void => {
        if (a.column !== b.column) return;
        for (const [op, value] of [
          [ops[0], names[isLeft ? 0 : 1]],
          [ops[1], names[isLeft ? 1 : 0]],
        ] as const)
          if (value !== '') found.push({ op, used, target: a.column, from, values: [value], ...rest });
      };
      for (const column of measured) {
        const [p, q] = rows.map((row) => {
          const cell = column.cells[row];
          return cell && valueFor(cell, column);
        });
        if (p === undefined || q === undefined) continue;
        const how = `${column.header} is ${column.cells[left]?.text} and ${column.cells[right]?.text}`;
        if (p !== q) choose(['GREATER', 'LESSER'], p > q, { measured: column, rows, how });
        const [u, v] = column.kind === 'DATE' ? rows.map((row) => column.cells[row]?.value.year) : [p, q];
        if (u !== undefined && v !== undefined) {
          const apart = column.kind === 'TIME' ? writtenTime(Math.abs(u - v)) : written(Math.abs(u - v));
          found.push({ op: 'DIFFERENCE', used, measured: column, from, values: [apart], rows, how });
        }
      }
      const [upper, lower] = left < right ? names : [names[1], names[0]];
      choose(['ABOVE', 'BELOW'], left < right, { rows, how: `in the table's order ${upper} stands above ${lower}` });
      const apart = Math.abs(x.length - y.length);
      const both = { rows: [...x, ...y], how: `${a.said}: ${x.length} rows, ${b.said}: ${y.length}` };
      found.push({ op: 'COUNT_DIFFERENCE', used, from, values: [String(apart)], ...both });
      if (apart > 0) choose(['GREATER', 'LESSER'], x.length > y.length, both);
    }
  return found;
}

/** What stands in the condition's own cell of a row. */
function nameOf(asked: Asked, { column }: Condition, row: number): string {
  const cell = column.cells[row];
  return cell ? answerOf(cell, column, asked) : '';
}
