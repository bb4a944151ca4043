import { describe, expect, it } from 'vitest';
import { relationQuestion } from '../../../src/retrieve/relation-question.ts';

describe('a question for all that stand in a relation', () => {
  it.each([
    ['List the people who were born in Westbrook.', 'people', 'born', 'in', 'Westbrook', false],
    ['Name all towns that Thomas Miller visited', 'towns', 'visited', '', 'Thomas Miller', true],
    ['Which books did Ada Lovelace write?', 'books', 'write', '', 'Ada Lovelace', true],
    ['Which companies were founded by Ellen Carew?', 'companies', 'founded', '', 'Ellen Carew', true],
    ['Give me all the people who worked at the Royal Mint.', 'people', 'worked', 'at', 'Royal Mint', false],
    ['Which rivers flow into the Baltic Sea?', 'rivers', 'flow', 'into', 'Baltic Sea', false],
  ] as const)('%s', (text, noun, verb, preposition, thing, thingActs) => {
    expect(relationQuestion(text)).toMatchObject({ noun, verb, preposition, thing, thingActs });
  });

  it.each([
    'How many people live in Paris?',
    'Who was born in Westbrook?',
    'Which person was born in Westbrook?',
    'List the people who were there.',
    'Which people were born before the war?',
  ])('%s is none', (text) => expect(relationQuestion(text)).toBeUndefined());
});
