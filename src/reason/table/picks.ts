import { cellsIn, type Asked } from './asked.ts';
import { valuesIn } from './bounds.ts';
import { COLUMNS, LIST, type Op } from './program.ts';
import { sameAs, type Column } from './rows.ts';
import type { Selected } from './select.ts';

export interface Picked {
  readonly op: Op;
  readonly rows: readonly number[];
  readonly column?: Column;
  readonly how: string;
}

/** Rows picked of a selection, or beside it: the greatest, the first, the next, those that share a value with it. */
export function pick(asked: Asked, { rows, used }: Selected, measured: readonly Column[], said: string): Picked[] {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return [];
  const of = said.replace(/^the table has /, '');
  const picked: Picked[] = [];
  if (rows.length > 1) {
    picked.push({ op: 'FIRST', rows: [first], how: `of ${of} this is the first` });
    picked.push({ op: 'LAST', rows: [last], how: `of ${of} this is the last` });
    for (const column of measured) {
      const cells = valuesIn(column, rows);
      for (const [op, word, side] of [
        ['ARGMAX', 'greatest', 1],
        ['ARGMIN', 'least', -1],
      ] as const) {
        const best = Math.max(...cells.map(({ value }) => value * side));
        const own = cells.filter(({ value }) => value * side === best);
        const [one] = own;
        if (one && own.length <= 3)
          picked.push({
            op,
            column,
            rows: own.map(({ row }) => row),
            how: `of ${of} the ${word} ${column.header} is ${one.cell.text}`,
          });
      }
    }
  }
  if (used.length === 0) return picked;
  if (rows.length <= 3) {
    for (const [op, row, word] of [
      ['NEXT', last + 1, 'followed'],
      ['PREVIOUS', first - 1, 'preceded'],
    ] as const)
      if (asked.table.rows[row]) picked.push({ op, rows: [row], how: `${said}, ${word} by this row` });
    for (const column of asked.table.columns.slice(0, COLUMNS)) {
      const values = new Set(cellsIn(column, rows).map(({ cell }) => sameAs(cell)));
      const others = asked.table.rows
        .map(({ index }) => index)
        .filter((row) => {
          const cell = column.cells[row];
          return cell && !rows.includes(row) && values.has(sameAs(cell));
        });
      if (others.length > 0 && others.length <= LIST)
        picked.push({ op: 'SAME', column, rows: others, how: `${said}; others with the same ${column.header}` });
    }
  }
  return picked;
}
