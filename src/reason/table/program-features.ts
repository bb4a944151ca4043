import { nameColumn, targetColumn, isNewestFirst, type Asked } from './asked.ts';
import { namesPeople, namesPlaces, type HeaderMatch } from './headers.ts';
import { range } from './match.ts';
import { denotation, type Program } from './program.ts';
import type { Column } from './rows.ts';

/** Programs for which it matters which way the table runs, and which kind of column they compare. */
const ORDERED: readonly string[] = ['NEXT', 'PREVIOUS', 'FIRST', 'LAST', 'ABOVE', 'BELOW'];
const COMPARED: readonly string[] = ['GREATER', 'LESSER', 'ARGMAX', 'ARGMIN'];

/** Of a question that is a page long, its beginning says how it asks. */
const MOST_WORDS = 120;

/** What is the same for all programs of one question. */
export interface QuestionFeatures {
  readonly asked: Asked;
  /** Words and pairs of words that are none of its conditions. */
  readonly words: readonly string[];
  /** These beside a name, made once a name. */
  readonly besides: (name: string) => readonly string[];
  readonly wh: string;
  readonly matches: ReadonlyMap<Column, HeaderMatch>;
  readonly name: Column | undefined;
  readonly aimed: Column | undefined;
  readonly newestFirst: boolean;
  /** What the rules come to, and which one. */
  readonly ruled: { readonly answer: string; readonly name: string } | undefined;
}

export function questionFeatures(asked: Asked, programs: readonly Program[]): QuestionFeatures {
  const { tokens, conditions, bounds, wh } = asked;
  const inCells = new Set(conditions.flatMap(({ from, to }) => range(from, to)));
  const free = tokens.map(({ text, number }, i) =>
    inCells.has(i) ? '_' : number === undefined ? text : number > 1000 ? '#year' : '#',
  );
  const pairs = free.slice(1).map((word, i) => `${free[i]} ${word}`);
  const ruling = programs.find(({ op }) => op === 'RULE');
  const asks = tokens[wh]?.text ?? 'none';
  const second = tokens[wh + 1]?.text ?? '';
  const words = [...new Set([...free, ...pairs])].filter((word) => !/^_|_$/.test(word)).slice(0, MOST_WORDS);
  const made = new Map<string, readonly string[]>();
  return {
    asked,
    words,
    besides: (name) => {
      const own = made.get(name) ?? words.map((word) => `${name}, ${word}`);
      made.set(name, own);
      return own;
    },
    wh: asks === 'how' ? `how ${second}` : asks,
    matches: new Map(asked.headers.map((match) => [match.column, match])),
    name: nameColumn(asked.table),
    aimed: targetColumn(
      asked,
      [...conditions, ...bounds].map(({ column }) => column),
    )?.column,
    newestFirst: isNewestFirst(asked.table),
    ruled: ruling?.rule && { answer: denotation(ruling), name: ruling.rule.name },
  };
}

/** Names of what holds of a program as a reading of the question; all in 0 or 1. */
export function programFeatures(of: QuestionFeatures, program: Program): string[] {
  const { asked, wh, newestFirst } = of;
  const { op, used, target, measured, values, from, rule } = program;
  const named = rule ? `RULE ${rule.name}` : op;
  const on = [`op ${named}`, `op ${named}, ${wh}`, ...of.besides(named)];
  const put = (feature: string) => on.push(feature);
  const all = [...asked.conditions, ...asked.bounds];
  const unused = all.filter((one) => !used.includes(one));
  put(`unused ${Math.min(3, unused.length)}`);
  put(`unused ${Math.min(3, unused.length)}, ${named}`);
  if (unused.some(({ exact }) => exact)) put('unused exact');
  if (unused.some((one) => asked.bounds.includes(one))) put('unused bound');
  put(`used ${Math.min(3, used.length)}, ${named}`);
  put(`from ${from === 1 ? '1' : from <= 3 ? 'few' : from === asked.table.rows.length ? 'all' : 'some'}, ${named}`);
  if (ORDERED.includes(op)) {
    put(`${newestFirst ? 'newest' : 'oldest'} first, ${op}`);
    if (newestFirst) on.push(...of.besides(`newest first, ${op}`));
  }
  if (target) for (const feature of columnFeatures(of, target, 'target', op)) put(feature);
  if (measured) for (const feature of columnFeatures(of, measured, 'measured', op)) put(feature);
  if (measured && COMPARED.includes(op)) on.push(...of.besides(`${op} ${measured.kind}`));
  if (target && used.some(({ column }) => column === target)) put(`target is a condition's, ${op}`);
  if (measured && used.some(({ column }) => column === measured)) put(`measured is a condition's, ${op}`);
  const open = asked.headers.filter(
    ({ column, share }) =>
      share >= 0.9 && column !== target && column !== measured && !used.some((one) => one.column === column),
  );
  put(`open headers ${Math.min(3, open.length)}, ${target || measured ? 'column' : op}`);
  for (const feature of valueFeatures(of, values)) put(feature);
  if (of.ruled && !rule && of.ruled.answer === denotation(program)) {
    put(`as the rule ${of.ruled.name}`);
    put(`as the rule ${of.ruled.name}, ${op}`);
  }
  if (rule) put(`rule sure ${Math.min(4, Math.floor(rule.sure * 5))}`);
  return on;
}

