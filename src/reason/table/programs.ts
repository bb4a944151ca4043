import { answerOf, cellsIn, type Asked } from './asked.ts';
import { comparisons } from './comparisons.ts';
import { isTotal } from './count.ts';
import { pick } from './picks.ts';
import { COLUMNS, LIST, type Give, type Program } from './program.ts';
import { reckon, tally } from './reckonings.ts';
import { select, told, type Selected } from './select.ts';

/** Sets of rows that programs begin with; of a long table fewer, so that no question holds the others up. */
const SELECTIONS = 10;
const LONG = { rows: 1000, selections: 3 } as const;
const MEASURED = 7;

/** Every program of a few steps over the conditions that were found in the question (floating rules of Pasupat and Liang 2015, arXiv 1508.00305). */
export function programsOf(asked: Asked): Program[] {
  const found: Program[] = [];
  const { columns } = asked.table;
  // What the question says first: a wide table has more columns than are tried.
  const said = new Set(asked.headers.map(({ column }) => column));
  const inOrder = columns.toSorted((a, b) => Number(said.has(b)) - Number(said.has(a)));
  const targets = inOrder.slice(0, COLUMNS);
  const measured = inOrder.filter(({ kind }) => kind !== 'TEXT').slice(0, MEASURED);
  for (const selected of selections(asked)) {
    const about = { used: selected.used, from: selected.rows.length };
    const telling = told(selected.rows, selected.used);
    const give: Give = (op, rest) => {
      if (rest.values.length > 0 && rest.values.length <= LIST && rest.values.every((value) => value !== ''))
        found.push({ op, ...about, ...rest });
    };
    const { rows } = selected;
    give('COUNT', { values: [String(rows.length)], rows, how: telling });
    for (const column of measured) reckon(column, rows, telling, give);
    const picked = pick(asked, selected, measured, telling);
    for (const target of targets) {
      const cells = cellsIn(target, rows);
      if (selected.used.length > 0 && cells.length > 0) {
        const values = [...new Set(cells.map(({ cell }) => answerOf(cell, target, asked)))];
        const [first] = cells;
        const how = `${telling}, with ${target.header} ${values.slice(0, 6).join(', ')}`;
        if (first) give('LOOKUP', { target, values: values.slice(0, 1), rows: [first.row], how });
        if (values.length > 1) give('LIST', { target, values, rows, how });
      }
      for (const { op, rows: own, column, how } of picked) {
        if (column === target && op !== 'SAME') continue;
        const values = [...new Set(cellsIn(target, own).map(({ cell }) => answerOf(cell, target, asked)))];
        const many = op === 'SAME' ? values : values.slice(0, 1);
        give(op, { target, ...(column ? { measured: column } : {}), values: many, rows: own, how });
      }
      tally(asked, target, selected, telling, give);
    }
  }
  return [...found, ...comparisons(asked, measured)];
}

/** Rows by all conditions, all rows, rows by each condition and by all but each. */
function selections(asked: Asked): Selected[] {
  const all = [...asked.conditions, ...asked.bounds];
  const most = asked.table.rows.length > LONG.rows ? LONG.selections : SELECTIONS;
  const sets = [
    all,
    ...all.map((one) => [one]),
    ...(all.length > 2 ? all.map((one) => all.filter((other) => other !== one)) : []),
  ].slice(0, most - 1);
  const rows = asked.table.rows.map(({ index }) => index);
  const once = new Map(
    [...sets.map((conditions) => select(asked, conditions)), { rows, used: [] }].map((one) => {
      const own =
        one.rows.length === 1 || one.used.length > 0 ? one.rows : one.rows.filter((row) => !isTotal(asked, row));
      return [`${own.join(',')}|${one.used.map(({ said }) => said).join('|')}`, { rows: own, used: one.used }];
    }),
  );
  return [...once.values()].filter((one) => one.rows.length > 0);
}
