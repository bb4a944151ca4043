import { quoted, type Found } from './found.ts';
import type { BoxedThing } from './scene/answer-relation.ts';
import { isKindOf, type Sight } from './sight.ts';
import { verdict } from './verdict.ts';

/** Basic colour words, as people write them. */
const WORDS: ReadonlyMap<string, string> = new Map(
  'red green blue yellow orange purple pink brown black white grey'
    .split(' ')
    .map((word): [string, string] => [word, word])
    .concat([
      ['gray', 'grey'],
      ['violet', 'purple'],
    ]),
);
const COLOUR = [...WORDS.keys()].join('|');
const THING = '(?:the|this|that)\\s+(?<thing>\\p{L}+(?:\\s+\\p{L}+)?)';
const HERE = '(?:\\s+(?:in|on)\\s+(?:this|the)\\s+(?:picture|photo|photograph|image))?\\s*[?.]*$';
const ASKS = new RegExp(`^(?:of\\s+)?what\\s+colou?r\\s+(?:is|has)\\s+${THING}${HERE}`, 'iu');
const ASKED = new RegExp(`^is\\s+${THING}\\s+(?<colour>${COLOUR})(?:\\s+or\\s+(?<other>${COLOUR}))?${HERE}`, 'iu');
const STATED = new RegExp(`^${THING}\\s+is\\s+(?<colour>${COLOUR})${HERE}`, 'iu');
/** Of a thing's pixels: with less a colour is none of its own, from here on it is one. */
const NONE = 0.05;
const SOME = 0.25;

/**
 * Answers what colour a thing in a photograph is, or whether it has one, by the pixels in its box. A colour's share of them
 * is about how often it is the right one (`training/vision/measure-colours.ts`). Null for any other question, where the
 * thing has no box or several, and where the pixels leave it open.
 */
export async function answerColour(text: string, things: readonly BoxedThing[], sight: Sight): Promise<Found | null> {
  const words = text.trim();
  const asked = (ASKS.exec(words) ?? ASKED.exec(words) ?? STATED.exec(words))?.groups;
  const { thing = '', colour, other } = asked ?? {};
  if (!asked || !sight.colours) return null;
  const named = things.filter(({ name }) => isKindOf(name, thing, sight));
  const [one] = named;
  if (!one || named.length > 1) return null;
  const colours = await sight.colours(one.box);
  const shareOf = (word: string) => colours.find((each) => each.colour === WORDS.get(word.toLowerCase()))?.share ?? 0;
  const evidence = [one.evidence];
  const [first] = colours;
  if (!first) return null;
  if (colour === undefined || other !== undefined) {
    const best = other === undefined ? first.colour : shareOf(colour ?? '') >= shareOf(other) ? (colour ?? '') : other;
    const share = shareOf(best);
    if (share < NONE) return null;
    const why = `${percent(share)} of ${quoted(one.name)} in ${one.evidence.asset.title} is ${best}`;
    return { shortAnswer: best, text: `${capital(best)}: ${why}.`, confidence: sureness(share), evidence };
  }
  const share = shareOf(colour);
  if (share >= NONE && share < SOME) return null;
  const isIt = share >= SOME;
  const why = isIt ? `${percent(share)} of it is ${colour}` : `it is mostly ${first.colour}`;
  return verdict(isIt, why, sureness(isIt ? share : first.share), evidence);
}

/** Right of 596 fruits and vegetables: 43 % where the share is below a half, 69, 88 and 100 % above 0.5, 0.7 and 0.9. */
function sureness(share: number): number {
  return Math.min(0.9, 0.1 + 0.85 * share);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
