import { describe, expect, test } from 'vitest';
import { answerRelation, type BoxedScene, type BoxedThing } from '../../../src/reason/scene/answer-relation.ts';
import { leaning } from '../../../src/reason/scene/leaning.ts';
import { evidenceAt } from '../../../src/retrieve/evidence.ts';
import { picture } from './made.ts';

const made = picture('room.jpg', []);
const [whole] = made.segments;
if (!whole) throw new Error('no segment');
const evidence = evidenceAt({ ...whole, asset: made.asset, score: 1 }, -1);
const thing = (name: string, x: number, y: number, width: number, height: number): BoxedThing => ({
  name,
  score: 0.9,
  box: { x, y, width, height },
  evidence: { ...evidence, id: `Evidence:${name}${x}` },
});
const things = [
  thing('cat', 5, 50, 20, 20),
  thing('dining table', 40, 40, 30, 30),
  thing('laptop', 50, 25, 10, 14),
  thing('sheep', 80, 5, 10, 10),
  thing('sheep', 90, 60, 10, 10),
];
const scene: BoxedScene = {
  things,
  isNamed: ({ name }, noun) => name === noun,
  picture: { width: 100, height: 80 },
};
const ask = (text: string, choices: readonly string[] = []) => answerRelation(text, choices, scene);

describe('how two things stand in a photograph', () => {
  test.each([
    ['The cat is to the left of the dining table.', 'yes'],
    ['The cat is left of the laptop.', 'yes'],
    ['The dining table is to the left of the cat.', 'no'],
    ['Is the laptop to the right of the cat?', 'yes'],
    ['The laptop is above the dining table.', 'yes'],
    ['The dining table is under the laptop.', 'yes'],
    ['The laptop is below the dining table.', 'no'],
    ['The cat is touching the laptop.', 'no'],
    ['The cat is not touching the laptop.', 'yes'],
    ['The cat is on the laptop.', 'no'],
    ['There is a cat to the left of a laptop.', 'yes'],
  ])('%s %s', (text, right) => {
    const found = ask(text);
    expect(found?.shortAnswer).toBe(right);
    expect(found?.evidence).toHaveLength(2);
  });

  test.each([
    ['what overlaps or lies near may touch or not', 'The laptop is touching the dining table.'],
    ['one above the other is neither left nor right', 'The laptop is to the left of the dining table.'],
    ['a thing that was not seen', 'The dog is to the left of the cat.'],
    ['one of several', 'The sheep is to the left of the cat.'],
    ['a colour', 'The black cat is to the left of the laptop.'],
    ['another relation', 'The cat is facing the laptop.'],
    ['no relation', 'The cat is tired.'],
  ])('boxes don’t tell of %s', (_, text) => {
    expect(ask(text)).toBeNull();
  });

  test('the answer is one of those given', () => {
    expect(ask('The cat is left of the laptop.', ['False', 'True'])?.shortAnswer).toBe('True');
    expect(ask('The cat is left of the laptop.', ['red', 'green'])).toBeNull();
  });
});

describe('what boxes lean to', () => {
  const lean = (text: string) => leaning(text, [], scene);

  test.each([
    ['The laptop is on the dining table.', 'yes'],
    ['The dining table is on the laptop.', 'no'],
    ['The dining table is beneath the laptop.', 'yes'],
    ['The cat is under the laptop.', 'no'],
    ['The cat is far away from the laptop.', 'yes'],
    ['The cat is near the laptop.', 'no'],
    ['The laptop is touching the dining table.', 'no'],
    ['Is the dining table in front of the cat?', 'no'],
    ['The cat is behind the dining table.', 'no'],
    ['The laptop is not behind the dining table.', 'no'],
    ['The cat is at the left side of the sheep.', 'yes'],
    ['Does the dining table contain the cat?', 'no'],
  ])('%s %s', (text, right) => {
    const found = lean(text);
    expect(found?.shortAnswer).toBe(right);
    expect(found?.confidence).toBeLessThan(0.6);
    expect(found?.evidence).toHaveLength(2);
  });

  test.each(['The dog is on the cat.', 'The cat is facing the laptop.', 'The black cat is on the laptop.'])(
    'nothing for %s',
    (text) => expect(lean(text)).toBeNull(),
  );

  test('nothing where it may be a turn of phrase, and a long run of blanks costs nothing', () => {
    expect(lean('The dining table is in the cat.')).toBeNull();
    const started = performance.now();
    expect(lean(`the${' '.repeat(1990)}x`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(200);
  });
});
