import { logOdds } from './calibrate.ts';
import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { otherKind } from './other-kind.ts';
import { isNested } from './question-type.ts';
import type { JudgedPassage } from './read-verdict.ts';
import { saidIn } from './term-keys.ts';
import { verdict } from './verdict.ts';
import { YES_NO } from './weights.ts';
import { stem } from '../word-forms.ts';
import type { Word } from './words.ts';

const NEGATION = /\b(?:not|never|no longer|n['’]t|cannot|without|neither|nor|nobody|none)\b/i;
/** A fact says the question when it says this share of its terms' weight. */
const SAID_SHARE = 0.7;
/** Most of it: enough to say that one thing in it is another. */
const MOST = 0.5;
/** Words of which one denies the other. */
const OPPOSITES: ReadonlyMap<string, string> = new Map(
  'open close,alive dead,begin end,win lose,arrive leave,buy sell,rise fall,old new,big small,high low,hot cold,north south,east west,left right,black white,free dear,married single,first last,male female,true false,narrow wide,long short,early late'
    .split(',')
    .flatMap((pair): [string, string][] => {
      const [a = '', b = ''] = pair.split(' ').map(stem);
      return [
        [a, b],
        [b, a],
      ];
    }),
);

/** What the words of the facts come to. */
export interface Ruled {
  readonly kind: keyof typeof YES_NO.ruled;
  readonly why: string;
  readonly confidence: number;
  /** Share of what is asked that the best fact says. */
  readonly share: number;
  readonly evidence: Found['evidence'];
}

/**
 * Whether the facts say what is asked: by their words and, where a reader judged the passages, by what it makes of the
 * one that says most; the two in log-odds (weights.ts). Null when nothing is near.
 */
export function answerStatement(considered: Considered, judged: readonly JudgedPassage[]): Found | null {
  const ruled = byWords(considered);
  const [read] = judged;
  if (!ruled) return null;
  const said = SAYS_YES.has(ruled.kind);
  if (!read) return verdict(said, ruled.why, ruled.confidence, ruled.evidence);
  const z = YES_NO.read * logOdds(read.yes) + YES_NO.ruled[ruled.kind];
  const yes = z > 0;
  // What is hardly spoken of is not denied either.
  const spokenOf = ruled.kind === 'hardlySays' && !yes ? ruled.share : 1;
  const confidence = (spokenOf * read.said) / (1 + Math.exp(-Math.abs(z)));
  // What the reader is sure of is cited from where it read it.
  const own = new Set(read.facts.map(({ ranked }) => ranked.segment.id));
  if (yes === said && !NEAREST.has(ruled.kind) && ruled.evidence.some((one) => own.has(one.segment.id)))
    return verdict(yes, ruled.why, confidence, ruled.evidence);
  const [nearest] = read.facts.toSorted((a, b) => isSentence(b) - isSentence(a) || b.similarity - a.similarity);
  const evidence = nearest ? [evidenceOf(nearest)] : [];
  return verdict(yes, yes ? 'the text says so in other words' : 'the text says otherwise', confidence, evidence);
}

/** Kinds that say yes. */
const SAYS_YES: ReadonlySet<Ruled['kind']> = new Set(['says', 'mostlySays'] as const);

/** Kinds that only come near. */
const NEAREST: ReadonlySet<Ruled['kind']> = new Set(['mostlySays', 'hardlySays'] as const);

/**
 * Yes when a fact, with its chain, says what is asked, down to its names and numbers; no when it denies it, says the
 * opposite, or says another thing in its place.
 */
export function byWords(considered: Considered): Ruled | null {
  const { question, facts, chains, keys, weightOf } = considered;
  const total = question.terms.reduce((sum, term) => sum + weightOf(term), 0) || 1;
  const nested = isNested(question);
  const says = (fact: Fact, term: Word) => {
    const { own, topic } = saidIn(fact, keys.get(term) ?? new Map());
    return own > 0 || topic > 0;
  };
  const denies = (fact: Fact, term: Word) => !says(fact, term) && fact.keys.has(OPPOSITES.get(term.stem) ?? '');
  // A statement without another inside has to be said in one place.
  const shareOf = (fact: Fact) => (nested ? (chains.get(fact)?.whole ?? 0) : (chains.get(fact)?.direct ?? 0));
  const worth = (fact: Fact) =>
    shareOf(fact) +
    question.terms.filter((term) => denies(fact, term)).reduce((sum, term) => sum + weightOf(term), 0) / total;
  const [best] = facts.toSorted((a, b) => worth(b) - worth(a) || b.similarity - a.similarity);
  if (!best) return null;
  const share = shareOf(best);
  const members = nested ? [best, ...(chains.get(best)?.support ?? [])] : [best];
  const evidence = members.map(evidenceOf);
  const open = question.terms.filter((term) => members.every((fact) => !says(fact, term)));
  const opposite = open.find((term) => denies(best, term));
  if (opposite && worth(best) >= MOST)
    return {
      kind: 'opposite',
      why: `the text says the opposite of “${opposite.text}”`,
      confidence: 0.2 + 0.5 * worth(best),
      share,
      evidence,
    };
  const other = open.flatMap((term) => otherKind(term, best, question.words) ?? []).at(0);
  if (other !== undefined && share >= SAID_SHARE)
    return {
      kind: 'another',
      why: `the text speaks of ${quoted(other)}`,
      confidence: 0.2 + 0.5 * share,
      share,
      evidence,
    };
  const exact = open.find((term) => term.capital || /\d/.test(term.text));
  const denied = NEGATION.test(best.text) !== NEGATION.test(question.asking);
  if (share >= SAID_SHARE && !exact)
    return {
      kind: denied ? 'denies' : 'says',
      why: denied ? 'the text denies it' : 'the text says so',
      confidence: 0.35 + 0.5 * share,
      share,
      evidence,
    };
  // "Is it green?" against "it is painted white", "born in Leeds?" against "born in York".
  const [first] = open;
  const instead = open.length === 1 && first && share >= MOST && (first === exact || first === question.terms.at(-1));
  if (instead)
    return {
      kind: 'instead',
      why: `the text does not say ${quoted(first.text)}`,
      confidence: 0.2 + 0.4 * share,
      share,
      evidence,
    };
  const mostly = share > MOST && !denied && !exact;
  return {
    kind: mostly ? 'mostlySays' : 'hardlySays',
    why: 'that is the nearest at hand',
    confidence: 0.4 * share * share,
    share,
    evidence,
  };
}

/** 1 for what is more than a heading. */
const isSentence = ({ words }: Fact): number => (words.length > 3 ? 1 : 0);
