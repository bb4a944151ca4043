import { answerOf, cellsIn, numericHeader, targetColumn, type Asked, type Result } from './asked.ts';
import { select, told } from './select.ts';
import { written } from './value.ts';

/** "How many …", "the number of …", "total …", "average …". Null for a question of another form. */
export function answerCount(asked: Asked): Result | null {
  const { text, tokens, table } = asked;
  if (/\baverage\b|\bmean\b/.test(text)) return average(asked);
  const asks = /\b(?:how many|number of|how much|amount of)\b/.exec(text);
  const sums = /\b(?:total|combined|altogether|in all|sum|overall)\b/.test(text);
  if (!asks && !(sums && !/\b(?:most|least|highest|lowest)\b/.test(text) && /\b(?:what|how)\b/.test(text))) return null;
  const start = asks ? text.slice(0, asks.index).split(' ').filter(Boolean).length + 2 : Math.max(0, asked.wh);
  const { rows, used } = select(asked);
  // "How many gold medals": the column of numbers named right behind.
  const column = /\b(?:times|different|rows)\b/.test(text)
    ? undefined
    : numericHeader(asked, [start, asks ? start + 4 : tokens.length]);
  const bound = used.some((one) => one.column === column);
  const names = used.some((one) => one.column.kind === 'TEXT');
  if (
    column &&
    !bound &&
    (used.length > 0 || sums) &&
    (names || rows.length === 1 || sums || column.header.length > 2)
  ) {
    const cells = cellsIn(
      column,
      rows.filter((row) => rows.length === 1 || !isTotal(asked, row)),
    );
    const numbers = cells.flatMap(({ cell }) => cell.value.number ?? []);
    const [first] = cells;
    if (first && (cells.length === 1 || (!sums && new Set(cells.map(({ cell }) => cell.text)).size === 1))) {
      return {
        values: [written(first.cell.value.number ?? 0)],
        rows: [first.row],
        how: `${told(rows, used)}, whose ${column.header} is ${first.cell.text}`,
        sure: 0.7,
      };
    }
    if (numbers.length > 0) {
      const sum = numbers.reduce((a, b) => a + b, 0);
      return {
        values: [written(sum)],
        rows: cells.map(({ row }) => row),
        how: `${told(rows, used)}; their ${column.header} adds up to ${written(sum)}`,
        sure: sums ? 0.6 : 0.45,
      };
    }
  }
  if (
    /\b(?:years|days|months)\b/.test(
      text
        .split(' ')
        .slice(start, start + 2)
        .join(' '),
    ) &&
    used.length > 0 &&
    !/\bhow many years (?:did|were|was|have|has)\b/.test(text)
  ) {
    const dates = table.columns.find(({ kind }) => kind === 'DATE');
    const years = dates ? cellsIn(dates, rows).flatMap(({ cell }) => cell.value.year ?? []) : [];
    if (years.length > 1) {
      const span = Math.max(...years) - Math.min(...years);
      return {
        values: [written(span)],
        rows,
        how: `${told(rows, used)}, from ${Math.min(...years)} to ${Math.max(...years)}`,
        sure: 0.4,
      };
    }
  }
  return countRows(asked, start);
}

function countRows(asked: Asked, start: number): Result | null {
  const { text, headers } = asked;
  const selected = select(asked);
  const { used } = selected;
  const rows = selected.rows.filter((row) => used.length > 0 || !isTotal(asked, row));
  const distinct = /\b(?:different|distinct|unique|separate|individual|various)\b/.test(text);
  const noun = headers.find(
    ({ at, column }) => column.kind !== 'NUMBER' && at.some((place) => place >= start && place < start + 3),
  );
  if (noun && (distinct || used.length === 0)) {
    const cells = cellsIn(noun.column, rows);
    const values = new Set(cells.map(({ cell }) => cell.bare));
    if (distinct || values.size > 1)
      return {
        values: [String(values.size)],
        rows,
        how: `${told(rows, used)}, with ${values.size} different values of ${noun.column.header}`,
        sure: distinct ? 0.6 : 0.5,
      };
  }
  if (distinct) {
    const target = targetColumn(asked);
    const values = new Set(
      target ? cellsIn(target.column, rows).map(({ cell }) => answerOf(cell, target.column, asked)) : [],
    );
    if (values.size > 0)
      return {
        values: [String(values.size)],
        rows,
        how: `${told(rows, used)}, with ${values.size} different values of ${target?.column.header}`,
        sure: 0.4,
      };
  }
  return { values: [String(rows.length)], rows, how: told(rows, used), sure: used.length > 0 ? 0.6 : 0.35 };
}

/** A last row that gives the totals is none of those that are counted. */
export function isTotal({ table }: Asked, row: number): boolean {
  return table.columns
    .slice(0, 2)
    .some(({ cells }) => /^\s*(?:total|totals|average|overall)\b/i.test(cells[row]?.text ?? ''));
}

function average(asked: Asked): Result | null {
  const { rows, used } = select(asked);
  const column = numericHeader(asked);
  const cells = column
    ? cellsIn(
        column,
        rows.filter((row) => !isTotal(asked, row)),
      )
    : [];
  const numbers = cells.flatMap(({ cell }) => cell.value.number ?? []);
  if (!column || numbers.length === 0) return null;
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  return {
    values: [written(mean)],
    rows: cells.map(({ row }) => row),
    how: `${told(rows, used)}; their ${column.header} is ${written(mean)} on average`,
    sure: 0.6,
  };
}
