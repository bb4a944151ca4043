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
 * thing has no box or several, where its colour may be its background's, and where the pixels leave it open.
 */
export async function answerColour(
  text: string,
  options: readonly string[],
  things: readonly BoxedThing[],
  sight: Sight,
): Promise<Found | null> {
  const words = text.trim();
  const asked = (ASKS.exec(words) ?? ASKED.exec(words) ?? STATED.exec(words))?.groups;
  if (!asked || !sight.colours) return null;
  const named = things.filter(({ name }) => isKindOf(name, asked['thing'] ?? '', sight));
  const [one] = named;
  if (!one || named.length > 1) return null;
  const [first, ...others] = await sight.colours(one.box);
  if (!first) return null;
  const shares = new Map([first, ...others].map(({ colour, share }) => [colour, share]));
  const evidence = [one.evidence];
  const { colour, other } = asked;
  const isOpen = colour === undefined || other !== undefined;
  if (!isOpen && options.length === 0) {
    const share = shares.get(basic(colour)) ?? 0;
    if (share >= NONE && share < SOME) return null;
    const isIt = share >= SOME;
    const why = isIt ? `${percent(share)} of it is ${colour}` : `it is mostly ${first.colour}`;
    return verdict(isIt, why, sureness(isIt ? share : first.share), evidence);
  }
  const given = options.length > 0 ? options : [colour, other].filter((each) => each !== undefined);
  const best = given.length > 0 ? greatest(given, shares) : first.colour;
  if (best === undefined) return null;
  const share = shares.get(basic(best)) ?? 0;
  const why = `${percent(share)} of ${quoted(one.name)} in ${one.evidence.asset.title} is ${basic(best)}`;
  return { shortAnswer: best, text: `${capital(best)}: ${why}.`, confidence: sureness(share), evidence };
}

/** That of which there is most; undefined where one of them names no basic colour, and where there is none of any. */
function greatest(given: readonly string[], shares: ReadonlyMap<string, number>): string | undefined {
  if (given.some((each) => !WORDS.has(each.trim().toLowerCase()))) return undefined;
  const shareOf = (each: string) => shares.get(basic(each)) ?? 0;
  const best = given.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a));
  return shareOf(best) < NONE ? undefined : best;
}

const basic = (word: string): string => WORDS.get(word.trim().toLowerCase()) ?? word;

/** By how many of the 596 fruits and vegetables were right of which a colour had such a share. */
function sureness(share: number): number {
  return Math.min(0.9, 0.1 + 0.85 * share);
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
