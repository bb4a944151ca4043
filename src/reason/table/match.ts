import { phraseOf, type Cell, type Column, type Table } from './rows.ts';
import type { Token } from './tokens.ts';

/** Words of a question that a table says somewhere: the rows whose cell says them. */
export interface Condition {
  readonly column: Column;
  readonly rows: ReadonlySet<number>;
  /** Tokens of the question, from and one past the last. */
  readonly from: number;
  readonly to: number;
  /** The whole cell says it, and not only a part. */
  readonly exact: boolean;
  /** As the answer tells it: "Opponent San Marino". */
  readonly said: string;
}

/** Words that ask, and are no cell's by themselves. */
const ASKING =
  /^(?:first|last|most|least|total|number|times?|name|list|table|chart|many|much|more|less|fewer|only|next|previous|before|after|average|difference|long|old|high|low|large|small|best|worst|top|bottom|years?|days?|months?|same|other|another|different|ever|also|both|between|above|below|over|under|listed|had|win|won|wins|play|played|get|got|make|made|game|games|score|scored|finish|finished|place|place[ds]|appear|appeared|held|come|came|receive|received|than|at|team|record|amount|start|began|end|ended|take|took|type|kind|called|part|least)$/;
const LONGEST = 10;

/** The longest phrases of the question that cells say, each in the column where it stands best. `taken`: tokens read already. */
export function findConditions(tokens: readonly Token[], table: Table, taken: ReadonlySet<number>): Condition[] {
  const used = new Set(taken);
  const found: Condition[] = [];
  for (let length = Math.min(LONGEST, tokens.length); length > 0; length -= 1) {
    for (let from = 0; from + length <= tokens.length; from += 1) {
      const to = from + length;
      if (range(from, to).some((at) => used.has(at))) continue;
      const part = tokens.slice(from, to);
      if (part.every(({ stop }) => stop)) continue;
      const condition = bestColumn(part, from, tokens, table);
      if (!condition) continue;
      found.push(condition);
      for (const at of range(from, to)) used.add(at);
    }
  }
  for (const [at, token] of tokens.entries()) {
    const condition = used.has(at) || isHeadNoun(tokens, at) ? undefined : ofNationality(token, at, table);
    if (condition) found.push(condition);
  }
  return joined(found.toSorted((a, b) => a.from - b.from)).map((one) => negated(one, tokens, table));
}

/** "Joseph" and "Kipkemboi" side by side in one column are one name; where no row has both, the last word counts. */
function joined(found: readonly Condition[]): Condition[] {
  const all: Condition[] = [];
  for (const one of found) {
    const before = all.at(-1);
    if (!before || before.to !== one.from || before.column !== one.column) {
      all.push(one);
      continue;
    }
    const both = intersection(before.rows, one.rows);
    all[all.length - 1] = both.size > 0 ? { ...one, from: before.from, rows: both } : one;
  }
  return all;
}

/** "Not in Berlin", "except the finals": the other rows. */
function negated(one: Condition, tokens: readonly Token[], table: Table): Condition {
  const before = tokens
    .slice(Math.max(0, one.from - 3), one.from)
    .map(({ text }) => text)
    .join(' ');
  if (!/\b(?:not|except|excluding|without|never|non|didn t|other than)\b/.test(before)) return one;
  const rows = new Set(table.rows.map(({ index }) => index).filter((row) => !one.rows.has(row)));
  return { ...one, rows, said: `not ${one.said}` };
}

/** "Which lake has", "the last building on": the noun that is asked for, which names no row even where cells say it. */
function isHeadNoun(tokens: readonly Token[], at: number): boolean {
  const [before = '', counted = ''] = [tokens[at - 1]?.text, tokens[at - 2]?.text];
  const next = tokens[at + 1];
  const isAsked =
    /^(?:which|what|many|last|first|next|each|every|all|most|fewest|only)$/.test(before) ||
    (before === 'of' && /^(?:number|total|amount|names?|list)$/.test(counted));
  return isAsked && (next === undefined || next.stop || ASKING.test(next.text));
}

