import type { Condition } from './match.ts';
import type { Table } from './rows.ts';
import type { Token } from './tokens.ts';

const ORDINALS: readonly string[] = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const RANKS = /\b(?:pos|position|rank|place|fin|finish|standing|result|overall)\b/i;

/** "Finished third", "in 2nd place", "ranked 10": the rows of that rank. */
export function findPlaces(tokens: readonly Token[], table: Table, taken: ReadonlySet<number>): Condition[] {
  const column = table.columns.find(
    ({ header, cells }) =>
      RANKS.test(header) && cells.some((cell) => /^T?-?\d+(?:st|nd|rd|th)?\b/.test(cell?.text ?? '')),
  );
  if (!column) return [];
  return tokens.flatMap((token, at): Condition[] => {
    const ordinal = ORDINALS.indexOf(token.text) + 1;
    const rank = ordinal > 0 ? ordinal : token.number;
    if (rank === undefined || taken.has(at)) return [];
    const [before = '', behind = ''] = [tokens[at - 1]?.text, tokens[at + 1]?.text];
    const isPlace =
      /^(?:place|position|rank)$/.test(behind) ||
      /^(?:placed|finished|finish|ranked|came|position|rank|place)$/.test(before) ||
      (before === 'in' && tokens[at - 2]?.text === 'came');
    if (
      !isPlace ||
      (ordinal === 0 &&
        !/\d(?:st|nd|rd|th)$/.test(token.text) &&
        !/^(?:placed|finished|ranked|rank|position|place)$/.test(before))
    )
      return [];
    const rows = new Set(
      [...column.cells.entries()].flatMap(([row, cell]) => (cell?.value.number === rank ? [row] : [])),
    );
    const to = /^(?:place|position|rank)$/.test(behind) ? at + 2 : at + 1;
    return rows.size === 0 ? [] : [{ column, rows, from: at, to, exact: true, said: `${column.header} ${rank}` }];
  });
}

const OUTCOMES: readonly (readonly [words: RegExp, cells: RegExp])[] = [
  [/^(?:wins?|won|victor(?:y|ies)|beat|defeated|winning)$/, /^(?:w|wins?|won|winners?|victory)\b/i],
  [/^(?:loss(?:es)?|lost|lose|losing|defeats?)$/, /^(?:l|loss|lost|losers?|defeat)\b/i],
  [/^(?:ties?|tied|draws?|drew|drawn)$/, /^(?:d|t|draws?|drawn|ties?|tied)\b/i],
];

/** "How many games were lost": rows whose outcome is that, where a column tells little else than outcomes. */
export function findResults(tokens: readonly Token[], table: Table, taken: ReadonlySet<number>): Condition[] {
  const isOutcome = (text: string) => OUTCOMES.some(([, cells]) => cells.test(text));
  const column = table.columns.find(({ cells }) => {
    const said = cells.flatMap((cell) => cell?.text ?? []);
    return said.length > 0 && said.filter(isOutcome).length >= 0.7 * said.length;
  });
  if (!column) return [];
  return tokens.flatMap((token, at): Condition[] => {
    const outcome = taken.has(at) ? undefined : OUTCOMES.find(([words]) => words.test(token.text));
    // "Wins" may be a column of its own.
    if (
      !outcome ||
      table.columns.some((other) => other !== column && other.tokens.some(({ stem }) => stem === token.stem))
    )
      return [];
    const rows = new Set(
      [...column.cells.entries()].flatMap(([row, cell]) => (cell && outcome[1].test(cell.text) ? [row] : [])),
    );
    return [{ column, rows, from: at, to: at + 1, exact: true, said: `${column.header} ${token.text}` }];
  });
}
