import { answerOf, type Asked } from './asked.ts';
import { valueFor } from './bounds.ts';
import type { Condition } from './match.ts';
import type { Program } from './program.ts';
import type { Column } from './rows.ts';
import { written, writtenTime } from './value.ts';

/** Two things that the question names, beside each other: which has more, how far apart, which has more rows. */
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
      const nameOf = (one: Condition, row: number) =>
        one.column.cells[row] ? answerOf(one.column.cells[row], one.column, asked) : '';
      for (const column of measured) {
        const [p, q] = rows.map((row) => {
          const cell = column.cells[row];
          return cell && valueFor(cell, column);
        });
        if (p === undefined || q === undefined) continue;
        const how = `${column.header} is ${column.cells[left]?.text} and ${column.cells[right]?.text}`;
        if (a.column === b.column && p !== q) {
          const [more, less] = p > q ? [nameOf(a, left), nameOf(b, right)] : [nameOf(b, right), nameOf(a, left)];
          for (const [op, value] of [
            ['GREATER', more],
            ['LESSER', less],
          ] as const)
            if (value !== '')
              found.push({ op, used, measured: column, target: a.column, from, values: [value], rows, how });
        }
        const [u, v] = column.kind === 'DATE' ? rows.map((row) => column.cells[row]?.value.year) : [p, q];
        if (u !== undefined && v !== undefined) {
          const apart = column.kind === 'TIME' ? writtenTime(Math.abs(u - v)) : written(Math.abs(u - v));
          found.push({ op: 'DIFFERENCE', used, measured: column, from, values: [apart], rows, how });
        }
      }
      if (a.column === b.column) {
        const [upper, lower] = left < right ? [nameOf(a, left), nameOf(b, right)] : [nameOf(b, right), nameOf(a, left)];
        const order = `in the table's order ${upper} stands above ${lower}`;
        for (const [op, value] of [
          ['ABOVE', upper],
          ['BELOW', lower],
        ] as const)
          if (value !== '') found.push({ op, used, target: a.column, from, values: [value], rows, how: order });
      }
      const apart = Math.abs(x.length - y.length);
      const how = `${a.said}: ${x.length} rows, ${b.said}: ${y.length}`;
      found.push({ op: 'COUNT_DIFFERENCE', used, from, values: [String(apart)], rows: [...x, ...y], how });
      if (a.column === b.column && apart > 0) {
        const [more, less] =
          x.length > y.length ? [nameOf(a, left), nameOf(b, right)] : [nameOf(b, right), nameOf(a, left)];
        for (const [op, value] of [
          ['GREATER', more],
          ['LESSER', less],
        ] as const)
          if (value !== '') found.push({ op, used, target: a.column, from, values: [value], rows: [...x, ...y], how });
      }
    }
  return found;
}
