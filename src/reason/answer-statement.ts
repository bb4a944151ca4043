import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { isNested } from './question-type.ts';
import { saidIn } from './term-keys.ts';
import { verdict } from './verdict.ts';
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

/**
 * Yes when a fact, with its chain, says what is asked, down to its names and numbers; no when it denies it, says the
 * opposite, or says another thing in its place. Null when nothing is near.
 */
export function answerStatement(considered: Considered): Found | null {
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
    return verdict(false, `the text says the opposite of “${opposite.text}”`, 0.2 + 0.5 * worth(best), evidence);
  const exact = open.find((term) => term.capital || /\d/.test(term.text));
  const denied = NEGATION.test(best.text) !== NEGATION.test(considered.retrieval.question.text);
  if (share >= SAID_SHARE && !exact)
    return verdict(!denied, denied ? 'the text denies it' : 'the text says so', 0.35 + 0.5 * share, evidence);
  // "Is it green?" against "it is painted white", "born in Leeds?" against "born in York".
  const [first] = open;
  const instead = open.length === 1 && first && share >= MOST && (first === exact || first === question.terms.at(-1));
  if (instead) return verdict(false, `the text does not say ${quoted(first.text)}`, 0.2 + 0.4 * share, evidence);
  return verdict(share > MOST && !denied && !exact, 'that is the nearest at hand', 0.4 * share * share, evidence);
}
