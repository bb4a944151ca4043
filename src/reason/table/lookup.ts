import { answerOf, cellsIn, select, targetColumn, told, type Asked, type Result } from './asked.ts';
import { tokensOf } from './tokens.ts';

/** The cell asked for in the rows that meet the conditions; several where the question asks for a list. */
export function answerLookup(asked: Asked): Result | null {
  const { text, conditions, bounds } = asked;
  if (conditions.length + bounds.length === 0) return null;
  const other = /\b(?:other|else|besides|aside from|apart from|another|same)\b/.test(text) ? sameAs(asked) : null;
  if (other) return other;
  const { rows, used } = select(asked);
  const target = targetColumn(asked);
  if (!target || rows.length === 0) return null;
  const cells = cellsIn(target.column, rows);
  const values = [...new Map(cells.map(({ cell, row }) => [answerOf(cell, target.column, asked), row]))];
  const [first] = values;
  if (!first) return null;
  const many = /\b(?:list|all|each|name the|are|were|which \p{L}+s (?!the\b)|what \p{L}+s)\b/u.test(text) && !/\bonly\b|\bthe name\b/.test(text);
  const given = many ? values : [first];
  return {
    values: given.map(([value]) => value),
    rows: given.map(([, row]) => row),
    how: `${told(rows, used)}, with ${target.column.header} ${given.map(([value]) => value).slice(0, 6).join(', ')}`,
    sure: 0.25 + 0.4 * target.sure + (values.length === 1 ? 0.15 : many ? 0.05 : -0.15),
  };
}

/** "Which other … has the same … as X", "besides X, who …": the rows that share the column's value with X. */
function sameAs(asked: Asked): Result | null {
  const anchor = asked.conditions.toSorted((a, b) => a.rows.size - b.rows.size)[0];
  if (!anchor) return null;
  const [row] = anchor.rows;
  const shared = asked.headers.find(({ column, share }) => column !== anchor.column && share >= 0.5);
  const value = row === undefined ? undefined : shared?.column.cells[row];
  const rest = asked.conditions.filter((one) => one !== anchor && one.column !== anchor.column);
  const rows = (
    rest.length > 0
      ? select(asked, rest).rows
      : value && shared && asked.text.includes('same')
        ? asked.table.rows.map(({ index }) => index).filter((index) => shared.column.cells[index]?.bare === value.bare)
        : []
  ).filter((index) => !anchor.rows.has(index));
  const cells = cellsIn(anchor.column, rows);
  const values = [...new Set(cells.map(({ cell }) => cell.text))];
  if (values.length === 0 || row === undefined) return null;
  const many = tokensOf(asked.text).some(({ text }) => /^(?:are|were|others)$/.test(text));
  return {
    values: many ? values : values.slice(0, 1),
    rows: [...cells.map((one) => one.row), row],
    how: `beside ${anchor.said} ${rest.length > 0 ? told(rows, rest) : `${rows.length} rows have the same ${shared?.column.header}`}`,
    sure: 0.45,
  };
}
