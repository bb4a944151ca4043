import { answerOf, cellsIn, isNewestFirst, targetColumn, nameColumn, type Asked, type Result } from './asked.ts';
import { select, told } from './select.ts';
import { valuesIn } from './bounds.ts';
import { isTotal } from './count.ts';
import type { Column } from './rows.ts';

const MOST =
  /^(?:most|highest|largest|biggest|greatest|longest|tallest|maximum|max|heaviest|widest|deepest|slowest|top|best|furthest|farthest|newest|latest|youngest|recent|strongest)$/;
const LEAST =
  /^(?:least|fewest|lowest|smallest|shortest|minimum|min|fastest|quickest|oldest|earliest|worst|lightest|closest)$/;
const RANKS = /\b(?:pos|position|rank|place|fin|finish|#|seed|standing|peak)\b/i;
/** What a word compares where no header says it. */
const MEASURES: readonly (readonly [words: RegExp, headers: RegExp])[] = [
  [/^(?:longest|shortest|farthest|furthest)$/, /length|distance|duration|time|km|miles/i],
  [/^(?:tallest|highest|lowest)$/, /height|elevation|altitude/i],
  [/^(?:largest|smallest|biggest)$/, /area|population|size|number|total|attendance/i],
  [/^(?:fastest|quickest|slowest)$/, /time|speed/i],
  [/^(?:oldest|earliest|newest|latest|recent|youngest)$/, /year|date|founded|built|established|born|opened|completed/i],
  [/^(?:heaviest|lightest)$/, /weight|mass/i],
  [/^(?:best|worst|top)$/, RANKS],
];

/** "Which … has the most …", "the first …", "the last … listed", "who … most often". Null for a question of another form. */
export function answerSuperlative(asked: Asked): Result | null {
  const { tokens, text } = asked;
  const at = tokens.findIndex(
    ({ text: word }, i) =>
      (MOST.test(word) || LEAST.test(word)) &&
      tokens[i - 1]?.text !== 'at' &&
      !(word === 'top' && tokens[i + 1]?.number !== undefined),
  );
  const word = tokens[at]?.text;
  if (word !== undefined && !asked.conditions.some(({ from, to }) => at >= from && at < to)) {
    const found = /\b(?:at|on|in) the top of\b/.test(text) ? null : extreme(asked, at, word);
    if (found) return found;
    if (/^(?:most|least|fewest)$/.test(word) && !/\bmost recent/.test(text))
      return mostFrequent(asked, word !== 'most');
  }
  const isHeader = (place: number) =>
    asked.headers.some(
      ({ at: places, share, column }) => share >= 0.9 && places.includes(place) && column.tokens.length > 1,
    );
  const saysFinal = asked.table.columns.some(
    ({ cells, header }) => /\bfinal\b/i.test(header) || cells.some((cell) => / final /.test(cell?.phrase ?? '')),
  );
  const end = tokens.findIndex(
    ({ text: one }, i) =>
      /^(?:first|last|final|bottom|top|latest|recent|earliest)$/.test(one) &&
      !isHeader(i) &&
      !(one === 'final' && saysFinal) &&
      !asked.conditions.some(({ from, to }) => i >= from && i < to),
  );
  return end < 0 ? null : firstOrLast(asked, end);
}

/** The row whose value is greatest or least. */
function extreme(asked: Asked, at: number, word: string): Result | null {
  const column = measuredColumn(asked, at, word);
  if (!column) return null;
  const { rows, used } = select(asked);
  const cells = valuesIn(column, rows).filter(({ row }) => !isTotal(asked, row));
  if (cells.length === 0) return null;
  const rank = RANKS.test(column.header) && !/points/i.test(column.header);
  const reversed = rank && /^(?:highest|best|top|greatest|worst|lowest)$/.test(word);
  const least = LEAST.test(word) !== reversed || (word === 'best' && column.kind === 'TIME');
  const target = Math[least ? 'min' : 'max'](...cells.map(({ value }) => value));
  const best = cells.filter(({ value }) => value === target);
  const [first] = best;
  if (!first) return null;
  const how = `of ${told(rows, used).replace(/^the table has /, '')} the ${least ? 'least' : 'greatest'} ${column.header} is ${first.cell.text}`;
  // "What is the highest score": the value itself.
  const answer = targetColumn(asked, [column]);
  const asksValue =
    asked.tokens[asked.wh]?.text === 'how' ||
    (asked.tokens[asked.wh]?.text === 'what' &&
      /^what (?:is|was|are|were|s|is the|was the|the) /.test(`${asked.text.slice(asked.text.indexOf('what'))} `) &&
      !asked.headers.some(
        ({ column: other, at: places, share }) =>
          other !== column && share >= 0.5 && places.some((place) => place < at),
      ) &&
      !/\bname of\b/.test(asked.text));
  if (asksValue || !answer) return { values: [first.cell.text], rows: best.map(({ row }) => row), how, sure: 0.55 };
  const values = best.flatMap(({ row }) =>
    cellsIn(answer.column, [row]).map(({ cell }) => answerOf(cell, answer.column, asked)),
  );
  if (values.length === 0) return null;
  return {
    values: [...new Set(values)].slice(0, /\bwhich (?:\p{L}+)s\b/u.test(asked.text) ? undefined : 1),
    rows: best.map(({ row }) => row),
    how,
    sure: 0.45 + answer.sure * 0.25,
  };
}

/** The column that a superlative compares: the header said right behind it, or one that its word means. */
function measuredColumn(asked: Asked, at: number, word: string): Column | undefined {
  const { headers, table } = asked;
  const behind = headers
    .filter(({ column, at: places }) => column.kind !== 'TEXT' && places.some((place) => place > at && place <= at + 5))
    .map(({ column, at: places, share }) => ({
      column,
      worth: share * 2 - 0.4 * Math.min(...places.filter((place) => place > at).map((place) => place - at)),
    }))
    .toSorted((a, b) => b.worth - a.worth)[0];
  if (behind) return behind.column;
  for (const [words, pattern] of MEASURES) {
    if (!words.test(word)) continue;
    const column = table.columns.find(({ header, kind }) => kind !== 'TEXT' && pattern.test(header));
    if (column) return column;
    if (/^(?:oldest|earliest|newest|latest|recent)$/.test(word))
      return table.columns.find(({ kind }) => kind === 'DATE');
    if (/^(?:longest|shortest|fastest|slowest|quickest)$/.test(word))
      return table.columns.find(({ kind }) => kind === 'TIME');
  }
  const before = headers.find(
    ({ column, at: places, share }) =>
      column.kind === 'NUMBER' && share >= 0.5 && places.some((place) => place < at && place > at - 4),
  );
  return before?.column;
}

/** The value that most (or fewest) rows have. */
function mostFrequent(asked: Asked, least: boolean): Result | null {
  const { rows, used } = select(asked);
  const target = targetColumn(
    asked,
    used.map(({ column }) => column),
  );
  if (!target) return null;
  const { column } = target;
  const groups = Map.groupBy(cellsIn(column, rows), ({ cell }) =>
    /\bmonth\b/.test(asked.text) && cell.value.month !== undefined ? String(cell.value.month) : cell.bare,
  );
  const sorted = [...groups.values()].toSorted((a, b) => (b.length - a.length) * (least ? -1 : 1));
  const [best, next] = sorted;
  const [first] = best ?? [];
  if (!best || !first || groups.size < 2) return null;
  return {
    values: [answerOf(first.cell, column, asked)],
    rows: best.map(({ row }) => row),
    how: `${best.length} of ${rows.length} rows have ${column.header} ${first.cell.text}, ${least ? 'fewer' : 'more'} than any other`,
    sure: (next?.length === best.length ? 0.2 : 0.45) + target.sure * 0.2,
  };
}

/** The first or last row: by the table's dates, or by its order where the question speaks of the list. */
function firstOrLast(asked: Asked, at: number): Result | null {
  const { text, table } = asked;
  const last = /^(?:last|final|bottom|latest|recent)$/.test(asked.tokens[at]?.text ?? '');
  const { rows, used } = select(asked);
  const listed = /\b(?:list(?:ed)?|table|chart|top|bottom|shown)\b/.test(text);
  const newestFirst = !listed && isNewestFirst(table);
  const own = rows.filter((row) => !isTotal(asked, row));
  const row = own.at(last !== newestFirst ? -1 : 0);
  if (row === undefined) return null;
  const asksDate = /\b(?:when|what (?:year|date)|which year)\b/.test(text);
  const target = asksDate
    ? targetColumn(asked)
    : (targetColumn(
        asked,
        used.map(({ column }) => column),
      ) ?? fallback(asked));
  if (!target) return null;
  const near = last !== newestFirst ? own.toReversed() : own;
  const [found] = cellsIn(target.column, near);
  if (!found) return null;
  return {
    values: [answerOf(found.cell, target.column, asked)],
    rows: [found.row],
    how: `of ${told(rows, used).replace(/^the table has /, '')} this is the ${last ? 'last' : 'first'}`,
    sure: 0.35 + 0.3 * target.sure,
  };
}

function fallback(asked: Asked): { readonly column: Column; readonly sure: number } | undefined {
  const column = nameColumn(asked.table);
  return column && { column, sure: 0.2 };
}
