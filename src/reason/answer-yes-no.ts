import type { SpanReader } from '../ports/span-reader.ts';
import { answerBoth, answerSame, type Side } from './answer-sides.ts';
import { answerStatement } from './answer-statement.ts';
import { judgePassages } from './read-verdict.ts';
import { verdict } from './verdict.ts';
import { measure } from './measure.ts';
import { isAbout } from './about.ts';
import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import type { Found } from './found.ts';
import { saidIn } from './term-keys.ts';
import type { Word } from './words.ts';
import { normalName } from './words.ts';

/** A side is known when its facts say something of it at all. */
const SAID = 0.5;

/** Answers yes or no: two things compared, or one statement looked for and, where there is a reader, judged by it. Null when nothing speaks of what is asked. */
export async function answerYesNo(
  considered: Considered,
  reader?: SpanReader,
  signal?: AbortSignal,
): Promise<Found | null> {
  const compared = await answerCompared(considered, reader, signal);
  return compared ?? answerStatement(considered, reader ? await judgePassages(reader, considered, signal) : []);
}

/** Null where the question isn't about two things, or where too little is known of them. */
export async function answerCompared(
  considered: Considered,
  reader?: SpanReader,
  signal?: AbortSignal,
): Promise<Found | null> {
  const ordered = compareOrder(considered);
  if (ordered) return ordered;
  const sides = sidesOf(considered);
  if (sides.length < 2) return null;
  const { asking } = considered.question;
  const read =
    reader && ((await answerSame(sides, asking, reader, signal)) ?? (await answerBoth(sides, asking, reader, signal)));
  return read ?? compareSides(sides, considered);
}

/** "Was A built before B?", "Is A taller than B?": the measures of the two. */
function compareOrder(considered: Considered): Found | null {
  const { question, retrieval } = considered;
  const [left, right] = question.names;
  const joined = /\b(?:before|after|than)\b/i.exec(retrieval.question.text);
  if (!joined || !question.order || left === undefined || right === undefined) return null;
  const a = measure(
    { option: left, facts: considered.facts.filter((fact) => isAbout(fact, left)) },
    considered,
    question.order,
  );
  const b = measure(
    { option: right, facts: considered.facts.filter((fact) => isAbout(fact, right)) },
    considered,
    question.order,
  );
  if (a.value === undefined || b.value === undefined || !a.fact || !b.fact) return null;
  const less = question.order === 'FIRST' || question.order === 'LEAST';
  const yes = less ? a.value < b.value : a.value > b.value;
  return verdict(yes, `it is ${a.said} against ${b.said}`, 0.75, [evidenceOf(a.fact), evidenceOf(b.fact)]);
}

/** "Are (both) A and B …": the verb, the two, and the rest that begins with one of these or, behind names, with any word in lower case. */
const JOINT = [
  /^(are|were|do|did|have) (?:both )?(.+?) and (.+?) ((?:both|all|located|situated|born|known|considered|members|from|in|an?|the same)\b.*)$/i,
  /^([Aa]re|[Ww]ere|[Dd]o|[Dd]id|[Hh]ave) (?:both )?(.+?) and ((?:the )?\p{Lu}\S*(?: (?:(?:of|the|de|la|von|van) )*[\p{Lu}\d]\S*)*) (\p{Ll}.*)$/u,
];
const ALONE: Readonly<Record<string, string>> = { are: 'Is', were: 'Was', do: 'Does', have: 'Has' };

/** The two things of "Are A and B …" that the facts know. */
function sidesOf({ question, facts }: Considered): Side[] {
  const text = question.asking.replace(/\s+/g, ' ');
  if (!/\b(?:both|same|and|also|too|common)\b/i.test(text)) return [];
  const [, verb = '', left, right, rest = ''] =
    JOINT.map((pattern) => pattern.exec(text)).find((match) => match !== null) ?? [];
  const sides =
    left && right
      ? [left, right].map((called) => ({ name: normalName(called), called, alone: alone(verb, called, rest) }))
      : question.names.map((name) => ({ name, called: name }));
  return sides
    .map((side) => ({ ...side, facts: facts.filter((fact) => isAbout(fact, side.name)) }))
    .filter((side) => side.facts.length > 0)
    .slice(0, 2);
}

