import type { Box, Evidence } from '../../domain.ts';
import { quoted, type Found } from '../found.ts';
import { choiceOf } from './answer-drawing.ts';
import { parseStatement } from './parse-statement.ts';
import { bottom, gap } from '../../boxes.ts';
import { type Relation } from './scene.ts';
import type { Condition, Phrase } from './statement.ts';

/** A thing with its box in a photograph. */
export interface BoxedThing {
  readonly name: string;
  readonly box: Box;
  readonly score: number;
  readonly evidence: Evidence;
}

/** The boxed things of a photograph. */
export interface BoxedScene {
  readonly things: readonly BoxedThing[];
  readonly isNamed: (thing: BoxedThing, noun: string) => boolean;
  /** Of the whole picture, in the boxes' pixels. */
  readonly picture: Pick<Box, 'width' | 'height'>;
}

/** Of the picture's side: how far middles lie apart to be told left from right or high from low. */
const CLEAR = 0.1;
/** Of the picture's longer side: from this gap on, two boxes don't touch. */
const LOOSE = 0.05;
const FAR = 0.4;
/** Right when both boxes are. */
const SURE = 0.9;

/**
 * Answers whether one thing stands so to another by their boxes: "The cat is to the left of the dog." Null where the
 * words say more, where one of the two was not seen or was seen more than once, and where boxes can't tell (what
 * overlaps in a picture need not touch).
 */
export function answerRelation(
  text: string,
  options: readonly string[],
  { things, isNamed, picture: { width, height } }: BoxedScene,
): Found | null {
  const called = (noun: string) => things.filter((thing) => isNamed(thing, noun));
  const statement = parseStatement(text, (words, at) => {
    for (const length of [2, 1]) {
      const noun = words.slice(at, at + length).join(' ');
      if (at + length <= words.length && called(noun).length > 0) return length;
    }
    return 0;
  });
  if (statement?.kind !== 'IS') return null;
  const { subject } = statement;
  const [said, ...more] = [...subject.conditions, ...statement.conditions].filter(({ is }) => is !== 'NAMED');
  const [relation, ...others] = said?.is === 'NOT' ? said.conditions : [said];
  if (relation?.is !== 'RELATED' || more.length > 0 || others.length > 0) return null;
  const [a, b] = [theOne(subject, called), theOne(relation.to, called)];
  if (!a || !b || a === b) return null;
  const stands = standsSo(a.box, relation.relation, b.box, width, height);
  if (stands === undefined) return null;
  const why = `by the boxes of ${quoted(a.name)} and ${quoted(b.name)} in ${a.evidence.asset.title}`;
  return byBoxes(stands === (said?.is !== 'NOT'), why, SURE * Math.min(a.score, b.score), [a, b], options);
}

/** The answer with the two boxes that decide; null where the options leave it no word. */
export function byBoxes(
  holds: boolean,
  why: string,
  confidence: number,
  things: readonly BoxedThing[],
  options: readonly string[],
): Found | null {
  const shortAnswer = choiceOf(holds ? 'yes' : 'no', options);
  if (shortAnswer === null) return null;
  const text = `${holds ? 'Yes' : 'No'}, ${why}.`;
  return { shortAnswer, text, confidence, evidence: things.map(({ evidence }) => evidence) };
}

/** The only thing that the phrase can mean. */
function theOne({ quantity, conditions }: Phrase, called: (noun: string) => BoxedThing[]): BoxedThing | undefined {
  const nouns = conditions.flatMap((one: Condition) => (one.is === 'NAMED' ? [one.name] : []));
  const others = conditions.some(({ is }) => is !== 'NAMED' && is !== 'RELATED' && is !== 'NOT');
  const [noun = '', ...more] = nouns;
  if (others || more.length > 0 || !(quantity.op === 'THE' || quantity.n === 1)) return undefined;
  const [thing, ...rest] = called(noun);
  return rest.length === 0 ? thing : undefined;
}

/** Whether `a` stands so to `b`; undefined where their boxes can't tell. */
function standsSo(a: Box, relation: Relation, b: Box, width: number, height: number): boolean | undefined {
  const dx = b.x + b.width / 2 - (a.x + a.width / 2);
  const dy = b.y + b.height / 2 - (a.y + a.height / 2);
  const apart = gap(a, b) / Math.max(width, height);
  switch (relation) {
    case 'LEFT_OF':
      return Math.abs(dx) < CLEAR * width ? undefined : dx > 0;
    case 'RIGHT_OF':
      return Math.abs(dx) < CLEAR * width ? undefined : dx < 0;
    case 'ABOVE':
      return dy < -CLEAR * height ? false : bottom(a) <= b.y + CLEAR * height ? true : undefined;
    case 'BELOW':
      return standsSo(b, 'ABOVE', a, width, height);
    case 'BESIDE':
      return apart > FAR ? false : undefined;
    case 'ATOP':
    case 'TOUCHING':
      return apart > LOOSE ? false : undefined;
  }
}
