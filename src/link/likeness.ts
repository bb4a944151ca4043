import { trigramSimilarity } from './blocking.ts';

export interface Likeness {
  /** SAME: the spelling alone decides. ACRONYM, UNDECIDED: the vectors have to. */
  readonly verdict: 'SAME' | 'ACRONYM' | 'UNDECIDED';
  readonly score: number;
}

const ALIKE = 0.55;
/** Middle names that are left out cost a person's name many trigrams. */
const ALIKE_PERSON = 0.35;
const WORTH_A_LOOK = 0.7;
const LONG_WORD = 7;
/** Singular from which a plural is the same name: "Emmy Awards", but not "Big Eyes". */
const SHORTEST_PLURAL = 4;
const DIRECTIONS = new Set([
  'north',
  'south',
  'east',
  'west',
  'northern',
  'southern',
  'eastern',
  'western',
  'upper',
  'lower',
  'new',
  'old',
  'great',
  'little',
  'first',
  'second',
  'third',
  'senior',
  'junior',
  'sr',
  'jr',
]);

const TELLS_NOTHING = new Set(
  'the of and in for at to de la an amp inc ltd co company corp corporation ag plc'.split(' '),
);
/** Letters that two words of a person's name have at least, where middle names may be missing: "Kim Il" is too little. */
const ENOUGH_LETTERS = 8;

/**
 * Whether two different normalised names may be one. Strict on purpose: a wrong merge spoils every path over it, a
 * missed one costs only a hop. Numbers, directions and given names must agree; single words never merge by spelling.
 */
export function mayBeSame(a: string, b: string, person: boolean): Likeness | undefined {
  const [x, y] = [a.split(' '), b.split(' ')];
  const acronym =
    (x.length === 1 && y.length > 1 && isAcronym(a, y)) || (y.length === 1 && x.length > 1 && isAcronym(b, x));
  if (acronym && !person) return { verdict: 'ACRONYM', score: 0.5 };
  if (x.length === 1 || y.length === 1 || marked(x) !== marked(y)) return undefined;
  const score = trigramSimilarity(a, b);
  if (person) return score >= ALIKE_PERSON && samePerson(x, y) ? { verdict: 'SAME', score } : undefined;
  if (score < ALIKE) return undefined;
  if (x.length === y.length && x.every((word, i) => sameWord(word, y[i] ?? ''))) return { verdict: 'SAME', score };
  return score >= WORTH_A_LOOK && sameWords(x, y) ? { verdict: 'UNDECIDED', score } : undefined;
}

/** The same words but for their order and for words that tell nothing ("University of Oxford", "… Company"). */
function sameWords(x: readonly string[], y: readonly string[]): boolean {
  const [a, b] = [telling(x), telling(y)];
  return a.length === b.length && a.length > 0 && a.every((word, i) => sameWord(word, b[i] ?? ''));
}

function telling(words: readonly string[]): string[] {
  return words.filter((word) => word.length > 1 && !TELLS_NOTHING.has(word)).toSorted();
}

/** Numbers (also Roman) and words that tell like things apart. */
function marked(words: readonly string[]): string {
  return words
    .filter((word) => /\d/.test(word) || /^[ivxlcdm]+$/.test(word) || DIRECTIONS.has(word))
    .toSorted()
    .join(' ');
}

/** First and last name equal; middle names may be left out or be initials. */
function samePerson(x: readonly string[], y: readonly string[]): boolean {
  if (x[0] !== y[0] || x.at(-1) !== y.at(-1)) return false;
  if (Math.min(x.join('').length, y.join('').length) < ENOUGH_LETTERS) return false;
  const [short, long] = x.length <= y.length ? [x.slice(1, -1), y.slice(1, -1)] : [y.slice(1, -1), x.slice(1, -1)];
  return short.every(
    (word, i) => word === long[i] || (long[i] ?? '').startsWith(word) || word.startsWith(long[i] ?? ' '),
  );
}

/** Equal, a plural, or one letter apart inside a long word ("harbour", "harbor"); "German" and "Germany" are two. */
function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long === `${short}s`) return short.length >= SHORTEST_PLURAL;
  return (
    short.length >= LONG_WORD - 1 &&
    long.length >= LONG_WORD &&
    a.slice(0, 3) === b.slice(0, 3) &&
    a.at(-1) === b.at(-1) &&
    oneEdit(a, b)
  );
}

function oneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i += 1;
  return short.slice(short.length === long.length ? i + 1 : i) === long.slice(i + 1);
}

function isAcronym(letters: string, words: readonly string[]): boolean {
  if (letters.length < 2 || letters.length > 6) return false;
  const small = new Set(['of', 'the', 'and', 'for', 'in']);
  const all = words.map((word) => word[0]).join('');
  return (
    letters === all ||
    letters ===
      words
        .filter((word) => !small.has(word))
        .map((word) => word[0])
        .join('')
  );
}
