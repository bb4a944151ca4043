import type { Box } from '../../domain.ts';
import { area, bottom, gap, overlapX, sharedArea } from '../../boxes.ts';
import { quoted, type Found } from '../found.ts';
import { byBoxes, type BoxedScene, type BoxedThing } from './answer-relation.ts';

/** Where a picture is flat its depth can only be guessed: right more often than not. */
const LEANING = 0.55;
/** Of the picture's longer side: what is near, and from where on it is away. */
const NEAR = 0.1;
const AWAY = 0.12;
/** Share of a thing that is within another's box, and of its width that is over it. */
const WITHIN = 0.75;
const OVER = 0.5;

/** Undefined where it may be meant otherwise: "in a tie", "on the phone". */
type Leans = (a: Box, b: Box, longest: number) => boolean | undefined;

const middleX = ({ x, width }: Box): number => x + width / 2;
const middleY = ({ y, height }: Box): number => y + height / 2;
const sharedShare = (a: Box, b: Box): number => sharedArea(a, b) / Math.max(1, area(a));

const on: Leans = (a, b) =>
  area(b) < area(a) / 4 && sharedShare(b, a) >= WITHIN
    ? undefined
    : middleY(a) < middleY(b) &&
      bottom(a) >= b.y - 0.1 * a.height &&
      overlapX(a, b) >= OVER * Math.min(a.width, b.width);
const above: Leans = (a, b) => middleY(a) < middleY(b) && overlapX(a, b) > 0;
const inside: Leans = (a, b) => (area(b) < area(a) ? undefined : sharedShare(a, b) >= WITHIN);
const nearer: Leans = (a, b) => bottom(a) > bottom(b);
const leftOf: Leans = (a, b) => middleX(a) < middleX(b);
const touching: Leans = (a, b) => gap(a, b) === 0;
const beside: Leans = (a, b, longest) => gap(a, b) <= NEAR * longest;
const away: Leans = (a, b, longest) => gap(a, b) >= AWAY * longest;
const turned =
  (leans: Leans): Leans =>
  (a, b, longest) =>
    leans(b, a, longest);

/** Relations as they are said (Liu et al. 2023, Visual Spatial Reasoning, arXiv 2205.00363), by what two boxes lean to. */
const RELATIONS: readonly (readonly [string, Leans])[] = [
  ['on|on top of|atop', on],
  ['above|over', above],
  ['under|underneath|beneath|below', turned(above)],
  ['in|inside|inside of|within', inside],
  ['contains?|containing|surrounding|around|enclosing', turned(inside)],
  ['in front of|ahead of', nearer],
  ['behind|at the back of|in the back of', turned(nearer)],
  ['(?:at|to|on) the left(?: side)? of|left of', leftOf],
  ['(?:at|to|on) the right(?: side)? of|right of', turned(leftOf)],
  ['touching|attached to|connected to|against', touching],
  ['next to|beside|adjacent to|near|close to|by|alongside|at the side of|with', beside],
  ['far away from|far from|away from', away],
];
const NOUN = "(?:the|an?|this|that) ([\\p{L}'-]+(?: [\\p{L}'-]+){0,3}?)";
const STATEMENT = RELATIONS.map(([said, leans]) => ({
  leans,
  patterns: [
    new RegExp(`^${NOUN} (?:(?:is|are) |(?=contain))(not )?(?:${said}) ${NOUN} ?[.?]?$`, 'iu'),
    new RegExp(`^(?:is|are|does) ${NOUN} (not )?(?:${said}) ${NOUN} ?[.?]?$`, 'iu'),
  ],
}));

/**
 * What the boxes of two things lean to where they can't tell for certain how one stands to the other, front and behind by
 * which of them reaches lower. Of several of a kind the surest is meant. Null where the words say more, or one was not seen.
 */
export function leaning(
  text: string,
  options: readonly string[],
  { things, isNamed, picture: { width, height } }: BoxedScene,
): Found | null {
  if (things.length < 2) return null;
  const words = text.trim().replace(/\s+/g, ' ');
  for (const { leans, patterns } of STATEMENT) {
    const said = patterns.map((pattern) => pattern.exec(words)).find((match) => match !== null);
    if (!said) continue;
    const [a, b] = [said[1], said[3]].map((noun) =>
      things.filter((thing) => isNamed(thing, noun ?? '')).reduce(surer, undefined),
    );
    if (!a || !b || a === b) continue;
    const so = leans(a.box, b.box, Math.max(width, height));
    if (so === undefined) return null;
    const why = `as the boxes of ${quoted(a.name)} and ${quoted(b.name)} lie in ${a.evidence.asset.title}`;
    return byBoxes(
      so !== (said[2] !== undefined),
      why,
      LEANING * Math.sqrt(Math.min(a.score, b.score)),
      [a, b],
      options,
    );
  }
  return null;
}

function surer(best: BoxedThing | undefined, thing: BoxedThing): BoxedThing {
  return best && best.score >= thing.score ? best : thing;
}
