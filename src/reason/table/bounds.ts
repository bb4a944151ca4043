import type { HeaderMatch } from './headers.ts';
import type { Condition } from './match.ts';
import type { Cell, Column, Table } from './rows.ts';
import { tokensOf, type Token } from './tokens.ts';
import { range } from './match.ts';

/** A bound that the question sets: "at least 3", "before 1950", "between 1990 and 1995". */
export interface Bound {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly holds: (value: number) => boolean;
  /** Asks for a date or year rather than for a number. */
  readonly dated: boolean;
}

type Test = (value: number, a: number, b: number) => boolean;

/** Words around a number N (and a second, M), and what they ask of a value. */
const PATTERNS: readonly (readonly [pattern: string, test: Test, dated?: boolean])[] = [
  ['between N and M', (v, a, b) => v >= Math.min(a, b) && v <= Math.max(a, b)],
  ['from N to M', (v, a, b) => v >= a && v <= b],
  ['from N through M', (v, a, b) => v >= a && v <= b],
  ['at least N', (v, a) => v >= a],
  ['no less than N', (v, a) => v >= a],
  ['no fewer than N', (v, a) => v >= a],
  ['at most N', (v, a) => v <= a],
  ['no more than N', (v, a) => v <= a],
  ['more than N', (v, a) => v > a],
  ['greater than N', (v, a) => v > a],
  ['higher than N', (v, a) => v > a],
  ['larger than N', (v, a) => v > a],
  ['longer than N', (v, a) => v > a],
  ['bigger than N', (v, a) => v > a],
  ['older than N', (v, a) => v > a],
  ['taller than N', (v, a) => v > a],
  ['later than N', (v, a) => v > a, true],
  ['less than N', (v, a) => v < a],
  ['fewer than N', (v, a) => v < a],
  ['lower than N', (v, a) => v < a],
  ['smaller than N', (v, a) => v < a],
  ['shorter than N', (v, a) => v < a],
  ['earlier than N', (v, a) => v < a, true],
  ['better than N', (v, a) => v < a],
  ['N or more', (v, a) => v >= a],
  ['N or higher', (v, a) => v >= a],
  ['N or better', (v, a) => v <= a],
  ['N or less', (v, a) => v <= a],
  ['N or fewer', (v, a) => v <= a],
  ['top N', (v, a) => v <= a],
  ['exactly N', (v, a) => v === a],
  ['above N', (v, a) => v > a],
  ['over N', (v, a) => v > a],
  ['exceeding N', (v, a) => v > a],
  ['exceeded N', (v, a) => v > a],
  ['below N', (v, a) => v < a],
  ['under N', (v, a) => v < a],
  ['before N', (v, a) => v < a, true],
  ['prior to N', (v, a) => v < a, true],
  ['until N', (v, a) => v <= a, true],
  ['after N', (v, a) => v > a, true],
  ['since N', (v, a) => v >= a, true],
];

/** The bounds of a question, none twice. A bound on dates needs a year. */
export function findBounds(tokens: readonly Token[]): Bound[] {
  const found: Bound[] = [];
  const used = new Set<number>();
  for (const [pattern, test, dated = false] of PATTERNS) {
    const words = pattern.split(' ');
    for (let from = 0; from + words.length <= tokens.length; from += 1) {
      const numbers: number[] = [];
      const fits = words.every((word, i) => {
        const token = tokens[from + i];
        if (!token || used.has(from + i)) return false;
        if (word !== 'N' && word !== 'M') return token.text === word;
        if (token.number === undefined) return false;
        numbers.push(token.number);
        return true;
      });
      const [a = 0, b = 0] = numbers;
      const isYear = a >= 1000 && a <= 2100 && Number.isInteger(a);
      if (!fits || (dated && !isYear)) continue;
      const to = from + words.length;
      for (const at of range(from, to)) used.add(at);
      const said = tokens
        .slice(from, to)
        .map(({ text }) => text)
        .join(' ');
      found.push({
        from,
        to,
        words: said,
        holds: (value) => test(value, a, b),
        dated: dated || (isYear && /^(?:between|from|since|until)/.test(pattern)),
      });
    }
  }
  return found;
}

/** The rows that a bound asks for, in the column that it speaks of; undefined where no column fits. */
export function applyBound(
  bound: Bound,
  tokens: readonly Token[],
  table: Table,
  headers: readonly HeaderMatch[],
): Condition | undefined {
  const column = bound.dated
    ? table.columns.find(({ kind }) => kind === 'DATE')
    : boundColumn(bound, tokens, table, headers);
  if (!column) return undefined;
  const rows = new Set<number>();
  for (const [row, cell] of column.cells.entries()) {
    const value = cell && (bound.dated ? cell.value.year : valueFor(cell, column));
    if (value !== undefined && bound.holds(value)) rows.add(row);
  }
  return { column, rows, from: bound.from, to: bound.to, exact: true, said: `${column.header} ${bound.words}` };
}

export function valueFor(cell: Cell, column: Column): number | undefined {
  return column.kind === 'TIME' ? cell.value.seconds : column.kind === 'DATE' ? cell.value.day : cell.value.number;
}

/** The cells of a column in rows that have a value, with it. */
export function valuesIn(
  column: Column,
  rows: readonly number[],
): { readonly row: number; readonly cell: Cell; readonly value: number }[] {
  return rows.flatMap((row) => {
    const cell = column.cells[row];
    const value = cell && valueFor(cell, column);
    return cell === undefined || value === undefined ? [] : [{ row, cell, value }];
  });
}

/** The column of numbers whose header or units stand nearest to the bound. */
function boundColumn(
  bound: Bound,
  tokens: readonly Token[],
  table: Table,
  headers: readonly HeaderMatch[],
): Column | undefined {
  let best: { readonly worth: number; readonly column: Column } | undefined;
  const behind = tokens.slice(bound.to, bound.to + 3);
  for (const column of table.columns) {
    const numbers = column.cells.filter((cell) => cell?.value.number !== undefined).length;
    if (numbers < table.rows.length / 3) continue;
    const match = headers.find((one) => one.column === column);
    const gap = match
      ? Math.min(...match.at.map((at) => (at < bound.from ? bound.from - at : at - bound.to + 0.5)))
      : Infinity;
    const units = behind.some(
      (token) =>
        !token.stop &&
        column.cells.filter((cell) => cell?.tokens.some(({ stem }) => stem === token.stem)).length >
          table.rows.length / 3,
    );
    const inHeader = tokensOf(/\(([^)]*)\)/.exec(column.header)?.[1] ?? '').some(({ stem }) =>
      behind.some((token) => token.stem === stem),
    );
    const worth = (match ? match.share * 2 : 0) + 2 / (1 + gap) + (units ? 2 : 0) + (inHeader ? 1 : 0);
    if (worth > 0.5 && (!best || worth > best.worth)) best = { worth, column };
  }
  return best?.column;
}
