import type { Fact } from './facts.ts';
import type { Word } from './words.ts';

/** Words that tell how something is rather than which it is: another may be said of the same. */
const DESCRIBES =
  /(?:ive|al|ing|ed|ish|ous|ic|ful|est|ly)$|^(?:old|new|big|large|small|great|long|short|high|low|first|last|main|young|own|same|only|good|best|red|white|black|green|blue|grey|brown|yellow)$/i;

/** "Fog bell" where the question has "lantern bell": its word is not said, and another stands in its place. */
export function otherKind(term: Word, fact: Fact, words: readonly Word[]): string | undefined {
  const noun = words[words.indexOf(term) + 1];
  if (!noun || noun.stop || noun.capital || term.capital || DESCRIBES.test(term.text)) return undefined;
  const at = fact.words.findIndex((word) => word.stem === noun.stem);
  const [before, own] = [fact.words[at - 1], fact.words[at]];
  if (!before || !own || before.stop || before.capital || DESCRIBES.test(before.text)) return undefined;
  return before.stem === term.stem || /\d/.test(before.text) ? undefined : `${before.text} ${own.text}`;
}
