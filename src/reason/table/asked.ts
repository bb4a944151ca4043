import { applyBound, findBounds } from './bounds.ts';
import { matchHeaders, namesPeople, namesPlaces, type HeaderMatch } from './headers.ts';
import { findConditions, range, type Condition } from './match.ts';
import { findPlaces, findResults } from './outcomes.ts';
import type { Cell, Column, Table } from './rows.ts';
import { tokensOf, type Token } from './tokens.ts';

/** A question read over a table. */
export interface Asked {
  readonly table: Table;
  /** The question in lower case, without accents, words parted by one space. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly conditions: readonly Condition[];
  readonly bounds: readonly Condition[];
  readonly headers: readonly HeaderMatch[];
  /** Place of the question word; −1 without one. */
  readonly wh: number;
}

/** What an operation found. */
export interface Result {
  readonly values: readonly string[];
  /** Indexes of the rows it rests on, the deciding ones first. */
  readonly rows: readonly number[];
  /** How it was found, as part of a sentence. */
  readonly how: string;
  /** 0…1: how sure the operation is of its reading, coverage of the question aside. */
  readonly sure: number;
}

export function readAsked(question: string, table: Table): Asked {
  const tokens = tokensOf(question);
  const read = findBounds(tokens);
  const inBounds = new Set(read.flatMap(({ from, to }) => range(from, to)));
  const bounds = read.flatMap((bound) => applyBound(bound, tokens, table, matchHeaders(tokens, table, inBounds)) ?? []);
  // "At least 3 acts": the unit belongs to the bound.
  for (const { to, column } of bounds) {
    const stem = tokens[to]?.stem;
    const cells = column.cells.filter((cell) => cell?.tokens.some((token) => token.stem === stem)).length;
    if (stem !== undefined && cells > table.rows.length / 3) inBounds.add(to);
  }
  const places = findPlaces(tokens, table, inBounds);
  for (const { from, to } of places) for (const at of range(from, to)) inBounds.add(at);
  const results = findResults(tokens, table, inBounds);
  const conditions = [...findConditions(tokens, table, inBounds), ...places, ...results].toSorted(
    (a, b) => a.from - b.from,
  );
  const taken = new Set([...inBounds, ...conditions.flatMap(({ from, to }) => range(from, to))]);
  const headers = matchHeaders(tokens, table, taken);
  const wh = tokens.findIndex(({ text }) => /^(?:what|which|who|whom|whose|when|where|how|name|list|tell)$/.test(text));
  return { table, text: tokens.map(({ text }) => text).join(' '), tokens, conditions, bounds, headers, wh };
}

/** The column that holds the answer: the one the question word asks for, or the one that names the rows. */
export function targetColumn(
  asked: Asked,
  but: readonly Column[] = [],
): { readonly column: Column; readonly sure: number } | undefined {
  const { table, tokens, headers, wh, text } = asked;
  const excluded = new Set([...but, ...asked.conditions.filter(({ exact }) => exact).map(({ column }) => column)]);
  const word = tokens[wh]?.text;
  let best: { readonly column: Column; readonly sure: number } | undefined;
  const offer = (column: Column, sure: number) => {
    const worth = sure - (excluded.has(column) ? 0.6 : 0);
    if (worth > 0.15 && (!best || worth > best.sure)) best = { column, sure: worth };
  };
  for (const { column, at, share } of headers) {
    const gap = Math.min(...at.map((place) => (place >= wh ? place - wh : 2 + wh - place)));
    // "Which lake": the noun behind the question word; "what is the X of": a little further.
    const near = gap <= 2 ? 0.55 : gap <= 4 ? 0.4 : gap <= 7 ? 0.15 : 0;
    const asks =
      word === 'which' || word === 'what' || word === 'list' || word === 'name' || word === 'whose' || wh < 0;
    offer(column, share * 0.45 + (asks ? near : near * 0.3));
  }
  const among = (test: (column: Column) => boolean, sure: number) => {
    for (const column of table.columns.filter(test)) offer(column, sure - column.index * 0.005);
  };
  if (word === 'who' || word === 'whom') {
    among((column) => namesPeople(column) && column.kind === 'TEXT', 0.8);
    among(
      ({ tokens: own, kind }) => kind === 'TEXT' && own.some(({ text: one }) => one === 'team' || one === 'riding'),
      0.6,
    );
    among(({ kind }) => kind === 'TEXT', 0.25);
  }
  if (word === 'where') among(namesPlaces, 0.8);
  // A month is told by dates alone, not by years.
  if (/\b(?:what|which) month\b/.test(text))
    among(({ cells }) => cells.filter((cell) => cell?.value.month !== undefined).length > cells.length / 2, 0.8);
  if (word === 'when' || /\b(?:what|which) (?:year|date|day|month|decade|season)\b/.test(text))
    among(({ kind }) => kind === 'DATE', 0.7);
  among((column) => column === nameColumn(table), 0.3);
  among(({ kind }) => kind === 'TEXT', 0.2);
  return best;
}

