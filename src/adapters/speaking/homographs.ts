import type { PronouncingDictionary } from './dictionary.ts';

/** Stressed on the first vowel as a noun, on a later one as a verb. */
const BY_STRESS = new Set(
  'address conduct conflict content contest contract convict decrease desert export extract import increase insult object permit present produce progress project protest rebel record refund refuse reject subject suspect transfer transport upset'.split(
    ' ',
  ),
);
/** Ends in S as a noun (or adjective), in Z as a verb. */
const BY_ENDING = new Set(['use', 'close', 'abuse', 'excuse', 'house']);
/** What stands before a verb. */
const BEFORE_VERB =
  /^(?:to|will|would|can|could|shall|should|may|might|must|not|i|you|we|they|who|don't|didn't|won't|can't|let's|please|and)$/;
/** What follows a verb, where no such word stands before. */
const AFTER_VERB = /^(?:the|a|an|it|them|him|us|me|my|your|his|their|our|this|these|those)$/;
const BEFORE_NOUN = /^(?:a|an|the|of|in|no|my|your|his|her|its|our|their|this|that|each|every|is|are|was|were|very)$/;
/** Words of one spelling with two sounds: what is said after the words that the pattern fits, else the other. */
const BY_WORD_BEFORE: Readonly<Record<string, readonly [before: RegExp, then: string, otherwise: string]>> = {
  read: [/^(?:have|has|had|was|were|is|are|be|been|being|he|she|it|i've|we've|they've|you've)$/, 'R EH1 D', 'R IY1 D'],
  live: [/^(?:a|the|this|our|broadcast|recorded)$/, 'L AY1 V', 'L IH1 V'],
  lives: [/^(?:their|our|your|of|nine|many|the|saved|save|human|two|three|several)$/, 'L AY1 V Z', 'L IH1 V Z'],
  wind: [/^(?:to|will|must|can)$/, 'W AY1 N D', 'W IH1 N D'],
  tear: [/^(?:a|the|single|one|each)$/, 'T IH1 R', 'T EH1 R'],
  tears: [/^(?:he|she|it|that|which)$/, 'T EH1 R Z', 'T IH1 R Z'],
  lead: [/^(?:of|molten|heavy|red|white)$/, 'L EH1 D', 'L IY1 D'],
  bow: [/^(?:a|his|her|violin|cross|long|and|with)$/, 'B OW1', 'B AW1'],
};

/** Sounds of a word that is spelt as another is, by the words around it; undefined for any other word. */
export function homographSounds(
  word: string,
  { before, next }: { readonly before: string | undefined; readonly next: string | undefined },
  dictionary: PronouncingDictionary,
): string[] | undefined {
  const own = BY_WORD_BEFORE[word];
  if (own) return (before !== undefined && own[0].test(before) ? own[1] : own[2]).split(' ');
  const isVerb = BEFORE_VERB.test(before ?? '') || (AFTER_VERB.test(next ?? '') && !BEFORE_NOUN.test(before ?? ''));
  if (BY_STRESS.has(word)) {
    const isLate = (sounds: string[]) => (sounds.filter((one) => /\d$/.test(one))[0] ?? '').at(-1) !== '1';
    return dictionary.pronunciations(word).find((sounds) => isLate(sounds) === isVerb);
  }
  if (BY_ENDING.has(word))
    return dictionary.pronunciations(word).find((sounds) => sounds.at(-1) === (isVerb ? 'Z' : 'S'));
  return undefined;
}
