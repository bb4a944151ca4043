import { ABBREVIATIONS, TITLES } from './abbreviations.ts';
import { cardinalWords, ordinalWords, romanNumber } from './number-words.ts';

/** Where a word was found. */
export interface Place {
  /** The words before, as written. */
  readonly before: string;
  readonly rest: string;
  /** The whole text is in capitals, so that capitals say nothing. */
  readonly shouted: boolean;
}

/** "a.b@example.com" part by part, its signs by their names. */
export function addressWords(address: string): string[] {
  return address
    .split(/([./@_+-])/)
    .flatMap(
      (part) =>
        ({ '.': ['dot'], '/': ['slash'], '@': ['at'], _: ['underscore'], '+': ['plus'], '-': ['dash'] })[part] ??
        alphanumericWords(part),
    );
}

/** Capital words that are emphasis and no letters. */
const LOUD =
  /^(?:A|I|AN|AM|AND|ALL|ANY|ARE|AS|AT|BAD|BE|BIG|BUT|BY|CAN|DO|FOR|GO|HAS|HE|HOW|IF|IN|IS|MY|NEW|NO|NOT|NOW|OF|OFF|OLD|ON|ONE|OR|OUR|OUT|SO|THE|TO|TOO|TWO|UP|WAS|WAY|WE|WHO|WHY|YES|YOU)$/;
/** Before a Roman numeral: it is counted, not named. */
const COUNTED = /(?:War|Chapter|Part|Act|Volume|Book|Type|Phase|Section|Scene|Class|Bowl|Title|Article)\s$/;
/** A name before a Roman numeral: "Henry ". */
const NAMED = /\p{Lu}\p{Ll}+\s$/u;

/** What is said for one word of letters, or of letters and digits. */
export function wordWords(written: string, { before, shouted }: Place): readonly string[] | undefined {
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
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'th',
  þ: 'th',
};
const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ε: 'epsilon',
  θ: 'theta',
  λ: 'lambda',
  μ: 'mu',
  π: 'pi',
  σ: 'sigma',
  φ: 'phi',
  ω: 'omega',
};

/** "COVID", "19" of COVID19; letters of H2O by their names; digits as a number. */
function alphanumericWords(word: string): string[] {
  return (word.match(/\d+s?(?![A-Za-z])|\d+|[A-Za-z']+/g) ?? []).flatMap((part) => {
    if (part.endsWith('s') && /\d/.test(part))
      return cardinalWords(part.slice(0, -1)).map((said, i, all) => (i + 1 < all.length ? said : `${said}'s`));
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