/** The column that names the rows: the first of words with few repetitions. */
export function nameColumn(table: Table): Column | undefined {
  const text = table.columns.filter(({ kind }) => kind === 'TEXT');
  const distinct = ({ cells }: Column) => new Set(cells.map((cell) => cell?.bare)).size / Math.max(1, cells.length);
  return (
    text.find((column) => distinct(column) > 0.7) ??
    text.toSorted((a, b) => distinct(b) - distinct(a))[0] ??
    table.columns[0]
  );
}

/** The cell as an answer: the year alone where a year is asked for, the month, the decade. */
export function answerOf(cell: Cell, column: Column, asked: Asked): string {
  const { year } = cell.value;
  if (column.kind === 'DATE' || year !== undefined) {
    if (
      year !== undefined &&
      /\b(?:what|which|in|the) years?\b/.test(asked.text) &&
      !/\bdate\b/.test(asked.text) &&
      column.kind === 'DATE'
    ) {
      return /^\d{4}[–/-]\d{2,4}$/.test(cell.text) ? cell.text : String(year);
    }
    const month = /\p{L}{3,}/u.exec(cell.text)?.[0];
    if (month && cell.value.month !== undefined && /\b(?:what|which) month\b/.test(asked.text)) return month;
  }
  return /^(?:opponent|opposition)/i.test(column.header)
    ? cell.head.replace(/^(?:at|@|vs\.?) (?=\p{Lu})/u, '')
    : cell.head;
}

/** The cells of a column in rows, without the empty ones. */
export function cellsIn(column: Column, rows: readonly number[]): { readonly row: number; readonly cell: Cell }[] {
  return rows.flatMap((row) => {
    const cell = column.cells[row];
    return cell ? [{ row, cell }] : [];
  });
}

/** A header that the question says well enough, of a column that can be reckoned with. */
export function numericHeader(asked: Asked, near?: readonly [from: number, to: number]): Column | undefined {
  let best: { readonly worth: number; readonly column: Column } | undefined;
  for (const { column, at, share } of asked.headers) {
    if (column.kind === 'TEXT' || column.kind === 'DATE' || share < 0.4 || isIndex(column)) continue;
    const inside = near ? at.some((place) => place >= near[0] && place < near[1]) : true;
    if (!inside) continue;
    const gap = near ? Math.min(...at.map((place) => Math.abs(place - near[0]))) : 0;
    const worth = share * 2 - gap * 0.2 - column.index * 0.001;
    if (!best || worth > best.worth) best = { worth, column };
  }
  return best?.column;
}

/** A column that only counts the rows. */
export function isIndex({ cells }: Column): boolean {
  return (
    cells.length > 2 &&
    cells.every((cell, i) => i === 0 || cell?.value.number === (cells[i - 1]?.value.number ?? NaN) + 1)
  );
}

/** Whether the table's order runs against time: its dates, or its editions, fall from row to row. */
export function isNewestFirst({ columns }: Table): boolean {
  for (const { kind, cells } of columns) {
    if (kind !== 'DATE') continue;
    const days = cells.flatMap((cell) => cell?.value.day ?? []);
    const falls = days.slice(1).filter((day, i) => day < (days[i] ?? 0)).length;
    const rises = days.slice(1).filter((day, i) => day > (days[i] ?? 0)).length;
    return falls > 3 * rises && falls > 1;
  }
  return false;
}
