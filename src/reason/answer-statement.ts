import type { Considered } from './consider.ts';
import { evidenceOf, type Fact } from './facts.ts';
import { quoted, type Found } from './found.ts';
import { saidIn } from './term-keys.ts';
import { verdict } from './verdict.ts';
import { stem } from './word-forms.ts';

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
  const { question, facts, chains } = considered;
  const worth = (fact: Fact) => (chains.get(fact)?.whole ?? 0) + 0.5 * (chains.get(fact)?.direct ?? 0);
  const [best] = facts.toSorted((a, b) => worth(b) - worth(a) || b.similarity - a.similarity);
  const chain = best && chains.get(best);
  if (!best || !chain) return null;
  const members = [best, ...chain.support];
  const evidence = members.map(evidenceOf);
  const open = question.terms.filter((term) =>
    members.every((fact) => {
      const { own, topic } = saidIn(fact, considered.keys.get(term) ?? new Map());
      return own === 0 && topic === 0;
    }),
  );
  const opposite = open.find((term) => best.keys.has(OPPOSITES.get(term.stem) ?? ''));
  if (opposite && chain.whole >= MOST / 2)
    return verdict(false, `the text says the opposite of “${opposite.text}”`, 0.3 + 0.4 * chain.whole, evidence);
  const exact = open.find((term) => term.capital || /\d/.test(term.text));
  const denied = NEGATION.test(best.text) !== NEGATION.test(considered.retrieval.question.text);
  if (chain.whole >= SAID_SHARE && !exact)
    return verdict(!denied, denied ? 'the text denies it' : 'the text says so', 0.35 + 0.5 * chain.whole, evidence);
  // "Is it green?" against "it is painted white", "born in Leeds?" against "born in York".
  const last = question.terms.at(-1);
  const [first] = open;
  const instead = open.length === 1 && first && chain.whole >= MOST && (first === exact || first === last);
  if (instead) return verdict(false, `the text does not say ${quoted(first.text)}`, 0.2 + 0.4 * chain.whole, evidence);
  const yes = chain.whole > MOST && !denied && !exact;
  return verdict(yes, 'that is the nearest at hand', 0.4 * chain.whole * chain.whole, evidence);
}
