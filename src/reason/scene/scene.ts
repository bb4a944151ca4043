import type { Box } from '../../domain.ts';
import { bottom, gap, overlapX, right } from '../../boxes.ts';

/** One thing in a picture, drawn or detected. */
export interface SceneThing {
  /** What it is, in lower case: "square", "dog". */
  readonly name: string;
  /** A basic colour word, where it has one. */
  readonly colour?: string;
  /** Pixels of the picture. */
  readonly box: Box;
  /** Index of the field it stands in. */
  readonly field: number;
}

/** Things and the fields ("boxes") they stand in; a photograph has one field, the whole. */
export interface Scene {
  readonly things: readonly SceneThing[];
  readonly fields: readonly Box[];
}

/** Of a field's shorter side: how near a thing that touches is at most, to an edge and to another thing. */
const AT_EDGE = 0.012;
const TOUCHING = 0.025;
const NEAR = 0.25;
/** Sizes that differ by less are one size. */
const SAME_SIZE = 1.25;

export type Side = 'LEFT' | 'RIGHT' | 'TOP' | 'BOTTOM';
export type Relation = 'ABOVE' | 'BELOW' | 'ATOP' | 'LEFT_OF' | 'RIGHT_OF' | 'BESIDE' | 'TOUCHING';

/** The edges of its field that a thing touches. */
export function edgesTouched({ box, field }: SceneThing, { fields }: Scene): Side[] {
  const around = fields[field];
  if (!around) return [];
  const near = AT_EDGE * shorter(around);
  const gaps: [Side, number][] = [
    ['LEFT', box.x - around.x],
    ['RIGHT', right(around) - right(box)],
    ['TOP', box.y - around.y],
    ['BOTTOM', bottom(around) - bottom(box)],
  ];
  return gaps.filter(([, gap]) => gap <= near).map(([side]) => side);
}

/** Whether two drawn things of one field stand so to each other. */
export function related(a: SceneThing, relation: Relation, b: SceneThing, { fields }: Scene): boolean {
  const field = fields[a.field];
  if (a === b || a.field !== b.field || !field) return false;
  const side = shorter(field);
  switch (relation) {
    case 'ABOVE':
      return overlapX(a.box, b.box) > 0 && bottom(a.box) <= b.box.y + TOUCHING * side;
    case 'BELOW':
      return related(b, 'ABOVE', a, { fields, things: [] });
    case 'ATOP':
      return related(a, 'ABOVE', b, { fields, things: [] }) && gap(a.box, b.box) <= TOUCHING * side;
    case 'LEFT_OF':
      return right(a.box) <= b.box.x + TOUCHING * side;
    case 'RIGHT_OF':
      return related(b, 'LEFT_OF', a, { fields, things: [] });
    case 'BESIDE':
      return gap(a.box, b.box) <= NEAR * side;
    case 'TOUCHING':
      return gap(a.box, b.box) <= TOUCHING * side;
  }
}

/** Squares that stand one on the other, the lowest first; one by itself is a tower of one. */
export function towersOf(things: readonly SceneThing[], scene: Scene): SceneThing[][] {
  const squares = things.filter(({ name }) => name === 'square').toSorted((a, b) => b.box.y - a.box.y);
  const towers: SceneThing[][] = [];
  for (const square of squares) {
    const under = towers.find((tower) => {
      const top = tower.at(-1);
      return top && related(square, 'ATOP', top, scene) && overlapX(square.box, top.box) > square.box.width / 2;
    });
    if (under) under.push(square);
    else towers.push([square]);
  }
  return towers;
}

/** Whether the thing is among the largest, or the smallest, of its picture; neither where all are alike. */
export function isSized(thing: SceneThing, size: 'BIG' | 'MEDIUM' | 'SMALL', { things }: Scene): boolean {
  const sideOf = ({ box }: SceneThing) => Math.max(box.width, box.height);
  const sides = things.map(sideOf);
  const [least, most, own] = [Math.min(...sides), Math.max(...sides), sideOf(thing)];
  if (most < SAME_SIZE * least) return false;
  const [isBig, isSmall] = [own * SAME_SIZE > most, own < SAME_SIZE * least];
  return size === 'BIG' ? isBig : size === 'SMALL' ? isSmall : !isBig && !isSmall;
}

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map(right)) - x,
    height: Math.max(...boxes.map(bottom)) - y,
  };
}

const shorter = ({ width, height }: Box): number => Math.min(width, height);
