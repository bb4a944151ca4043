import { answerOf, cellsIn, isNewestFirst, numericHeader, select, told, type Asked, type Result } from './asked.ts';
import { valueFor } from './bounds.ts';
import type { Condition } from './match.ts';
import type { Column } from './rows.ts';
import { written, writtenTime } from './value.ts';

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
function sides(asked: Asked, place: number): readonly [Condition, Condition] | undefined {
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
function sideValues(asked: Asked, a: Condition, b: Condition): SideValues | undefined {
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

/** "The difference between A and B", "how many more … than", "how long after". Null for a question of another form. */
export function answerDifference(asked: Asked): Result | null {
  const { text, tokens, table } = asked;
  const years =
    /\bhow (?:many years|long)\b.*\b(?:after|before|between|until|pass(?:ed)?|from|elapsed)\b|\byears? (?:between|difference)\b/.test(
      text,
    );
  if (
    !years &&
    !/\bdifference\b|\bhow (?:many|much) (?:more|fewer|less|longer|higher|taller|older|faster)\b|\bhow much (?:\p{L}+ )?more\b|\bhow many \p{L}+ (?:more|fewer)\b/u.test(
      text,
    )
  )
    return null;
  const joint = tokens.findLastIndex(({ text: word }) => /^(?:and|than|to|after|before|until|vs|versus)$/.test(word));
  const pair = joint < 0 ? undefined : sides(asked, joint);
  const [a, b] = pair ?? [];
  if (years) {
    const date = table.columns.find(({ kind }) => kind === 'DATE');
    if (!date) return null;
    const yearOf = (side: Condition | undefined) =>
      side ? cellsIn(date, [...side.rows]).flatMap(({ cell }) => cell.value.year ?? [])[0] : undefined;
    const [x, y] = [yearOf(a), yearOf(b)];
    if (x === undefined || y === undefined || !a || !b) return null;
    const gap = Math.abs(x - y);
    return {
      values: [
        /\bhow long\b/.test(text) && !/\byears\b/.test(text) ? `${gap} year${gap === 1 ? '' : 's'}` : written(gap),
      ],
      rows: [...a.rows, ...b.rows],
      how: `${date.header} ${x} and ${y}`,
      sure: 0.55,
    };
  }
  if (a && b) {
    const measured = sideValues(asked, a, b);
    if (!measured) return null;
    const gap = Math.abs(measured.left - measured.right);
    const value =
      measured.column?.kind === 'TIME'
        ? writtenTime(gap)
        : measured.column?.kind === 'DATE'
          ? written(Math.round(gap / 365.25))
          : written(gap);
    return {
      values: [value],
      rows: [...a.rows, ...b.rows],
      how: `${measured.by}: ${written(measured.left)} and ${written(measured.right)}`,
      sure: 0.6,
    };
  }
  return twoColumns(asked);
}

/** One row, two columns: "between the men's and women's time in 2013". */
function twoColumns(asked: Asked): Result | null {
  const { rows, used } = select(asked);
  const [row] = rows;
  if (row === undefined || rows.length > 2) return null;
  for (const kind of ['TIME', 'NUMBER'] as const) {
    const cells = asked.table.columns
      .filter(
        (column) =>
          column.kind === kind &&
          !used.some((one) => one.column === column) &&
          (kind === 'TIME' || asked.headers.some((one) => one.column === column)),
      )
      .flatMap((column) => {
        const cell = column.cells[row];
        const value = cell && valueFor(cell, column);
        return value === undefined ? [] : [{ value, text: cell?.text ?? '' }];
      });
    const [x, y] = cells;
    if (!x || !y) continue;
    const gap = Math.abs(x.value - y.value);
    return {
      values: [kind === 'TIME' ? writtenTime(gap) : written(gap)],
      rows: [row],
      how: `${told(rows, used)}: ${x.text} and ${y.text}`,
      sure: 0.55,
    };
  }
  return null;
}

/** Yes or no: whether rows meet every condition. Null for a question of another form. */
export function answerWhether(asked: Asked): Result | null {
  const { text, tokens, conditions, bounds } = asked;
  if (
    !/^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|where any)\b/.test(text) ||
    tokens.some(({ text: word }) => word === 'or')
  )
    return null;
  const than = tokens.findIndex(({ text: word }) => /^(?:than|before|after)$/.test(word));
  const pair = than < 0 ? undefined : sides(asked, than);
  if (pair && bounds.length === 0) {
    const [a, b] = pair;
    const least = /\b(?:less|fewer|lower|smaller|shorter|earlier|before|older|faster|better)\b/.test(text);
    const measured = sideValues(asked, a, b);
    if (measured) {
      const yes = least ? measured.left < measured.right : measured.left > measured.right;
      return {
        values: [yes ? 'yes' : 'no'],
        rows: [...a.rows, ...b.rows],
        how: `${measured.by}: ${written(measured.left)} and ${written(measured.right)}`,
        sure: 0.55,
      };
    }
  }
  if (conditions.length + bounds.length < 2) return null;
  let rows = new Set(asked.table.rows.map(({ index }) => index));
  const groups = [...Map.groupBy([...conditions, ...bounds], ({ column }) => column).values()];
  for (const group of groups) rows = rows.intersection(new Set(group.flatMap((one) => [...one.rows])));
  const yes = rows.size > 0;
  const support = yes ? [...rows] : [...(conditions[0]?.rows ?? [])];
  return {
    values: [yes ? 'yes' : 'no'],
    rows: support,
    how: told([...rows], [...conditions, ...bounds]),
    sure: yes ? 0.6 : 0.4,
  };
}
