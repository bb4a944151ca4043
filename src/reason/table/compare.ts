import { cellsIn, isNewestFirst, numericHeader, type Asked, type Result } from './asked.ts';
import { select, told } from './select.ts';
import { valueFor } from './bounds.ts';
import type { Condition } from './match.ts';
import type { Column } from './rows.ts';
import { written } from './value.ts';

/** "A or B": which has more, which is first. Null for a question of another form. */
export function answerEither(asked: Asked): Result | null {
  const { text, tokens } = asked;
  if (/\bmore or (?:less|fewer)\b|\b(?:less|fewer) or more\b/.test(text)) return moreOrLess(asked);
  const or = tokens.findLastIndex(({ text: word }) => word === 'or');
  if (or < 0) return null;
  const pair = sides(asked, or);
  if (!pair) return null;
  const [a, b] = pair;
  const least =
    /\b(?:less|fewer|least|fewest|lower|lowest|smaller|smallest|shorter|shortest|earlier|earliest|first|before|older|oldest|faster|fastest|better|lighter)\b/.test(
      text,
    );
  const measured = sideValues(asked, a, b);
  if (!measured) return null;
  const { left, right, by } = measured;
  if (left === right) return null;
  const best = (least ? left < right : left > right) ? a : b;
  return {
    values: [nameOf(best, asked)],
    rows: [...best.rows, ...(best === a ? b : a).rows],
    how: `${by}: ${nameOf(a, asked)} ${written(left)}, ${nameOf(b, asked)} ${written(right)}`,
    sure: 0.6,
  };
}

function nameOf(side: Condition, asked: Asked): string {
  const words = asked.tokens
    .slice(side.from, side.to)
    .map(({ text }) => text)
    .join(' ');
  const row = [...side.rows][0] ?? 0;
  return side.exact ? (side.column.cells[row]?.text ?? words) : words;
}

/** The two conditions around a place. */
export function sides(asked: Asked, place: number): readonly [Condition, Condition] | undefined {
  const a = asked.conditions.filter(({ to }) => to <= place).at(-1);
  const b = asked.conditions.find(({ from }) => from > place);
  return a && b ? [a, b] : undefined;
}

interface SideValues {
  readonly left: number;
  readonly right: number;
  readonly by: string;
  readonly column?: Column;
}

/** What two sides are compared by: the numbers of a column that the question says, dates or the order, or how many rows each has. */
export function sideValues(asked: Asked, a: Condition, b: Condition): SideValues | undefined {
  const { text } = asked;
  const others = [...asked.conditions, ...asked.bounds].filter((one) => one !== a && one !== b);
  const rowsOf = (side: Condition) => select(asked, [...others, side]).rows;
  const [left, right] = [rowsOf(a), rowsOf(b)];
  const column = numericHeader(asked);
  const values = (of: Column, rows: readonly number[]) =>
    cellsIn(of, rows).flatMap(({ cell }) => valueFor(cell, of) ?? []);
  const ordinal =
    /\b(?:first|last|earlier|later|before|after|earliest|latest|older|newer|oldest|newest|recent|recently)\b/.test(
      text,
    );
  if (ordinal || !column) {
    const date = asked.table.columns.find(({ kind }) => kind === 'DATE');
    if (ordinal && date) {
      const [x, y] = [values(date, left)[0], values(date, right)[0]];
      if (x !== undefined && y !== undefined) return { left: x, right: y, by: date.header, column: date };
    }
    if (ordinal) {
      const sign = isNewestFirst(asked.table) ? -1 : 1;
      return { left: sign * (left[0] ?? 0), right: sign * (right[0] ?? 0), by: 'order in the table' };
    }
  }
  const compared =
    column ??
    comparedColumn(asked) ??
    (/\bdifference\b/.test(text) ? asked.table.columns.find(({ header }) => /^total\b/i.test(header)) : undefined);
  if (compared && !/\b(?:often|times)\b/.test(text)) {
    const [x, y] = [values(compared, left), values(compared, right)];
    if (x.length > 0 && y.length > 0)
      return {
        left: x.reduce((p, q) => p + q, 0),
        right: y.reduce((p, q) => p + q, 0),
        by: compared.header,
        column: compared,
      };
  }
  // "Appears more often": in the whole table, whatever the column.
  const anywhere = (side: Condition) => {
    const phrase = ` ${asked.tokens
      .slice(side.from, side.to)
      .map(({ stem }) => stem)
      .join(' ')} `;
    return asked.table.columns.flatMap(({ cells }) => cells).filter((cell) => cell?.phrase.includes(phrase)).length;
  };
  if (/\bappears?\b|\blisted more\b/.test(text)) return { left: anywhere(a), right: anywhere(b), by: 'cells' };
  return { left: left.length, right: right.length, by: 'rows' };
}

function comparedColumn({ table, text }: Asked): Column | undefined {
  const by = (pattern: RegExp) => table.columns.find(({ header, kind }) => kind !== 'TEXT' && pattern.test(header));
  if (/\b(?:longer|longest|shorter)\b/.test(text)) return by(/length|duration|distance|time/i);
  if (/\b(?:taller|higher|tallest)\b/.test(text)) return by(/height|elevation|rank|score|points/i);
  if (/\b(?:larger|bigger|smaller|largest)\b/.test(text)) return by(/area|population|size|total/i);
  if (/\b(?:faster|slower)\b/.test(text)) return by(/time|speed/i);
  return undefined;
}

/** "More or less than 3": the number against the one given. */
function moreOrLess(asked: Asked): Result | null {
  const at = asked.tokens.findIndex(({ text }, i) => text === 'than' && i > 0);
  const limit = asked.tokens.slice(at).find(({ number }) => number !== undefined)?.number;
  if (limit === undefined) return null;
  const conditions = [...asked.conditions, ...asked.bounds.filter(({ from, to }) => to <= at - 3 || from > at + 3)];
  const { rows, used } = select(asked, conditions);
  const column = numericHeader(asked);
  const numbers = column && rows.length > 0 ? cellsIn(column, rows).flatMap(({ cell }) => cell.value.number ?? []) : [];
  const value = column && numbers.length > 0 ? numbers.reduce((a, b) => a + b, 0) : rows.length;
  const fewer = /\bfewer\b/.test(asked.text);
  return {
    values: [value > limit ? 'more' : fewer ? 'fewer' : 'less'],
    rows,
    how: `${told(rows, used)}: ${written(value)} against ${written(limit)}`,
    sure: 0.55,
  };
}
