/** English numbers in words as digits, as Whisper's normaliser writes them, so that "twenty-one" and "21" are one word. */

const ONES = words('zero one two three four five six seven eight nine', 0);
const TEENS = words('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').map((word, i) => [word, 20 + 10 * i]),
);
const LARGE = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
/** Ordinals by the cardinal that they are made of, and their ending. */
const ORDINALS = new Map<string, [cardinal: string, ending: string]>([
  ['first', ['one', 'st']],
  ['second', ['two', 'nd']],
  ['third', ['three', 'rd']],
  ['fifth', ['five', 'th']],
  ['eighth', ['eight', 'th']],
  ['ninth', ['nine', 'th']],
  ['twelfth', ['twelve', 'th']],
  ...['four', 'six', 'seven', ...TEENS.keys(), 'hundred', ...LARGE.keys()]
    .filter((word) => word !== 'twelve')
    .map((word): [string, [string, string]] => [`${word}th`, [word, 'th']]),
  ...[...TENS.keys()].map((word): [string, [string, string]] => [word.replace(/y$/, 'ieth'), [word, 'th']]),
]);

function words(list: string, from: number): Map<string, number> {
  return new Map(list.split(' ').map((word, i) => [word, from + i]));
}

/** A number that is being read: `total` of the finished thousands and millions, `open` below the next of them. */
interface Reading {
  total: number;
  open: number;
  /** Value of the last word; what may follow depends on it. */
  last: number;
}

/**
 * Lower-case words with every number in words as digits. Digits said one by one stay apart ("three five" is "3 5",
 * unlike in Whisper's own normaliser, which would set it apart from the "3 5" that a model writes); two numbers of two
 * digits are a year ("nineteen eighty four").
 */
export function digitsForWords(given: readonly string[]): string[] {
  const result: string[] = [];
  let reading: Reading | undefined;
  const flush = (ending = '') => {
    if (reading) result.push(`${reading.total + reading.open}${ending}`);
    reading = undefined;
  };
  for (const [i, word] of given.entries()) {
    const [cardinal, ending] = ORDINALS.get(word) ?? [word, ''];
    const value = ONES.get(cardinal) ?? TEENS.get(cardinal) ?? TENS.get(cardinal);
    const size = cardinal === 'hundred' ? 100 : LARGE.get(cardinal);
    if (value !== undefined) {
      if (!reading || !joins(reading, value)) {
        flush();
        reading = { total: 0, open: 0, last: 0 };
      }
      const isYear = isTwoDigits(reading.last) && value >= 10;
      reading.open = isYear ? reading.open * 100 + value : reading.open + value;
      reading.last = isYear && value >= 20 && value % 10 === 0 ? value + 0.5 : value;
    } else if (size !== undefined && reading) {
      if (size === 100) reading.open *= 100;
      else {
        reading.total += reading.open * size;
        reading.open = 0;
      }
      reading.last = size;
    } else if (word === 'and' && reading && reading.last >= 100 && isNumber(given[i + 1])) continue;
    else {
      flush();
      result.push(word);
      continue;
    }
    if (ending !== '') flush(ending);
  }
  flush();
  return result;
}

/** Whether a value goes on with the number: after hundreds and thousands, after tens, or as a year's second half. */
function joins({ open, last }: Reading, value: number): boolean {
  if (last >= 100) return true;
  const isTens = Math.floor(last) >= 20 && Math.floor(last) % 10 === 0;
  if (isTens && value < 10 && value > 0) return true;
  return isTwoDigits(last) && open < 100 && value >= 10;
}

/** 10 … 99, of the first half of a year. */
function isTwoDigits(last: number): boolean {
  return last >= 10 && last < 100 && Number.isInteger(last);
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && (ONES.has(word) || TEENS.has(word) || TENS.has(word));
}
