import { answerOf, cellsIn, isNewestFirst, targetColumn, type Asked, type Result } from './asked.ts';
import { namesPeople } from './headers.ts';
import { select } from './select.ts';

const AFTER = /\b(?:next|after|following|follows?|followed|below|succeeded|subsequent)\b/;
const BEFORE = /\b(?:before|previous(?:ly)?|preceding|preceded|precedes|prior to|above)\b/;

/** "Who came after X", "the next … after X", "listed above X". Null for a question of another form, or where X is not one row. */
export function answerNeighbour(asked: Asked): Result | null {
  const { text, conditions, table } = asked;
  const [after, before] = [AFTER.exec(text), BEFORE.exec(text)];
  const said = after ?? before;
  if (!said || conditions.length === 0 || /\bhow (?:many|long|much)\b|\bor\b|^(?:did|was|were|is|does)\b/.test(text))
    return null;
  const place = text.slice(0, said.index).split(' ').filter(Boolean).length;
  const anchors = conditions.filter(({ from }) => from > place);
  const anchor = (anchors.length > 0 ? anchors : conditions).toSorted((a, b) => a.rows.size - b.rows.size)[0];
  if (!anchor) return null;
  const others = conditions.filter((one) => one !== anchor && one.column !== anchor.column);
  const pool =
    others.length > 0
      ? select(
          asked,
          others.filter(({ rows }) => rows.size > 1),
        ).rows
      : table.rows.map(({ index }) => index);
  const listed = /\b(?:list(?:ed)?|table|chart|above|below)\b/.test(text);
  const forward = (after !== null) !== (!listed && isNewestFirst(table));
  const rows = [...anchor.rows].toSorted((a, b) => a - b);
  // "After the winning streak ended": the last of them in the direction.
  const edge = forward ? rows.at(-1) : rows[0];
  if (edge === undefined) return null;
  // "Which team won after Ballymore": the answer stands in the column of what is named.
  const asksWho = asked.tokens[asked.wh]?.text === 'who' && namesPeople(anchor.column);
  const own =
    asksWho ||
    asked.headers.some(
      ({ column, at, share }) =>
        column === anchor.column && share >= 0.5 && at.some((one) => one > asked.wh && one <= asked.wh + 2),
    );
  const same = own ? undefined : targetColumn(asked);
  const sameColumn = !same || same.sure < 0.5 || same.column.index === anchor.column.index;
  const column = sameColumn ? anchor.column : same.column;
  const candidates = pool.filter((row) => (forward ? row > edge : row < edge));
  const ordered = forward ? candidates : candidates.toReversed();
  const found = cellsIn(column, ordered).find(
    ({ cell }) => column !== anchor.column || !rows.some((row) => anchor.column.cells[row]?.bare === cell.bare),
  );
  if (!found) return null;
  const anchorText = anchor.column.cells[edge]?.text ?? '';
  return {
    values: [answerOf(found.cell, column, asked)],
    rows: [found.row, edge],
    how: `in the table's order ${anchor.column.header} ${anchorText} is ${forward ? 'followed' : 'preceded'} by this row`,
    sure: rows.length === 1 ? 0.6 : 0.35,
  };
}
