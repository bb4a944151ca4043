import { ideasOf, stem } from '../word-forms.ts';

/** A word with its place (UTF-16 code units). */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly stem: string;
  /** The stem and the ideas it stands for. */
  readonly keys: readonly string[];
  /** A function word, that carries no content. */
  readonly stop: boolean;
  readonly capital: boolean;
}

const STOP = new Set(
  (
    'a an the this that these those there here and or but nor so if as than then of to in on at by for from with without about into ' +
    'onto over under after before during between among through within against until upon off out up down near per via is are was were ' +
    'be been being am do does did done has have had having will would shall should can could may might must i you he she it we they me ' +
    'him her us them my your his its our their who whom whose which what when where why how not no any some all both each every either ' +
    'neither such same other another also just only very too more most much many few several own one s t ago already still yet once ' +
    'whether while because since however although though per called'
  ).split(' '),
);

/** Words of a text in order. Hyphenated words and numbers with separators stay whole; a possessive is part of its word. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(
    /\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|%)?|[\p{L}\p{M}\d]+(?:[-'’&.](?=[\p{L}\d])[\p{L}\p{M}\d]+)*/gu,
  )) {
    const [word] = match;
    const bare = word.replace(/['’]s$/u, '');
    const stemmed = stem(bare);
    words.push({
      text: bare,
      start: match.index,
      end: match.index + bare.length,
      stem: stemmed,
      keys: [stemmed, ...ideasOf(stemmed)],
      // "US" and "IT" are names, "us" and "it" are not.
      stop: STOP.has(bare.toLowerCase()) && !/^\p{Lu}{2,}$/u.test(bare),
      capital: /^\p{Lu}/u.test(bare),
    });
  }
  return words;
}

/** A name as it is compared: lower case, no accents, article, possessive or punctuation. */
export function normalName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s\b/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/^(?:the|a|an) /, '');
}

/** True when every word of the shorter name is in the longer one ("Hale", "Thomas Hale"). Both normal. */
export function sameName(a: string, b: string): boolean {
  if (a === b) return a !== '';
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 3) return false;
  const words = new Set(long.split(' '));
  return short.split(' ').every((word) => words.has(word));
}
