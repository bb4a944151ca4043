import { cellsIn, type Asked, type Result } from './asked.ts';
import { valueFor } from './bounds.ts';
import { sides, sideValues } from './compare.ts';
import type { Condition } from './match.ts';
import { select, told } from './select.ts';
import { written, writtenTime } from './value.ts';

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
