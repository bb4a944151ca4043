import { describe, expect, test } from 'vitest';
import { coloursOf, judge } from '../../../src/reason/scene/judge.ts';
import { parseStatement } from '../../../src/reason/scene/parse-statement.ts';
import type { Scene, SceneThing } from '../../../src/reason/scene/scene.ts';

const thing = (field: number, colour: string, name: string, x: number, y: number, side: number): SceneThing => ({
  name,
  colour,
  field,
  box: { x: 150 * field + x, y, width: side, height: side },
});
const fields = [0, 1, 2].map((i) => ({ x: 150 * i, y: 0, width: 100, height: 100 }));
/** From the base up. */
const tower = (field: number, ...colours: string[]) =>
  colours.map((colour, i) => thing(field, colour, 'square', 40, 80 - 21 * i, 20));

const towers: Scene = {
  fields,
  things: [...tower(0, 'black'), ...tower(1, 'blue', 'yellow'), ...tower(2, 'blue', 'blue', 'yellow')],
};
const scattered: Scene = {
  fields,
  things: [
    thing(0, 'yellow', 'circle', 10, 20, 20),
    thing(0, 'black', 'square', 70, 70, 30),
    thing(1, 'blue', 'triangle', 40, 80, 20),
    thing(1, 'black', 'square', 10, 10, 10),
    thing(1, 'black', 'circle', 60, 40, 20),
    thing(2, 'yellow', 'square', 50, 0, 10),
    thing(2, 'yellow', 'square', 30, 40, 30),
  ],
};

function holds(statement: string, scene: Scene): boolean | null {
  const read = parseStatement(statement);
  return read && judge(read, scene).holds;
}

describe('a statement about towers of blocks', () => {
  test.each([
    ['There is a tower with exactly two blocks.', true],
    ['There is a tower with four blocks.', false],
    ['There are exactly two towers with a yellow block at the top', true],
    ['there is exactly one tower with a yellow block at the top', false],
    ['There are two blue blocks as the base of a tower.', true],
    ['Two of the three towers has a blue base.', true],
    ['All 3 towers have at least 1 blue block', false],
    ['There is a black tower with only one block.', true],
    ['the tower with three blocks has a blue block at the base', true],
    ['The top of the two block tower is blue.', false],
    ['There is a three blocks tower which has only one blue block.', false],
    ['There is a tower with a yellow block over a blue block', true],
    ['There is a tower with a yellow block below a blue block', false],
    ['There is no blue block above a yellow block.', true],
    ['There is 1 tower with blocks of all 3 colours', false],
    ['There is a tower which has two blue blocks as the base and second blocks.', true],
    ['There are at least two towers with the same height.', false],
    ['There are more blue blocks than black blocks', true],
    ['There is a blue sqaure in the middle of a tower', true],
  ])('%s %s', (statement, right) => {
    expect(holds(statement, towers)).toBe(right);
  });
});

describe('a statement about scattered shapes', () => {
  test.each([
    ['There are 2 black squares', true],
    ['There are at most two squares.', false],
    ['There is a box with only yellow items.', true],
    ['There is a box with items of 2 different colors and a triangle.', true],
    ['There are 2 boxes with only black and yellow items.', false],
    ['There is a yellow circle touching the wall.', false],
    ['There is a yellow square touching the top', true],
    ['There is a black item closely touching a corner of a box.', true],
    ['there is exactly one black square not touching any edge', true],
    ['There is a blue triangle closely touching the bottom of a box.', true],
    ['All yellow squares are in the same box', true],
    ['All black items are in the same box', false],
    ['There is a square in each box', true],
    ['There is a circle in each box', false],
    ['There is a box with a blue triangle and at least two black items.', true],
    ['There is a box with a yellow circle and no blue squares.', true],
    ['One of the grey box has exactly three objects', true],
    ['There is a black square to the left of a black circle', true],
    ['Is there a big black square?', true],
    ['Are all triangles blue?', true],
    ['The left box has a circle', true],
    ['There is the same number of circles and triangles', false],
    ['None of the boxes has two triangles', true],
    ['Only one color is touching the wall', false],
    ['There is a box without a circle', true],
    ['There is a triangle that is not a blue square', true],
    ['The triangle is not a blue square', true],
    ['The triangle is not a blue triangle', false],
  ])('%s %s', (statement, right) => {
    expect(holds(statement, scattered)).toBe(right);
  });

  test('the boxes that were counted are named, and those that fail where all were meant', () => {
    const boxesOf = (statement: string) => {
      const read = parseStatement(statement);
      return read ? judge(read, scattered).boxes : [];
    };
    expect(boxesOf('There are two yellow squares')).toEqual(scattered.things.slice(5).map(({ box }) => box));
    expect(boxesOf('All circles are yellow')).toEqual([scattered.things[4]?.box]);
  });

  test('how many and which colour are asked', () => {
    const count = parseStatement('How many squares are there in the picture?');
    expect(count?.kind).toBe('COUNT');
    expect(count && judge(count, scattered).boxes).toHaveLength(4);
    const colour = parseStatement('What colour is the triangle?');
    expect(colour?.kind === 'COLOUR_OF' && coloursOf(colour.subject, scattered)).toEqual(['blue']);
  });
});

test.each([
  'The museum was founded in 1897.',
  'There is a dog on the sofa.',
  'There is a tower with a clock that strikes every hour.',
  'Who painted the square?',
  'There is a constructor of a toString.',
  'There is a box of unknown purpose.',
  '',
])('what is not understood to its last word is not judged: %s', (statement) => {
  expect(parseStatement(statement)).toBeNull();
});
