import { answerOf, cellsIn, type Asked } from './asked.ts';
import { valuesIn } from './bounds.ts';
import type { Give } from './program.ts';
import { sameAs, type Column } from './rows.ts';
import type { Selected } from './select.ts';
import { written } from './value.ts';

type Group = readonly ReturnType<typeof cellsIn>[number][];

/** How many different values a column has in the rows, which of them are there more than once, and which most or least often. */
export function tally(asked: Asked, target: Column, { rows, used }: Selected, said: string, give: Give): void {
  const groups = [...Map.groupBy(cellsIn(target, rows), ({ cell }) => sameAs(cell)).values()];
  if (groups.length > 0 && (groups.length < rows.length || used.length === 0))
    give('DISTINCT', {
      target,
      values: [String(groups.length)],
      rows,
      how: `${said}, with ${groups.length} different values of ${target.header}`,
    });
  const repeated = groups.filter((group) => group.length > 1);
  if (repeated.length > 0 && repeated.length < rows.length && target.kind === 'TEXT')
    give('REPEATED', {
      target,
      values: repeated.flatMap(([first]) => (first ? [answerOf(first.cell, target, asked)] : [])),
      rows: repeated.flat().map(({ row }) => row),
      how: `${said}; these values of ${target.header} are there more than once`,
    });
  const byCount: readonly Group[] = groups.toSorted((a, b) => b.length - a.length);
  for (const [op, [group, other]] of [
    ['COMMONEST', byCount],
    ['RAREST', byCount.toReversed()],
  ] as const) {
    const [first] = group ?? [];
    if (!group || !first || !other || group.length === other.length) continue;
    give(op, {
      target,
      values: [answerOf(first.cell, target, asked)],
      rows: group.map(({ row }) => row),
      how: `${group.length} of ${rows.length} rows have ${target.header} ${first.cell.text}`,
    });
  }
}

/** Sum, mean, greatest and least of a column, and how far those lie apart. */
export function reckon(column: Column, rows: readonly number[], said: string, give: Give): void {
  const cells = valuesIn(column, rows);
  if (cells.length < 2) return;
  const values = cells.map(({ value }) => value);
  const own = cells.map(({ row }) => row);
  const [most, least] = [Math.max(...values), Math.min(...values)];
  const at = (value: number) => cells.find((one) => one.value === value);
  const sum = values.reduce((a, b) => a + b, 0);
  const telling = (word: string, value: string) => `${said}; the ${word} of ${column.header} is ${value}`;
  for (const [op, value, word] of [
    ['MAX', most, 'greatest'],
    ['MIN', least, 'least'],
  ] as const) {
    const found = at(value);
    if (found)
      give(op, { measured: column, values: [found.cell.head], rows: [found.row], how: telling(word, found.cell.head) });
  }
  if (column.kind === 'NUMBER') {
    give('SUM', { measured: column, values: [written(sum)], rows: own, how: telling('sum', written(sum)) });
    const mean = written(sum / values.length);
    give('MEAN', { measured: column, values: [mean], rows: own, how: telling('mean', mean) });
  }
  const years = column.kind === 'DATE' ? cells.flatMap(({ cell }) => cell.value.year ?? []) : values;
  if (column.kind !== 'TIME' && years.length > 1) {
    const apart = written(Math.max(...years) - Math.min(...years));
    give('RANGE', { measured: column, values: [apart], rows: own, how: telling('range', apart) });
  }
}
