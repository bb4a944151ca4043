import type { SpanReader } from '../ports/span-reader.ts';
import { nameOf, plain } from './name-of.ts';
import { sureness } from './read-each.ts';
import { isLeading, type SubAnswer } from './sub-answer.ts';

/** The reader was taught with this before a name and the sentence that tells it, to find the words of a question that stand for it (training/reading/composed.py). */
const IN_PLACE = 'in place of: ';
/** Characters of that sentence. */
const MOST_SAID = 300;
/** Names that are put into the question: each costs the reading of one short text. */
const NAMES = 3;
/** A reader that is less sure than this of the words leaves the question as it is. */
const SURE = 0.5;
/** Words that stand for a name are more than one: "her", "there" are told by what was said before. */
const WORDS = 2;
/** What asks stands for nothing. */
const ASKING = /^(?:who|whom|whose|what|when|where|which|how|why)\b/i;
const SAYS_NOTHING =
  /^(?:is|are|was|were|be|been|do|does|did|has|have|had|s|the|an?|of|in|on|at|by|to|from|for|with|and|or|that|this|it|its|his|her|their|he|she|they|there)$/i;

/**
 * The surest of what was found, each with the question that it leaves: "When was the man who cast the bell born?" and
 * "Thomas Miller" give "When was Thomas Miller born?". Those that nothing in the question stands for, and those that
 * follow from such, are left as they are.
 */
export async function putInPlace(
  question: string,
  found: readonly SubAnswer[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const asksOf = ({ after }: SubAnswer) => (after ? after.asks : question);
  const idOf = (one: SubAnswer) => `${asksOf(one)}\n${nameOf(one.text)}`;
  const surest = new Map<string, SubAnswer>();
  for (const one of found.filter(isLeading).toSorted((a, b) => b.sure - a.sure)) {
    const from = asksOf(one);
    // What the question says itself is nothing that was found.
    if (from !== undefined && !says(from, one.text) && !surest.has(idOf(one))) surest.set(idOf(one), one);
  }
  const left = await Promise.all(
    [...surest].slice(0, NAMES).map(async ([key, one]) => {
      const asks = await questionWith(one, asksOf(one) ?? question, reader, signal);
      return [key, asks] as const;
    }),
  );
  const asks = new Map(left);
  return found.map((one) => {
    if (!asks.has(idOf(one))) return one;
    const own = asks.get(idOf(one));
    return own === undefined ? { ...one, standsForNothing: true } : { ...one, asks: own };
  });
}

function says(question: string, name: string): boolean {
  return ` ${plain(question)} `.includes(` ${nameOf(name)} `);
}

/** The question with what was found in place of the words that stand for it; undefined where none do. */
async function questionWith(
  { text, sentence }: SubAnswer,
  question: string,
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const name = text.replace(/\s+/g, ' ').replace(/['’]s?$/u, '');
  const [reading] = await reader.read(`${IN_PLACE}${name}: ${sentence.slice(0, MOST_SAID)}`, [question], signal);
  const [span] = reading?.spans ?? [];
  if (!span || sureness(span.score - (reading?.absent ?? 0)) < SURE) return undefined;
  const words = question.slice(span.start, span.end);
  const [before, behind] = [question.slice(0, span.start), question.slice(span.end)];
  return ASKING.test(words) || words.split(/\s+/).length < WORDS || !asksSomething(`${before} ${behind}`)
    ? undefined
    : `${before}${name}${behind}`;
}

/** "Where was the man born who cast the bell?" asks more than where he was: what asks must be left. */
function asksSomething(rest: string): boolean {
  return (rest.match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => !ASKING.test(word) && !SAYS_NOTHING.test(word));
}