/** How a column is said by the question, by its part in the program. */
function columnFeatures(of: QuestionFeatures, column: Column, part: string, op: string): string[] {
  const { asked, matches, wh, name, aimed } = of;
  const match = matches.get(column);
  const share = match ? (match.share >= 0.9 ? 'whole' : match.share >= 0.5 ? 'half' : 'some') : 'none';
  const on = [
    `${part} said ${share}`,
    `${part} said ${share}, ${op}`,
    `${part} ${column.kind}, ${op}`,
    `${part} ${column.kind}, ${wh}`,
  ];
  if (match) {
    const gap = Math.min(...match.at.map((at) => (at >= asked.wh ? at - asked.wh : 6 + asked.wh - at)));
    on.push(`${part} gap ${Math.min(8, gap)}`, `${part} gap ${Math.min(8, gap)}, ${op}`);
    // Words around the place where it is said: "the most X", "X of the".
    const at = Math.min(...match.at);
    on.push(`${part} behind ${asked.tokens[at - 1]?.text ?? '^'}, ${op}`);
    on.push(`${part} before ${asked.tokens[Math.max(...match.at) + 1]?.text ?? '$'}, ${op}`);
  }
  on.push(`${part} column ${Math.min(4, column.index)}`);
  if (column === name) on.push(`${part} names rows`, `${part} names rows, ${wh}`);
  if (column === aimed) on.push(`${part} aimed`, `${part} aimed, ${op}`);
  if (namesPeople(column)) on.push(`${part} people, ${wh}`);
  if (namesPlaces(column)) on.push(`${part} places, ${wh}`);
  for (const { text, stop } of column.tokens)
    if (!stop && text.length > 1) on.push(`${part} ${text}, ${op}`, `${part} ${text}, ${wh}`);
  return on;
}

function valueFeatures({ asked, wh, words }: QuestionFeatures, values: readonly string[]): string[] {
  const [first = ''] = values;
  const kind = /^-?[\d,.]+$/.test(first)
    ? /^(?:1\d|20)\d\d$/.test(first)
      ? 'year'
      : 'number'
    : /\d/.test(first)
      ? 'mixed'
      : 'words';
  const many = values.length === 1 ? '1' : values.length <= 3 ? 'few' : 'many';
  const on = [`value ${kind}, ${wh}`, `values ${many}, ${wh}`, `values ${many}`];
  if (kind === 'number' && Number(first) === 0) on.push('value 0');
  if (kind === 'number' && Number(first) === 1) on.push('value 1');
  const noun = asked.tokens[asked.wh + 1];
  if (noun) on.push(`value ${kind}, ${noun.text}`);
  if (many !== '1')
    for (const word of words)
      if (/^(?:are|were|list|all|name|only|is|was|each|every|\w+s)$/.test(word)) on.push(`values ${many}, ${word}`);
  const lower = first.toLowerCase();
  if (lower.length > 1 && asked.text.includes(lower))
    on.push('value in question', `value in question, ${/\bor\b/.test(asked.text) ? 'or' : wh}`);
  return on;
}
