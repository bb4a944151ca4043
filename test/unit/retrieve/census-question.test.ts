import { describe, expect, it } from 'vitest';
import { censusQuestion } from '../../../src/retrieve/census-question.ts';

describe('a question that goes over everything', () => {
  it.each([
    ['How many pictures show a dog?', 'COUNT', 'dog', ['IMAGE']],
    ['How many photos are there of sheep?', 'COUNT', 'sheep', ['IMAGE']],
    ['In how many recordings does one hear a bell?', 'COUNT', 'bell', ['AUDIO']],
    ['In which films can you see a train?', 'LIST', 'train', ['VIDEO']],
    ['In how many pictures is there a dog?', 'COUNT', 'dog', ['IMAGE']],
    ['How many pictures of cats are there?', 'COUNT', 'cats', ['IMAGE']],
    ['How many photos of cats do I have?', 'COUNT', 'cats', ['IMAGE']],
    ['How many pictures show a dog in all?', 'COUNT', 'dog', ['IMAGE']],
    ['Which pictures did Thomas Miller paint?', undefined, '', []],
    ['Which recordings have a dog bark?', 'LIST', 'dog bark', ['AUDIO']],
    ['List all the pictures that show a cat.', 'LIST', 'cat', ['IMAGE']],
    ['Is there a film with a train?', 'WHETHER', 'train', ['VIDEO']],
    ['Are there any pictures of mountains?', 'WHETHER', 'mountains', ['IMAGE']],
    ['Who painted the picture of the barn?', undefined, '', []],
    ['How many ships did the yard build?', undefined, '', []],
  ] as const)('%s', (question, asks, thing, modalities) => {
    const read = censusQuestion(question);
    expect(read?.asks).toBe(asks);
    if (read) expect([read.thing, read.modalities]).toEqual([thing, modalities]);
  });

  it.each([
    ['Are there more pictures of cats than of dogs?', 'MORE', 'cats', 'dogs'],
    ['Are there fewer photos that show a cat than photos that show a dog?', 'FEWER', 'cat', 'dog'],
    ['Do more recordings have a bell than a clock?', 'MORE', 'bell', 'clock'],
    ['Which is seen in more pictures, a cat or a dog?', 'MOST', 'cat', 'dog'],
    ['What is heard in fewer recordings: a bell or a clock?', 'LEAST', 'bell', 'clock'],
    ['Of which are there more pictures, cats or dogs?', 'MOST', 'cats', 'dogs'],
    ['How many more pictures show a cat than a dog?', 'DIFFERENCE', 'cat', 'dog'],
    ['How many more pictures of cats than of dogs are there?', 'DIFFERENCE', 'cats', 'dogs'],
    ['Are there more pictures with cats than recordings with dogs?', undefined, '', ''],
    ['Are there more people in York than in Leeds?', undefined, '', ''],
    ['Which has more pages, the text or the document?', undefined, '', ''],
  ] as const)('%s', (question, asks, thing, than) => {
    const read = censusQuestion(question);
    expect(read?.asks).toBe(asks);
    if (read) expect([read.thing, read.than]).toEqual([thing, than]);
  });

  it('compares what is said where that is asked for', () => {
    const said = censusQuestion('Who is mentioned in more texts, Thomas Miller or George Baker?');
    expect(said).toMatchObject({ asks: 'MOST', thing: 'Thomas Miller', than: 'George Baker' });
    expect(said?.methods).toContain('HEARD');
  });

  it('asks every sort of mention where words are asked for', () => {
    expect(censusQuestion('Which texts mention Thomas Miller?')?.methods).toContain('NAMED');
    expect(censusQuestion('Which pictures show a dog?')?.methods).toEqual(['DEPICTED']);
  });
});
