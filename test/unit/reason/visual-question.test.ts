import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { packageRoot } from '../../../src/config.ts';
import { analyseQuestion } from '../../../src/reason/question-type.ts';
import { visualQuestion } from '../../../src/reason/visual-question.ts';

const lexicon = new WordNet();
const kindOf = (text: string, seen: readonly string[] = [], choices: readonly string[] = []) =>
  visualQuestion(text, analyseQuestion(text, choices), lexicon, (word) => seen.includes(word.toLowerCase()));

describe('visualQuestion', () => {
  it.each([
    ['Is there a dog in this picture?', 'dog'],
    ['Are there any people here?', 'person'],
    ['Does the photo show a fire hydrant?', 'fire hydrant'],
    ['Can you see sheep?', 'sheep'],
    ['Is a bus visible in the image?', 'bus'],
    ['Is this a picture of a cat?', 'cat'],
    ['Is this a cat?', 'cat'],
  ])('%s asks whether there is one', (text, thing) => {
    expect(kindOf(text)).toEqual({ kind: 'PRESENCE', thing });
  });

  it.each([
    ['How many dogs are in this picture?', 'dog'],
    ['How many women are there?', 'woman'],
    ['How many cups can you see in the photo?', 'cup'],
    ['How many sheep does this picture show?', 'sheep'],
  ])('%s asks for a number of things', (text, thing) => {
    expect(kindOf(text)).toEqual({ kind: 'COUNT', thing });
  });

  it('tells yes and no, statements, choices, descriptions and open questions about what is seen', () => {
    expect(kindOf('Is the cat on the table?', ['cat'])).toEqual({ kind: 'YES_NO' });
    expect(kindOf('Are the people smiling in this photo?')).toEqual({ kind: 'YES_NO' });
    expect(kindOf('The cat is on the table.', ['cat'])).toEqual({ kind: 'STATEMENT' });
    expect(kindOf('What is the cat doing?', ['cat'], ['sleeping', 'eating'])).toEqual({ kind: 'CHOICE' });
    expect(kindOf('Describe this picture.')).toEqual({ kind: 'DESCRIBE' });
    expect(kindOf('What is happening in the photo?')).toEqual({ kind: 'DESCRIBE' });
    expect(kindOf('What colour is the bus?', ['bus'])).toEqual({ kind: 'OPEN' });
    expect(kindOf('What is the cat doing?', ['cat'])).toEqual({ kind: 'OPEN' });
    expect(kindOf('What is on the table in this picture?')).toEqual({ kind: 'OPEN' });
    expect(kindOf('Where is the cat in this picture?')).toEqual({ kind: 'OPEN' });
  });

  it.each([
    'Where was the cat in this picture found?',
    'Is the lighthouse in this picture older than the chapel?',
    'Was this picture taken in the summer?',
    'How many men did the keeper in this picture employ?',
    'How many rooms are in the house of the man in this picture?',
    'Is there a ferry to Green Island?',
    'What is the name of the cat in this picture?',
    'Is the ferry late?',
  ])('%s is not answered by a look', (text) => {
    expect(kindOf(text, ['cat', 'lighthouse'])).toBeNull();
  });

  it('leaves every question of the sample collection to what is known', () => {
    const questions = JSON.parse(readFileSync(join(packageRoot, 'examples/questions.json'), 'utf8')) as {
      question: string;
    }[];
    for (const { question } of questions)
      expect([question, kindOf(question, ['cat', 'drink', 'barn'])]).toEqual([question, null]);
  });
});
