import type { PronouncingDictionary } from './dictionary.ts';
import { homographSounds } from './homographs.ts';
import type { SaidWord } from './read-aloud.ts';
import { isVowel, voiceSounds } from './voice-sounds.ts';
import { BEFORE_VOWEL, WEAK_FORMS } from './weak-forms.ts';
import { letterOf, wordSounds } from './word-sounds.ts';

/** The signs of a sentence, one a character, and the place of each word in them. */
export interface SentencePhonemes {
  readonly signs: string;
  /** Half-open ranges of `signs`, parallel to the words given. */
  readonly places: readonly { readonly start: number; readonly end: number }[];
}

/** A sentence's words as the voice's signs, with pauses, each word's place kept. */
export function sentencePhonemes(words: readonly SaidWord[], dictionary: PronouncingDictionary): SentencePhonemes {
  const said = words.flatMap(({ says, after }, at) =>
    says.map((word, i) => ({ word, at, after: i === says.length - 1 ? after : undefined })),
  );
  const places = words.map(() => ({ start: -1, end: -1 }));
  let signs = '';
  for (const [i, { word, at, after }] of said.entries()) {
    const isSpelt = letterOf(word) !== undefined;
    const goesOn = isSpelt && letterOf(said[i - 1]?.word) !== undefined && said[i - 1]?.at === at;
    if (i > 0 && !goesOn) signs += ' ';
    const place = places[at] as { start: number; end: number };
    if (place.start < 0) place.start = signs.length;
    const next = after === undefined ? said[i + 1] : undefined;
    const sounds = saidWord(word, said[i - 1]?.word, next?.word, dictionary);
    // Of letters in a row the last bears the stress.
    const isWeaker = isSpelt && next?.at === at && letterOf(next.word) !== undefined;
    signs += isWeaker ? sounds.replace('ˈ', 'ˌ') : sounds;
    place.end = signs.length;
    // A sentence that does not end falls all the same.
    signs += after ?? (i === said.length - 1 ? '.' : '');
  }
  return { signs, places };
}

/** Unstressed too amid a sentence: we'll, they're. */
const CONTRACTION = /^(?:i|you|he|she|it|we|they|that|there|who|what)'(?:m|re|s|ve|ll|d)$/;

/** `next`: undefined at the end of a clause. */
function saidWord(
  word: string,
  before: string | undefined,
  next: string | undefined,
  dictionary: PronouncingDictionary,
): string {
  const weak = WEAK_FORMS[word];
  if (weak && next !== undefined) {
    const [first] = wordSounds(next, dictionary);
    return (isVowel(first) ? BEFORE_VOWEL[word] : undefined) ?? weak;
  }
  if (word === 'the' || word === 'a' || word === 'an') return weak ?? '';
  const sounds = homographSounds(word, { before, next }, dictionary) ?? wordSounds(word, dictionary);
  const signs = voiceSounds(sounds, word);
  return next !== undefined && CONTRACTION.test(word) ? signs.replace(/[ˈˌ]/g, '') : signs;
}
