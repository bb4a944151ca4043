import { ABBREVIATIONS, MONTHS, SIGNS, UNITS } from './abbreviations.ts';
import {
  cardinalWords,
  CURRENCY_SIGNS,
  decadeWords,
  digitWords,
  fractionWords,
  moneyWords,
  ordinalWords,
  timeWords,
  yearWords,
} from './number-words.ts';
import { addressWords, wordWords, type Place } from './written-words.ts';

type Rule = readonly [pattern: RegExp, say: (match: RegExpExecArray, place: Place) => readonly string[] | undefined];

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+`;
/** A dash is a minus where no word ends before it. */
const MINUS = String.raw`(?:(?<![\p{L}\d])[-−])?`;
const SCALE = '(?:thousand|million|billion|trillion)';
const unitNames = Object.keys(UNITS).toSorted((a, b) => b.length - a.length);
const isYear = (digits: string) => /^(1[1-9]|20)\d\d$/.test(digits);
const dayWords = (month: string, day: string) => [MONTHS[Number(month) - 1] ?? '', ...ordinalWords(day)];

/** Tried in order where a word begins. A rule that says nothing for a match leaves it to the next. */
export const RULES: readonly Rule[] = [
  [/(?:https?:\/\/|www\.)[^\s<>"”]*[\w/]/iy, ([url]) => addressWords(url.replace(/^https?:\/\//i, ''))],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/y, ([address]) => addressWords(address)],
  [/[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|edu|gov|io|ai|dev|uk|de)\b/iy, ([name]) => addressWords(name)],
  [
    new RegExp(String.raw`([${CURRENCY_SIGNS}])\s?(${NUMBER})(?:\s?(${SCALE}))?(?![\d])`, 'iy'),
    ([, sign = '', amount = '', scale]) => moneyWords(sign, amount, scale?.toLowerCase()),
  ],
  [
    /(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)/y,
    ([, y = '', m = '', d = '']) => [...dayWords(m, String(Number(d))), ...yearWords(y)],
  ],
  [
    /(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/(\d{4})(?!\d)/y,
    ([, m = '', d = '', y = '']) => [...dayWords(m, String(Number(d))), ...yearWords(y)],
  ],
  [
    /([01]?\d|2[0-3]):([0-5]\d)(\s?[ap]\.?m\b\.?)?(?!\d)/iy,
    ([, h = '', m = '', half]) => [...timeWords(h, m, half !== undefined), ...halfWords(half)],
  ],
  [/(\d{1,2})(\s?[ap]\.?m\b\.?)/iy, ([, hour = '', half]) => [...cardinalWords(hour), ...halfWords(half)]],
  [
    /(\d+):(\d+)(?!\d)/y,
    ([, a = '', b = '']) => [...cardinalWords(a), ...(b.length === 2 ? [] : ['to']), ...cardinalWords(b)],
  ],
  [/\+?\d[\d]*(?:[- ]\d{3,})*-\d{3}-\d{4}(?!\d)/y, ([phone]) => digitWords(phone.replace(/\D/g, ''))],
  [/(\d+)(?:st|nd|rd|th)\b/iy, ([, digits = '']) => (Number(digits) > 0 ? ordinalWords(digits) : undefined)],
  [/['’]?((?:1[1-9]|20)?\d0)['’]?s\b/y, ([, digits = '']) => decadeWords(digits)],
  [/(\d+)\/(\d+)(?![\d/])/y, ([, above = '', below = '']) => fractionWords(above, below)],
  [
    /[½¼¾⅓⅔]/y,
    ([sign]) =>
      ({
        '½': ['one', 'half'],
        '¼': ['one', 'quarter'],
        '¾': ['three', 'quarters'],
        '⅓': ['one', 'third'],
        '⅔': ['two', 'thirds'],
      })[sign],
  ],
  [
    /\d+(?:\.\d+){2,}/y,
    ([version]) => version.split('.').flatMap((part, i) => [...(i > 0 ? ['point'] : []), ...cardinalWords(part)]),
  ],
  // Two ends of a range, each as a year where both are.
  [
    /(\d+)\s?[–-]\s?(\d+)(?![\d-])/y,
    ([, from = '', to = '']) => [
      ...numberWords(from),
      'to',
      ...(isYear(from) && to.length === 2 ? cardinalWords(to) : numberWords(to)),
    ],
  ],
  [
    new RegExp(String.raw`(${MINUS}(?:${NUMBER}))(?:\s?(${unitNames.join('|')}))(?![\p{L}\d])`, 'uy'),
    ([, amount = '', unit = ''], { before, rest }) => {
      if (/[\p{L}\d]$/u.test(before.slice(-1)) || (/^[A-Za-z]$/.test(unit) && /^\.\p{Lu}/u.test(rest)))
        return undefined;
      return [...cardinalWords(amount), ...(UNITS[unit]?.[amount === '1' ? 0 : 1] ?? '').split(' ')];
    },
  ],
  [
    new RegExp(String.raw`(${MINUS}(?:${NUMBER}))(?![\p{L}\d])`, 'uy'),
    ([, amount = ''], { rest }) =>
      new RegExp(String.raw`^\s?${SCALE}\b`).test(rest) ? cardinalWords(amount) : numberWords(amount),
  ],
  [/No\.\s?(?=\d)/iy, () => ['number']],
  [/p\.\s?(?=\d)/y, () => ['page']],
  [/St\.(?=\s\p{Lu})/uy, () => ['saint']],
  [/St\./y, () => ['street']],
  [/a\.\s?m\.|p\.\s?m\./iy, ([half]) => halfWords(half)],
  [/(?:e\.\s?g|i\.\s?e)\./iy, ([short]) => ABBREVIATIONS[short.replace(/\.$|\s/g, '').toLowerCase()]?.split(' ')],
  [/(?:\p{Lu}\.){2,}|\p{Lu}(?:\.\p{Lu})+\b/uy, ([letters]) => [...letters.replaceAll('.', '')]],
  [/\p{L}{2,6}\./uy, ([short]) => abbreviation(short.slice(0, -1))],
  [/(\p{Lu})\.(?=\s?\p{Lu})/uy, ([, letter = '']) => [letter]],
  [/[\p{L}\p{M}\d]+(?:['’][\p{L}]+)*['’]?/uy, ([word], place) => wordWords(word, place)],
  [/\p{S}|[&@#%§]/uy, ([sign]) => SIGNS[sign]?.split(' ')],
];

const numberWords = (digits: string) => (isYear(digits) ? yearWords(digits) : cardinalWords(digits));
const halfWords = (half: string | undefined) => (half ? [...half.replace(/[^apm]/gi, '').toUpperCase()] : []);

function abbreviation(short: string): string[] | undefined {
  return /^(?:\p{Lu}?\p{Ll}+)$/u.test(short) ? ABBREVIATIONS[short.toLowerCase()]?.split(' ') : undefined;
}
