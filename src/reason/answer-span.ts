import type { Candidate } from './candidates.ts';
import { findCandidates } from './candidates.ts';
import { confidenceOf } from './confidence.ts';
import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { restate, type Found } from './found.ts';
import { otherKind } from './other-kind.ts';
import { isNested } from './question-type.ts';
import { readsInPart } from './read.ts';
import { rankCandidates, type ScoredCandidate } from './score.ts';
import { stem } from '../word-forms.ts';
import { saidIn } from './term-keys.ts';
import { sameName, type Word } from './words.ts';

/** What is left of the confidence in what is said of another thing of the kind. Set by hand: it is rare in questions that have an answer. */
const ANOTHER = 0.3;

/** Answers with the best phrase of the evidence. Null when there is no phrase at all. */
export function answerSpan(considered: Considered): Found | null {
  const candidates = findCandidates(considered.facts, considered);
  const ranked = rankCandidates(candidates);
  const [best] = ranked;
  if (!best) return null;
  const shortAnswer = trimAnswer(best.candidate, considered);
  const support = considered.chains.get(best.candidate.fact)?.support ?? [];
  const evidence = [best.candidate.fact, ...support].map(evidenceOf);
  const share = ({ features }: Candidate, name: string) => features[name] ?? 0;
  // Of a question in a question no other sentence says as much: its chain does.
  const saysAsMuch = (one: Candidate) =>
    !isNested(considered.question) &&
    share(best.candidate, 'topic') > 0 &&
    ['topic', 'near'].every((name) => share(one, name) >= share(best.candidate, name));
  const isOther = ({ fact }: Candidate) => fact !== best.candidate.fact && !support.includes(fact);
  const says = (one: Candidate) => sameName(one.normal, best.candidate.normal);
  const other = ranked.find(({ candidate }) => isOther(candidate) && !says(candidate))?.candidate;
  const besides = candidates.find((one) => isOther(one) && says(one) && saysAsMuch(one));
  const inPart = readsInPart(considered.question, considered.facts);
  const readBy = considered.read === undefined ? 'UNREAD' : inPart ? 'NESTED' : 'READ';
  return {
    shortAnswer,
    text: restate(shortAnswer, evidence),
    confidence:
      confidenceOf(signalsOf(ranked, considered), readBy) * (isOfAnother(best.candidate, considered) ? ANOTHER : 1),
    evidence,
    ...(besides ? { besides: evidenceOf(besides.fact) } : {}),
    ...(other ? { otherwise: { shortAnswer: trimAnswer(other, considered), evidence: evidenceOf(other.fact) } } : {}),
  };
}

/** "Who cast the lantern bell?" answered by who cast the fog bell: what is asked of the one is said of another of the kind, and not of it. */
function isOfAnother({ fact }: Candidate, considered: Considered): boolean {
  const { question, chains, keys } = considered;
  const facts = [fact, ...(chains.get(fact)?.support ?? [])];
  const said = (one: Fact, term: Word) => saidIn(one, keys.get(term) ?? new Map());
  const says = (one: Fact, term: Word) => said(one, term).own > 0;
  const speaksOf = (one: Fact, term: Word) => says(one, term) || said(one, term).topic > 0;
  return question.terms.some((term) => {
    const noun = question.words[question.words.indexOf(term) + 1];
    // "Which ship carried wool": no kind of carrying; and what is asked for may be called otherwise.
    if (!noun || noun === question.verb || term.stem === question.head) return false;
    // Where nobody speaks of a lantern bell by that name, the other may be the one that is meant.
    if (!considered.facts.some(({ words }) => isSaidTogether(words, term, noun))) return false;
    const others = facts.filter((one) => !speaksOf(one, term) && otherKind(term, one, question.words) !== undefined);
    const own = facts.filter((one) => says(one, term));
    return question.terms.some(
      (asked) =>
        asked !== term &&
        asked !== noun &&
        others.some((one) => says(one, asked)) &&
        !own.some((one) => says(one, asked)),
    );
  });
}

