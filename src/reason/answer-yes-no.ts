import { measure } from './measure.ts';
import { isAbout } from './about.ts';
import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { saidIn } from './term-keys.ts';
import type { Word } from './words.ts';
import { normalName, wordsOf } from './words.ts';

const NEGATION = /\b(?:not|never|no longer|n['’]t|cannot|without|neither|nor)\b/i;
/** A fact entails the question when it says this share of its terms' weight. */
const ENTAILED = 0.7;
/** A side is known when its facts say something of it at all. */
const SAID = 0.5;

/** Answers yes or no: two sides compared, or one statement looked for. Null when nothing speaks of what is asked. */
export function answerYesNo(considered: Considered): Found | null {
  const ordered = compareOrder(considered);
  if (ordered) return ordered;
  const sides = sidesOf(considered);
  if (sides.length === 2) return compareSides(sides, considered);
  return entail(considered);
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

interface Side {
  readonly name: string;
  readonly facts: readonly Fact[];
}

/** The two things of "Are A and B …" that the facts know. */
function sidesOf({ question, facts, retrieval }: Considered): Side[] {
  if (!/\b(?:both|same|and|also|too|common)\b/i.test(retrieval.question.text)) return [];
  const joint =
    /^(?:are|were|is|was|do|did|does|have|has)\s+(?:both\s+)?(.+?)\s+and\s+(.+?)\s+(?:both|all|from|in|of|the same|members|located|situated|born|known|considered|considered|an?\b|[a-z])/i.exec(
      retrieval.question.text,
    );
  const names = joint?.[1] && joint[2] ? [joint[1], joint[2]].map(normalName) : question.names;
  return names
    .map((name) => ({ name, facts: facts.filter((fact) => isAbout(fact, name)) }))
    .filter((side) => side.facts.length > 0)
    .slice(0, 2);
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
  const missing = sides.filter((_, i) => !holds[i]).map((side) => side.name);
  const margin = Math.min(...best.map((side) => Math.abs(side.share - SAID)));
  return verdict(
    yes,
    yes ? 'it is said of both' : `it is not said of ${missing.join(' or ')}`,
    0.5 + 0.3 * margin,
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

/** Yes when a fact, with its chain, says what is asked; no when it denies it, or says another value in its place. */
function entail(considered: Considered): Found | null {
  const { question, facts, chains } = considered;
  const ordered = facts.toSorted(
    (a, b) => (chains.get(b)?.whole ?? 0) - (chains.get(a)?.whole ?? 0) || b.similarity - a.similarity,
  );
  const [best] = ordered;
  const chain = best && chains.get(best);
  if (!best || !chain) return null;
  const evidence = [best, ...chain.support].map(evidenceOf);
  const text = [best, ...chain.support].map((fact) => fact.text).join(' ');
  const denied = NEGATION.test(best.text) !== NEGATION.test(considered.retrieval.question.text);
  if (chain.whole >= ENTAILED)
    return verdict(!denied, denied ? 'the text denies it' : 'the text says so', 0.35 + 0.5 * chain.whole, evidence);
  const open = question.terms.filter((term) => {
    const { own, topic } = saidIn(best, considered.keys.get(term) ?? new Map());
    return own === 0 && topic === 0;
  });
  // "Is it green?" against "it is painted white": the subject and most is said, one word is another's place.
  const replaced =
    open.length === 1 &&
    chain.whole >= SAID &&
    open.every((term) => !wordsOf(text).some((word) => word.stem === term.stem));
  const last = question.terms.at(-1);
  if (replaced && (open[0] === last || /\d/.test(open[0]?.text ?? '')))
    return verdict(false, `the text does not say ${quoted(open[0]?.text ?? '')}`, 0.25 + 0.3 * chain.whole, evidence);
  return verdict(
    chain.whole > SAID && !denied,
    'that is the nearest at hand',
    0.5 * chain.whole * chain.whole,
    evidence,
  );
}

function verdict(yes: boolean, why: string, confidence: number, evidence: Found['evidence']): Found {
  const quotes = evidence.slice(0, 2).map((e) => `${e.asset.title}: ${quoted(e.quote, 160)}`);
  return {
    shortAnswer: yes ? 'yes' : 'no',
    text: `${yes ? 'Yes' : 'No'}, ${why} (${quotes.join('; ')}).`,
    confidence: Math.min(0.95, Math.max(0, confidence)),
    evidence,
  };
}
