import type { Considered } from './consider.ts';
import type { Found } from './found.ts';
import { quoted } from './found.ts';
import { isTable } from '../ingest/row-text.ts';
import { evidenceWithin } from '../retrieve/evidence.ts';
import { readAsked, type Asked, type Result } from './table/asked.ts';
import { answerEither } from './table/compare.ts';
import { answerDifference } from './table/difference.ts';
import { answerWhether } from './table/whether.ts';
import { answerCount } from './table/count.ts';
import { answerLookup } from './table/lookup.ts';
import { range } from './table/match.ts';
import { answerNeighbour } from './table/neighbour.ts';
import { tableOf } from './table/rows.ts';
import weights from './table/program-weights.json' with { type: 'json' };
import type { Program } from './table/program.ts';
import { programsOf } from './table/programs.ts';
import { rankAnswers, type ProgramWeights } from './table/rank-programs.ts';
import { answerSuperlative } from './table/superlative.ts';

/** Rows given as evidence. */
const ROWS = 12;
/** A reading that is less sure is none. */
const LEAST_SURE = 0.1;
/** Of 1,500 answers about new tables, those with a share of 0.5, 0.7 and 0.9 are right in 40, 68 and 86 % (fit-tables). */
const BELIEVED = 1.3;
/** Fitted by training/reason/fit-tables.ts. */
const WEIGHTS: ProgramWeights = weights;
/** Each reads one form of question; the first that finds an answer gives it. */
const OPERATIONS: readonly (readonly [name: string, answer: (asked: Asked) => Result | null])[] = [
  ['whether', answerWhether],
  ['either', answerEither],
  ['difference', answerDifference],
  ['count', answerCount],
  ['neighbour', answerNeighbour],
  ['superlative', answerSuperlative],
  ['lookup', answerLookup],
];

/** The table at hand as it is asked about, with every reading of the question; null where there is no table. */
export function programsAsked({ retrieval, question }: Considered): { asked: Asked; programs: Program[] } | null {
  const { asset, text } = retrieval.question;
  if (!asset || question.form === 'CHOICE' || !isTable(asset)) return null;
  const table = tableOf(retrieval.segments.filter((ranked) => ranked.asset.id === asset.id));
  if (!table) return null;
  const asked = readAsked(text, table);
  return { asked, programs: [...byRule(asked), ...programsOf(asked)] };
}

/** What the first rule that applies comes to, if anything. */
function byRule(asked: Asked): Program[] {
  for (const [name, operation] of OPERATIONS) {
    const result = operation(asked);
    if (!result) continue;
    const { values, rows, how, sure } = result;
    const used = [...asked.conditions, ...asked.bounds];
    return values.length === 0
      ? []
      : [{ op: 'RULE', used, from: rows.length, values, rows, how, rule: { name, sure } }];
  }
  return [];
}

/**
 * Answers a question about a table at hand by reading it as an operation over the rows: a look-up, a count, a sum, a
 * comparison, the first, the next. Every reading of a few steps is ordered by what was learnt from questions about other
 * tables. Null where the asset is no table, or where too little of the question is understood.
 */
export function answerTable(considered: Considered): Found | null {
  const { asset } = considered.retrieval.question;
  const read = programsAsked(considered);
  if (!read || !asset) return null;
  const { asked, programs } = read;
  const [best] = rankAnswers(asked, programs, WEIGHTS);
  if (!best) return null;
  const { program, share } = best;
  const confidence = Math.min(0.9, share ** BELIEVED * Math.min(1, 0.5 + understoodShare(asked)));
  if (confidence < LEAST_SURE) return null;
  const all = program.rows.length > 0 ? program.rows : asked.table.rows.map(({ index }) => index);
  const rows = [...new Set(all)];
  const evidence = rows.slice(0, ROWS).flatMap((index) => {
    const row = asked.table.rows[index];
    return row ? [evidenceWithin(row.ranked, row.span)] : [];
  });
  if (evidence.length === 0) return null;
  const shortAnswer = program.values.join(', ');
  const rest = rows.length > ROWS ? ` (${ROWS} of them are cited)` : '';
  return {
    shortAnswer,
    text: `${quoted(shortAnswer)}: in ${asset.title} ${program.how}${rest}.`,
    confidence,
    evidence,
  };
}

/** Share of the question's content words that cells, headers or bounds account for. */
function understoodShare({ tokens, conditions, bounds, headers }: Asked): number {
  const known = new Set([
    ...[...conditions, ...bounds].flatMap(({ from, to }) => range(from, to)),
    ...headers.flatMap(({ at }) => at),
  ]);
  const content = tokens.flatMap(({ stop, text }, at) => (stop || FORM.test(text) ? [] : [at]));
  return content.length === 0 ? 0.5 : content.filter((at) => known.has(at)).length / content.length;
}

/** Words that tell the operation. */
const FORM =
  /^(?:many|much|most|least|first|last|next|previous|total|number|difference|average|more|less|fewer|only|highest|lowest|largest|smallest|longest|shortest|before|after|list|listed|table|name|times?|long)$/;