/** "Are", "A", "both ships?" → "Is A ships?": it is told apart all the same. */
function alone(verb: string, name: string, rest: string): string {
  return `${ALONE[verb.toLowerCase()] ?? verb} ${name} ${rest.replace(/^(?:both|all) /i, '')}`;
}

function compareSides(sides: readonly Side[], considered: Considered): Found | null {
  const { question, retrieval } = considered;
  const sideWords = new Set(sides.flatMap((side) => side.name.split(' ')));
  const asked = question.terms.filter(
    (term) => !sideWords.has(normalName(term.text)) && !/^(?:both|same|also)$/i.test(term.text),
  );
  const [left, right] = sides;
  if (!left || !right) return null;
  if (/\bsame\b/i.test(retrieval.question.text)) {
    const common = shared(left, right, asked, sideWords);
    const evidence = [common?.left ?? left.facts[0], common?.right ?? right.facts[0]].flatMap((fact) =>
      fact ? [evidenceOf(fact)] : [],
    );
    return verdict(
      common !== undefined,
      common ? `both speak of ${common.value}` : 'the facts at hand name nothing the two share',
      0.55,
      evidence,
    );
  }
  const best = sides.map((side) => strongest(side.facts, asked, considered));
  const holds = best.map((side) => side.share >= SAID);
  const evidence = best.flatMap((side) => (side.fact ? [evidenceOf(side.fact)] : []));
  const yes = holds.every(Boolean);
  const missing = sides.filter((_, i) => !holds[i]).map((side) => side.called);
  const margin = Math.min(...best.map((side) => Math.abs(side.share - SAID)));
  return verdict(
    yes,
    yes ? 'it is said of both' : `it is not said of ${missing.join(' or ')}`,
    // What is not said of a thing is not denied of it either.
    yes ? 0.5 + 0.3 * margin : 0.32 + 0.2 * margin,
    evidence,
  );
}

/** The fact that says most of the terms, and the share it says. */
function strongest(
  facts: readonly Fact[],
  terms: readonly Word[],
  { keys, weightOf }: Considered,
): { fact: Fact | undefined; share: number } {
  const total = terms.reduce((sum, term) => sum + weightOf(term), 0) || 1;
  let best: { fact: Fact | undefined; share: number } = { fact: facts[0], share: 0 };
  for (const fact of facts) {
    const said = terms.filter((term) => saidIn(fact, keys.get(term) ?? new Map()).own > 0);
    const share = said.reduce((sum, term) => sum + weightOf(term), 0) / total;
    if (share > best.share) best = { fact, share };
  }
  return best;
}

const NATIONALITY = /(?:ish|ese|ian|ean|can|ch|tch|ani|aqi|eli|man|rwegian|anish|edish)$/;

/** A value both sides' sentences give: a nationality where that is asked, a name where a place or band is. */
function shared(
  left: Side,
  right: Side,
  asked: readonly Word[],
  sideWords: ReadonlySet<string>,
): { value: string; left: Fact; right: Fact } | undefined {
  const nationality = asked.some((term) => /^(?:nationalit|countr|citizenship)/i.test(term.text));
  const valuesOf = (fact: Fact): string[] =>
    nationality
      ? fact.words.filter((word) => word.capital && NATIONALITY.test(word.text)).map((word) => word.text)
      : fact.spans
          .filter(
            (span) =>
              span.kind !== 'CONCEPT' &&
              span.kind !== 'QUANTITY' &&
              !sideWords.has(normalName(span.text).split(' ')[0] ?? ''),
          )
          .map((span) => span.text);
  for (const a of left.facts.slice(0, 6)) {
    for (const value of valuesOf(a)) {
      const b = right.facts
        .slice(0, 6)
        .find((fact) => valuesOf(fact).some((other) => normalName(other) === normalName(value)));
      if (b && value.length > 2) return { value, left: a, right: b };
    }
  }
  return undefined;
}
