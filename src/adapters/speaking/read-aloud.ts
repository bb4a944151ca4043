import { ABBREVIATIONS, MONTHS, SIGNS, TITLES, UNITS } from './abbreviations.ts';
import {
  cardinalWords,
  CURRENCY_SIGNS,
  decadeWords,
  digitWords,
  fractionWords,
  moneyWords,
  ordinalWords,
  romanNumber,
  timeWords,
  yearWords,
} from './number-words.ts';

/** A word as it is written, and what is said for it. */
export interface SaidWord {
  readonly text: string;
  /** Words in lower case; a letter that is said by its name is in upper case. */
  readonly says: readonly string[];
  /** The pause or ending after it, as the voice knows it. */
  readonly after?: ',' | ';' | ':' | '.' | '?' | '!';
}

interface Place {
  /** The words before, as written. */
  readonly before: string;
  readonly rest: string;
  /** The whole text is in capitals, so that capitals say nothing. */
  readonly shouted: boolean;
}
type Rule = readonly [pattern: RegExp, say: (match: RegExpExecArray, place: Place) => readonly string[] | undefined];

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+`;
/** A dash is a minus where no word ends before it. */
const MINUS = String.raw`(?:(?<![\p{L}\d])[-−])?`;
const SCALE = '(?:thousand|million|billion|trillion)';
const unitNames = Object.keys(UNITS).toSorted((a, b) => b.length - a.length);
const isYear = (digits: string) => /^(1[1-9]|20)\d\d$/.test(digits);
const dayWords = (month: string, day: string) => [MONTHS[Number(month) - 1] ?? '', ...ordinalWords(day)];

/** Tried in order where a word begins. A rule that says nothing for a match leaves it to the next. */
const RULES: readonly Rule[] = [
  [/(?:https?:\/\/|www\.)[^\s<>"”]*[\w/]/iy, ([url]) => addressWords(url.replace(/^https?:\/\//i, ''))],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/y, ([address]) => addressWords(address)],
  [/[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:com|org|net|edu|gov|io|ai|dev|uk|de)\b/iy, ([name]) => addressWords(name)],
  [
    new RegExp(String.raw`([${CURRENCY_SIGNS}])\s?(${NUMBER})(?:\s?(${SCALE}))?(?![\d])`, 'iy'),
    ([, sign = '', amount = '', scale]) => moneyWords(sign, amount, scale?.toLowerCase()),
  ],
  [/(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)/y, ([, y = '', m = '', d = '']) => [...dayWords(m, String(Number(d))), ...yearWords(y)]],
  [/(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])\/(\d{4})(?!\d)/y, ([, m = '', d = '', y = '']) => [...dayWords(m, String(Number(d))), ...yearWords(y)]],
  [/([01]?\d|2[0-3]):([0-5]\d)(\s?[ap]\.?m\b\.?)?(?!\d)/iy, ([, h = '', m = '', half]) => [...timeWords(h, m, half !== undefined), ...halfWords(half)]],
  [/(\d{1,2})(\s?[ap]\.?m\b\.?)/iy, ([, hour = '', half]) => [...cardinalWords(hour), ...halfWords(half)]],
  [/(\d+):(\d+)(?!\d)/y, ([, a = '', b = '']) => [...cardinalWords(a), ...(b.length === 2 ? [] : ['to']), ...cardinalWords(b)]],
  [/\+?\d[\d]*(?:[- ]\d{3,})*-\d{3}-\d{4}(?!\d)/y, ([phone]) => digitWords(phone.replace(/\D/g, ''))],
  [/(\d+)(?:st|nd|rd|th)\b/iy, ([, digits = '']) => (Number(digits) > 0 ? ordinalWords(digits) : undefined)],
  [/['’]?((?:1[1-9]|20)?\d0)['’]?s\b/y, ([, digits = '']) => decadeWords(digits)],
  [/(\d+)\/(\d+)(?![\d/])/y, ([, above = '', below = '']) => fractionWords(above, below)],
  [/[½¼¾⅓⅔]/y, ([sign]) => ({ '½': ['one', 'half'], '¼': ['one', 'quarter'], '¾': ['three', 'quarters'], '⅓': ['one', 'third'], '⅔': ['two', 'thirds'] })[sign]],
  [/\d+(?:\.\d+){2,}/y, ([version]) => version.split('.').flatMap((part, i) => [...(i > 0 ? ['point'] : []), ...cardinalWords(part)])],
  // Two ends of a range, each as a year where both are.
  [/(\d+)\s?[–-]\s?(\d+)(?![\d-])/y, ([, from = '', to = '']) => [...numberWords(from), 'to', ...(isYear(from) && to.length === 2 ? cardinalWords(to) : numberWords(to))]],
  [
    new RegExp(String.raw`(${MINUS}(?:${NUMBER}))(?:\s?(${unitNames.join('|')}))(?![\p{L}\d])`, 'uy'),
    ([, amount = '', unit = ''], { before, rest }) => {
      if (/[\p{L}\d]$/u.test(before.slice(-1)) || (/^[A-Za-z]$/.test(unit) && /^\.\p{Lu}/u.test(rest))) return undefined;
      return [...cardinalWords(amount), ...(UNITS[unit]?.[amount === '1' ? 0 : 1] ?? '').split(' ')];
    },
  ],
  [new RegExp(String.raw`(${MINUS}(?:${NUMBER}))(?![\p{L}\d])`, 'uy'), ([, amount = ''], { rest }) => (new RegExp(String.raw`^\s?${SCALE}\b`).test(rest) ? cardinalWords(amount) : numberWords(amount))],
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

/** The words of a text in order, with what is said for each: numbers, dates, money, short forms and letters spelt out. */
export function readAloud(text: string): SaidWord[] {
  const shouted = !/\p{Ll}{2}/u.test(text) && (text.match(/\p{Lu}{2,}/gu)?.length ?? 0) > 2;
  const words: { text: string; says: readonly string[]; after?: NonNullable<SaidWord['after']> }[] = [];
  let at = 0;
  while (at < text.length) {
    const found = firstRule(text, at, shouted);
    if (found) {
      at += found.text.length;
      // The full stop of a short form is the sentence's too.
      const ends = found.text.endsWith('.') && /^["'”’)\]\s]*$/.test(text.slice(at));
      words.push({ ...found, ...(ends ? { after: '.' as const } : {}) });
    } else {
      const pause = pauseAt(text, at);
      const last = words.at(-1);
      if (pause && last) last.after = stronger(last.after, pause);
      at += text.codePointAt(at) === text.charCodeAt(at) ? 1 : 2;
    }
  }
  return words.map((word) => ({ ...word, text: word.text.trim() }));
}

/** Letters that are spoken in one go. */
const MOST_LETTERS = 260;

/** A sentence too long for one go, cut after its pauses; without any, between words, where a pause is put. */
export function splitLong(words: readonly SaidWord[]): SaidWord[][] {
  const parts: SaidWord[][] = [];
  let part: SaidWord[] = [];
  let letters = 0;
  for (const word of words) {
    part.push(word);
    letters += word.says.join(' ').length + 1;
    if (letters < MOST_LETTERS) continue;
    const pause = part.findLastIndex(({ after }, i) => after !== undefined && i > part.length / 3);
    const cut = pause < 0 ? part.length : pause + 1;
    const rest = part.slice(cut);
    parts.push(part.slice(0, cut).map((one, i) => (i === cut - 1 ? { ...one, after: one.after ?? ',' } : one)));
    part = rest;
    letters = rest.reduce((sum, { says }) => sum + says.join(' ').length + 1, 0);
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

function firstRule(text: string, at: number, shouted: boolean): { text: string; says: readonly string[] } | undefined {
  for (const [pattern, say] of RULES) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match?.[0]) continue;
    const place = { before: text.slice(Math.max(0, at - 40), at), rest: text.slice(at + match[0].length), shouted };
    const says = say(match, place)?.filter((word) => word !== '');
    if (says && says.length > 0) return { text: match[0], says };
  }
  return undefined;
}

const STRENGTH = ',:;.!?';
const stronger = <T extends NonNullable<SaidWord['after']>>(a: T | undefined, b: T): T =>
  a !== undefined && STRENGTH.indexOf(a) >= STRENGTH.indexOf(b) ? a : b;

function pauseAt(text: string, at: number): SaidWord['after'] {
  const sign = text.charAt(at);
  if (STRENGTH.includes(sign)) return sign as NonNullable<SaidWord['after']>;
  if (sign === '…') return ',';
  if ('()[]—'.includes(sign)) return ',';
  return /[–-]/.test(sign) && /\s/.test(text.charAt(at - 1)) && /\s/.test(text.charAt(at + 1)) ? ',' : undefined;
}

const numberWords = (digits: string) => (isYear(digits) ? yearWords(digits) : cardinalWords(digits));
const halfWords = (half: string | undefined) => (half ? [...half.replace(/[^apm]/gi, '').toUpperCase()] : []);

function abbreviation(short: string): string[] | undefined {
  return /^(?:\p{Lu}?\p{Ll}+)$/u.test(short) ? ABBREVIATIONS[short.toLowerCase()]?.split(' ') : undefined;
}

function addressWords(address: string): string[] {
  return address
    .split(/([./@_+-])/)
    .flatMap((part) => ({ '.': ['dot'], '/': ['slash'], '@': ['at'], _: ['underscore'], '+': ['plus'], '-': ['dash'] })[part] ?? alphanumericWords(part));
}

/** Capital words that are emphasis and no letters. */
const LOUD = /^(?:A|I|AN|AM|AND|ALL|ANY|ARE|AS|AT|BAD|BE|BIG|BUT|BY|CAN|DO|FOR|GO|HAS|HE|HOW|IF|IN|IS|MY|NEW|NO|NOT|NOW|OF|OFF|OLD|ON|ONE|OR|OUR|OUT|SO|THE|TO|TOO|TWO|UP|WAS|WAY|WE|WHO|WHY|YES|YOU)$/;
/** Before a Roman numeral: it is counted, not named. */
const COUNTED = /(?:War|Chapter|Part|Act|Volume|Book|Type|Phase|Section|Scene|Class|Bowl|Title|Article)\s$/;
/** A name before a Roman numeral: "Henry ". */
const NAMED = /\p{Lu}\p{Ll}+\s$/u;

function wordWords(written: string, { before, shouted }: Place): readonly string[] | undefined {
  const word = written.replaceAll('’', "'").replace(/'$/, '');
  const plain = asciiLetters(word);
  if (!/[A-Za-z\d]/.test(plain)) return GREEK[plain.toLowerCase()]?.split(' ');
  if (TITLES.has(plain.toLowerCase())) return ABBREVIATIONS[plain.toLowerCase()]?.split(' ');
  const roman = romanNumber(plain);
  if (roman !== undefined && COUNTED.test(before)) return cardinalWords(String(roman));
  if (roman !== undefined && plain.length > 1 && NAMED.test(before)) return ['the', ...ordinalWords(String(roman))];
  if (/\d/.test(plain)) return alphanumericWords(plain);
  if (!shouted) {
    const [, letters = '', tail = ''] = /^([A-Z]{2,3})('?s)?$/.exec(plain) ?? [];
    if (letters && !LOUD.test(letters)) return [...letters.slice(0, -1), `${letters.at(-1)}${tail ? "'s" : ''}`];
    if (/[a-z][A-Z]/.test(plain)) return camelWords(plain);
    // Longer capitals are a word where a dictionary or their vowels make them one: whoever pronounces them decides.
    if (/^[A-Z]{4,}$/.test(plain)) return [plain];
  }
  // Any other letter by itself is said by its name.
  if (/^[B-HJ-Zb-hj-z]$/.test(plain)) return [plain.toUpperCase()];
  return [plain.toLowerCase()];
}

/** Letters without their accents: "café" → cafe, "Łódź" → Lodz. */
function asciiLetters(word: string): string {
  const folded = word.replace(/[ßæœøłđðþÆŒØŁĐÐÞ]/g, (letter) => FOLDED[letter.toLowerCase()] ?? letter);
  return folded.normalize('NFD').replace(/\p{M}/gu, '');
}
const FOLDED: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'th', þ: 'th' };
const GREEK: Readonly<Record<string, string>> = { α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', θ: 'theta', λ: 'lambda', μ: 'mu', π: 'pi', σ: 'sigma', φ: 'phi', ω: 'omega' };

/** "COVID", "19" of COVID19; letters of H2O by their names; digits as a number. */
function alphanumericWords(word: string): string[] {
  return (word.match(/\d+s?(?![A-Za-z])|\d+|[A-Za-z']+/g) ?? []).flatMap((part) => {
    if (part.endsWith('s') && /\d/.test(part)) return cardinalWords(part.slice(0, -1)).map((said, i, all) => (i + 1 < all.length ? said : `${said}'s`));
    if (/\d/.test(part)) return cardinalWords(part);
    const letters = /^[A-Z]{1,3}$/.test(part) || part.length === 1 || !/[aeiouy]/i.test(part);
    return letters ? [...part.toUpperCase()].filter((letter) => letter !== "'") : camelWords(part);
  });
}

/** "YouTube" → you tube, "iPhone" → I phone, "McDonald" as it is. */
function camelWords(word: string): string[] {
  if (/^(?:Mc|Mac|O'|De|Di|La|Le|Van|Fitz)[A-Z][a-z]+(?:'s)?$/.test(word)) return [word.toLowerCase()];
  return (word.match(/[A-Z]?[a-z']+|[A-Z]+(?![a-z])/g) ?? [word]).flatMap((part) =>
    /^[A-Z]{2,3}$/.test(part) || part.length === 1 ? [...part.toUpperCase()] : [part.toLowerCase()],
  );
}
