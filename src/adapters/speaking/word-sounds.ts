import type { PronouncingDictionary } from './dictionary.ts';
import { lettersToSounds } from './letters-to-sounds.ts';

/** Names of the letters. */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'EY1',
  B: 'B IY1',
  C: 'S IY1',
  D: 'D IY1',
  E: 'IY1',
  F: 'EH1 F',
  G: 'JH IY1',
  H: 'EY1 CH',
  I: 'AY1',
  J: 'JH EY1',
  K: 'K EY1',
  L: 'EH1 L',
  M: 'EH1 M',
  N: 'EH1 N',
  O: 'OW1',
  P: 'P IY1',
  Q: 'K Y UW1',
  R: 'AA1 R',
  S: 'EH1 S',
  T: 'T IY1',
  U: 'Y UW1',
  V: 'V IY1',
  W: 'D AH1 B AH0 L Y UW2',
  X: 'EH1 K S',
  Y: 'W AY1',
  Z: 'Z IY1',
};
/** Common words that the dictionary lacks or gives in an unusual way first. */
const OWN: Readonly<Record<string, string>> = {
  a: 'AH0',
  miz: 'M IH1 Z',
  ok: 'OW2 K EY1',
  thirty: 'TH ER1 T IY0',
  blog: 'B L AO1 G',
  webpage: 'W EH1 B P EY2 JH',
  wifi: 'W AY1 F AY2',
  google: 'G UW1 G AH0 L',
  email: 'IY1 M EY2 L',
  emoji: 'IH0 M OW1 JH IY0',
  covid: 'K OW1 V IH0 D',
  kilometer: 'K AH0 L AA1 M AH0 T ER0',
  kilometers: 'K AH0 L AA1 M AH0 T ER0 Z',
  sensegraph: 'S EH1 N S G R AE2 F',
};

/** Endings and how they join a known word; `restore`: what the spelling may have lost before the ending. */
const ENDINGS: readonly (readonly [ending: RegExp, restore: readonly string[], sounds: string])[] = [
  [/'s$|s'$|s$/, [''], 'Z'],
  [/es$/, [''], 'Z'],
  [/ies$/, ['y'], 'Z'],
  [/ed$/, ['', 'e'], 'D'],
  [/ied$/, ['y'], 'D'],
  [/ing$/, ['', 'e'], 'IH0 NG'],
  [/ingly$/, ['', 'e'], 'IH0 NG L IY0'],
  [/ly$/, ['', 'le'], 'L IY0'],
  [/ily$/, ['y'], 'AH0 L IY0'],
  [/er$/, ['', 'e'], 'ER0'],
  [/ier$/, ['y'], 'IY0 ER0'],
  [/est$/, ['', 'e'], 'AH0 S T'],
  [/iest$/, ['y'], 'IY0 AH0 S T'],
  [/ness$/, [''], 'N AH0 S'],
  [/less$/, [''], 'L AH0 S'],
  [/ful$/, [''], 'F AH0 L'],
  [/ment$/, [''], 'M AH0 N T'],
  [/able$/, ['', 'e'], 'AH0 B AH0 L'],
  [/ish$/, ['', 'e'], 'IH0 SH'],
];
const PREFIXES: Readonly<Record<string, string>> = {
  un: 'AH2 N',
  re: 'R IY2',
  non: 'N AA2 N',
  pre: 'P R IY2',
  over: 'OW2 V ER0',
  under: 'AH2 N D ER0',
  out: 'AW2 T',
  anti: 'AE2 N T IY0',
  multi: 'M AH2 L T IY0',
  micro: 'M AY2 K R OW0',
  mini: 'M IH2 N IY0',
  cyber: 'S AY2 B ER0',
  inter: 'IH2 N T ER0',
  super: 'S UW2 P ER0',
  sub: 'S AH2 B',
  dis: 'D IH0 S',
  mis: 'M IH0 S',
};
const LEAST_PART = 3;

/**
 * ARPAbet of one word: a letter in upper case by its name, else from the dictionary, from the parts of the word that the
 * dictionary has, and at last by the rules of spelling. Never empty for a word with a letter in it.
 */
export function wordSounds(word: string, dictionary: PronouncingDictionary): string[] {
  const letter = letterOf(word);
  if (letter) return [...sounds(LETTERS[letter]), ...(word.length > 1 ? plural(sounds(LETTERS[letter])) : [])];
  const isCapital = /^[A-Z]+$/.test(word);
  const plain = word.toLowerCase();
  const known = look(plain, dictionary) ?? (isCapital ? undefined : fromParts(plain, dictionary));
  if (known) return known;
  // Capitals that no dictionary has are read as a word where they look like one, else spelt.
  if (isCapital && !(word.length > 4 && /^(?:[^AEIOUY]{0,2}[AEIOUY]{1,2})+[^AEIOUY]{0,2}$/.test(word)))
    return [...word].flatMap((one) => sounds(LETTERS[one]));
  return lettersToSounds(plain);
}

/** The letter that a word is the name of: "F", "F's". */
export function letterOf(word: string | undefined): string | undefined {
  return /^[A-Z](?='s$|$)/.exec(word ?? '')?.[0];
}

const sounds = (text: string | undefined) => text?.split(' ') ?? [];
const look = (word: string, dictionary: PronouncingDictionary) =>
  OWN[word] ? sounds(OWN[word]) : dictionary.pronunciations(word)[0];

/** A known word with an ending or a prefix, or two known words in one. */
function fromParts(word: string, dictionary: PronouncingDictionary, depth = 0): string[] | undefined {
  for (const [ending, restore, added] of ENDINGS) {
    if (!ending.test(word)) continue;
    const stem = word.replace(ending, '');
    if (stem.length < LEAST_PART) continue;
    const stems = [...restore.map((lost) => stem + lost), ...(/([^aeiou])\1$/.test(stem) ? [stem.slice(0, -1)] : [])];
    for (const one of stems) {
      const found = look(one, dictionary) ?? (depth < 2 ? fromParts(one, dictionary, depth + 1) : undefined);
      if (found) return [...found, ...(added === 'Z' ? plural(found) : added === 'D' ? past(found) : sounds(added))];
    }
  }
  for (const [prefix, added] of Object.entries(PREFIXES)) {
    const rest = word.startsWith(prefix) ? word.slice(prefix.length) : '';
    const found = rest.length >= LEAST_PART ? look(rest, dictionary) : undefined;
    if (found) return [...sounds(added), ...found];
  }
  for (let at = word.length - LEAST_PART; at >= LEAST_PART; at--) {
    const [first, second] = [look(word.slice(0, at), dictionary), look(word.slice(at), dictionary)];
    // The first of two words bears the stress.
    if (first && second) return [...first, ...second.map((sound) => sound.replace('1', '2'))];
  }
  return undefined;
}

/** What -s adds: IH0 Z after a hiss, S after a voiceless sound, else Z. */
function plural(word: readonly string[]): string[] {
  const last = word.at(-1) ?? '';
  if (/^(?:S|Z|SH|ZH|CH|JH)$/.test(last)) return ['IH0', 'Z'];
  return /^(?:P|T|K|F|TH)$/.test(last) ? ['S'] : ['Z'];
}

/** What -ed adds. */
function past(word: readonly string[]): string[] {
  const last = word.at(-1) ?? '';
  if (/^[TD]$/.test(last)) return ['IH0', 'D'];
  return /^(?:P|K|F|TH|S|SH|CH)$/.test(last) ? ['T'] : ['D'];
}