function isSaidTogether(words: readonly Word[], first: Word, second: Word): boolean {
  return words.some((word, i) => word.stem === first.stem && words[i + 1]?.stem === second.stem);
}

/** What the confidence is made of; each in 0…1. */
export type Signals = Readonly<
  Record<
    | 'probability'
    | 'chain'
    | 'near'
    | 'type'
    | 'names'
    | 'verbMissing'
    | 'lifeMissing'
    | 'readSure'
    | 'readShare'
    | 'readNear',
    number
  >
>;

const NOTHING: Signals = {
  probability: 0,
  chain: 0,
  near: 0,
  type: 0,
  names: 0,
  verbMissing: 1,
  lifeMissing: 0,
  readSure: 0,
  readShare: 0,
  readNear: 0,
};

/** Signals of the best candidate among the ranked. */
export function signalsOf(ranked: readonly ScoredCandidate[], considered: Considered): Signals {
  const [best] = ranked;
  if (!best) return NOTHING;
  const { candidate } = best;
  // The share of the soft-max that goes to this answer, longer and shorter forms of it included.
  let [own, all] = [0, 0];
  for (const other of ranked.slice(0, 50)) {
    const mass = Math.exp(other.score - best.score);
    all += mass;
    if (sameName(other.candidate.normal, candidate.normal)) own += mass;
  }
  const chain = considered.chains.get(candidate.fact);
  return {
    probability: own / all,
    chain: chain?.whole ?? 0,
    near: candidate.features['near'] ?? 0,
    type: candidate.features['type'] ?? 0,
    names: nameCoverage(candidate, considered),
    verbMissing: verbMissing(candidate, considered) ? 1 : 0,
    lifeMissing: lifeMissing(candidate, considered) ? 1 : 0,
    readSure: readOf(candidate, 'Sure'),
    readShare: readOf(candidate, 'Share'),
    readNear: readOf(candidate, 'Near'),
  };
}

/** What the reader says of it, in whichever kind of question. */
function readOf({ features }: Candidate, name: 'Sure' | 'Share' | 'Near'): number {
  return (features[`read${name}`] ?? 0) + (features[`nestedRead${name}`] ?? 0);
}

/** True when a fact of this kind would say the verb, or another word for it ("born", "built"), and this one does not. */
function verbMissing({ features }: Candidate, { question }: Considered): boolean {
  const { verb } = question;
  return verb !== undefined && verb.keys.length > 1 && !isNested(question) && (features['verbMissing'] ?? 0) > 0;
}

/** Births and deaths are told with the word, or by years in brackets; another date or place of a person is another thing. */
function lifeMissing(candidate: Candidate, considered: Considered): boolean {
  const life = considered.question.verb?.keys.some((key) => LIFE.includes(key)) ?? false;
  const bracketed = /\([^)]*$/.test(candidate.fact.text.slice(0, candidate.span.start));
  return life && !bracketed && verbMissing(candidate, considered);
}

const LIFE = ['birth', 'die'].map(stem);

/** Share of the question's names that the chain says: an answer about another thing is none. */
function nameCoverage(candidate: Candidate, considered: Considered): number {
  const terms = considered.question.terms.filter((term) => term.capital);
  if (terms.length === 0) return 1;
  const facts = [candidate.fact, ...(considered.chains.get(candidate.fact)?.support ?? [])];
  const said = terms.filter((term) =>
    facts.some((fact) => {
      const { own, topic } = saidIn(fact, considered.keys.get(term) ?? new Map());
      return own > 0 || topic > 0;
    }),
  );
  return said.length / terms.length;
}

/** "What year" wants the year of a full date. */
function trimAnswer({ span }: Candidate, { question }: Considered): string {
  if (span.kind !== 'DATE' || question.head !== 'year') return span.text;
  return /\b\d{4}\b/.exec(span.text)?.[0] ?? span.text;
}