function bestColumn(
  part: readonly Token[],
  from: number,
  tokens: readonly Token[],
  table: Table,
): Condition | undefined {
  const phrase = phraseOf(part);
  const to = from + part.length;
  const [first] = part;
  const single = part.filter(({ stop }) => !stop).length === 1;
  const edges = part[0]?.stop === true || part.at(-1)?.stop === true;
  const asking = part.every(({ text, stop }) => stop || ASKING.test(text));
  const isHeader = table.columns.some((column) =>
    part.every((token) => token.stop || column.tokens.some(({ stem }) => stem === token.stem)),
  );
  let best: { readonly worth: number; readonly condition: Condition } | undefined;
  for (const column of table.columns) {
    const [equal, holding] = [new Set<number>(), new Set<number>()];
    for (const [row, cell] of column.cells.entries()) {
      if (!cell) continue;
      if (cell.phrase === phrase || cell.bare === phrase || cell.parts.includes(phrase)) equal.add(row);
      if (says(cell, phrase, first, single && part.length === 1, column)) holding.add(row);
    }
    if (holding.size + equal.size === 0) continue;
    const near = nearHeader(column, tokens, from, to);
    if (equal.size === 0 && (edges || asking || isHeader || (part.length === 1 && isHeadNoun(tokens, from)))) continue;
    if (asking && (column.kind !== 'TEXT' || isHeader || near === 0)) continue;
    if (isHeader && part.length === 1 && equal.size > 0 && near === 0 && column.kind !== 'TEXT') continue;
    const isNumber = single && part.every(({ number, stop }) => stop || number !== undefined);
    const isYear = isNumber && part.some(({ text }) => /^(?:1\d|20)\d\d$/.test(text));
    if (isNumber && !isYear && near === 0) continue;
    if (isYear && column.kind === 'NUMBER' && near === 0) continue;
    const longCells = equal.size === 0 && [...holding].every((row) => (column.cells[row]?.tokens.length ?? 0) > 8);
    if (longCells && single && part.length === 1 && (first?.text.length ?? 0) < 5) continue;
    const whole = [...equal].some((row) => column.cells[row]?.phrase === phrase || column.cells[row]?.bare === phrase);
    const worth =
      (whole ? 2 : equal.size > 0 ? 1.5 : 0) +
      (isYear && column.kind === 'DATE' ? 1.5 : column.kind === 'TEXT' ? 0.5 : 0) +
      near * 1.5 -
      (longCells ? 1 : 0) -
      (0.3 * column.index) / table.columns.length;
    if (best && worth <= best.worth) continue;
    const rows = equal.size > 0 ? equal : holding;
    const said = `${column.header === '' ? 'the cell' : column.header} ${part.map(({ text }) => text).join(' ')}`;
    best = { worth, condition: { column, rows, from, to, exact: equal.size > 0, said } };
  }
  return best?.condition;
}

function says(cell: Cell, phrase: string, first: Token | undefined, single: boolean, column: Column): boolean {
  if (single && first?.number !== undefined) {
    if (column.kind === 'DATE') return cell.value.year === first.number || cell.phrase.includes(phrase);
    return cell.value.number === first.number;
  }
  return cell.phrase.includes(phrase);
}

/** 1 where the column's header stands within two words of the phrase, 0 where not. */
function nearHeader(column: Column, tokens: readonly Token[], from: number, to: number): number {
  const around = [...tokens.slice(Math.max(0, from - 3), from), ...tokens.slice(to, to + 2)];
  return around.some((token) => !token.stop && column.tokens.some((own) => !own.stop && own.stem === token.stem))
    ? 1
    : 0;
}

/** "russian" → "Russia": an adjective of a name that a cell says. */
function ofNationality(token: Token, at: number, table: Table): Condition | undefined {
  const root = /^(\p{L}{4,}?)(?:ians?|ish|ese|ans?|i|n)$/u.exec(token.text)?.[1];
  if (root === undefined || token.stop || ASKING.test(token.text)) return undefined;
  for (const column of table.columns) {
    if (column.kind !== 'TEXT') continue;
    const rows = new Set<number>();
    for (const [row, cell] of column.cells.entries())
      if (cell?.tokens.some(({ text }) => text.startsWith(root) && Math.abs(text.length - token.text.length) <= 3))
        rows.add(row);
    if (rows.size > 0)
      return { column, rows, from: at, to: at + 1, exact: false, said: `${column.header} ${token.text}` };
  }
  return undefined;
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** What both sets hold. */
export function intersection(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a].filter((one) => b.has(one)));
}
