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
import { answerSuperlative } from './table/superlative.ts';

/** Rows given as evidence. */
const ROWS = 12;
/** A reading that is less sure is none. */
const LEAST_SURE = 0.1;
/** So that the mean confidence is the share of right answers to questions that the rules were not made with. */
const BELIEVED = 0.85;
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

/**
 * Answers a question about a table at hand by reading it as an operation over the rows: a look-up, a count, a sum, a
 * comparison, the first, the next. Null where the asset is no table, or where too little of the question is understood.
 */
export function answerTable({ retrieval, question }: Considered): Found | null {
  const { asset, text } = retrieval.question;
  if (!asset || question.form === 'CHOICE' || !isTable(asset)) return null;
  const table = tableOf(retrieval.segments.filter((ranked) => ranked.asset.id === asset.id));
  if (!table) return null;
  const asked = readAsked(text, table);
  for (const [, operation] of OPERATIONS) {
    const result = operation(asked);
    if (!result) continue;
    const understood = understoodShare(asked);
    const confidence = Math.min(0.9, BELIEVED * result.sure * (0.4 + 0.8 * understood));
    if (result.values.length === 0 || confidence < LEAST_SURE) return null;
    const rows = [...new Set(result.rows.length > 0 ? result.rows : table.rows.map(({ index }) => index))];
    const evidence = rows.slice(0, ROWS).flatMap((index) => {
      const row = table.rows[index];
      return row ? [evidenceWithin(row.ranked, row.span)] : [];
    });
    if (evidence.length === 0) return null;
    const shortAnswer = result.values.join(', ');
    const rest = rows.length > ROWS ? ` (${ROWS} of them are cited)` : '';
    return {
      shortAnswer,
      text: `${quoted(shortAnswer)}: in ${asset.title} ${result.how}${rest}.`,
      confidence,
      evidence,
    };
  }
  return null;
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
