import { answerOf, cellsIn, targetColumn, type Asked, type Result } from './asked.ts';
import { select, told } from './select.ts';
import { tokensOf } from './tokens.ts';

/** The cell asked for in the rows that meet the conditions; several where the question asks for a list. */
export function answerLookup(asked: Asked): Result | null {
  const { text, conditions, bounds } = asked;
  const repeated = answerRepeated(asked);
  if (repeated) return repeated;
  const measured = answerMeasure(asked);
  if (measured) return measured;
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
  const many =
    /\b(?:list|all|each|name the|are|were|which \p{L}+s (?!the\b)|what \p{L}+s)\b/u.test(text) &&
    !/\bonly\b|\bthe name\b/.test(text);
  const given = many ? values : [first];
  return {
    values: given.map(([value]) => value),
    rows: given.map(([, row]) => row),
    how: `${told(rows, used)}, with ${target.column.header} ${given
      .map(([value]) => value)
      .slice(0, 6)
      .join(', ')}`,
    sure: 0.25 + 0.4 * target.sure + (values.length === 1 ? 0.15 : many ? 0.05 : -0.15),
  };
}

/** "How long", "how tall", "how far": a column of such measures, or the years from one to the other in a cell. */
function answerMeasure(asked: Asked): Result | null {
  const word = /\bhow (\p{L}+)\b/u.exec(asked.text)?.[1];
  const pattern = MEASURED.find(([one]) => one === word)?.[1];
  if (!pattern || asked.conditions.length === 0) return null;
  const { rows, used } = select(asked);
  const column =
    asked.table.columns.find(({ header, kind }) => kind !== 'TEXT' && pattern.test(header)) ??
    asked.table.columns.find(({ header }) => pattern.test(header));
  const [found] = column ? cellsIn(column, rows) : [];
  if (column && found) {
    const years = /^\D{0,3}(\d{4})\s?[-–—]\s?(\d{4})/.exec(found.cell.text);
    const value = years && word === 'long' ? `${Number(years[2]) - Number(years[1])} years` : found.cell.text;
    return {
      values: [value],
      rows: [found.row],
      how: `${told(rows, used)}, with ${column.header} ${found.cell.text}`,
      sure: 0.6,
    };
  }
  return null;
}

const MEASURED: readonly (readonly [word: string, header: RegExp])[] = [
  ['long', /length|duration|time|run|term|years|period|tenure|reign/i],
  ['tall', /height/i],
  ['high', /height|elevation|altitude/i],
  ['far', /distance|length|km|miles/i],
  ['old', /age|born/i],
  ['large', /area|size|population|capacity/i],
  ['big', /area|size|population|capacity/i],
  ['deep', /depth/i],
  ['wide', /width/i],
  ['fast', /time|speed/i],
  ['heavy', /weight|mass/i],
];

/** "Who won more than once", "twice": values of the column that several of the rows have. */
function answerRepeated(asked: Asked): Result | null {
  if (!/\b(?:more than (?:once|one time)|twice|multiple times|at least two times)\b/.test(asked.text)) return null;
  const target = targetColumn(asked);
  const { rows, used } = select(asked);
  if (!target) return null;
  const groups = [...Map.groupBy(cellsIn(target.column, rows), ({ cell }) => cell.bare).values()].filter(
    (group) => group.length > 1,
  );
  const firsts = groups.flatMap(([first]) => first ?? []);
  if (firsts.length === 0) return null;
  const counted = /\bhow many\b/.test(asked.text);
  return {
    values: counted ? [String(firsts.length)] : firsts.map(({ cell }) => answerOf(cell, target.column, asked)),
    rows: groups.flat().map(({ row }) => row),
    how: `${told(rows, used)}; ${firsts.length} values of ${target.column.header} are there more than once`,
    sure: 0.45,
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
