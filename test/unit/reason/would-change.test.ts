import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { reason, type Reasoned } from '../../../src/reason/reason.ts';
import { bagEmbedder, picture, retrievalOf, text, type Made } from './made.ts';

const extractor = new CompromiseExtractor(new WordNet());
const biscuit = text('biscuit.txt', 'The museum cat was found by Ellen Carew in 1987.');
const rumour = text('rumour.txt', 'Some say the museum cat was found by Thomas Hale.');

function ask(question: string, things: readonly Made[], minConfidence = 0): Promise<Reasoned> {
  return reason(retrievalOf(question, things), { extractor, embedder: bagEmbedder }, { minConfidence });
}

describe('what would change an answer', () => {
  it('is the next best one, of other evidence, with both', async () => {
    const { shortAnswer, wouldChange } = await ask('Who found the museum cat?', [biscuit, rumour]);
    const [said, other] = shortAnswer === 'Ellen Carew' ? [biscuit, rumour] : [rumour, biscuit];
    const title = ({ asset }: Made) => asset.title;
    expect(wouldChange?.text).toContain(`according to ${title(other)}`);
    expect(wouldChange?.text).toContain(shortAnswer === 'Ellen Carew' ? '“Thomas Hale”' : '“Ellen Carew”');
    expect(wouldChange?.evidence.map(({ asset }) => asset.title)).toEqual([title(said), title(other)]);
  });

  it('is that it rests on one place, where the evidence knows no other', async () => {
    const dog = picture('dog.jpg', ['dog']);
    const retrieval = retrievalOf('What does this picture show?', [dog], { about: dog });
    const { shortAnswer, wouldChange } = await reason(
      retrieval,
      { extractor, embedder: bagEmbedder },
      { minConfidence: 0 },
    );
    expect(shortAnswer).toBe('dog');
    expect(wouldChange?.text).toBe('It rests on dog.jpg alone.');
    expect(wouldChange?.evidence.map(({ asset }) => asset.title)).toEqual(['dog.jpg']);
  });

  it('is nothing of one place, where another says the same', async () => {
    const again = text('again.txt', 'It is well known that the museum cat was found by Ellen Carew in 1987.');
    const { shortAnswer, wouldChange } = await ask('Who found the museum cat?', [biscuit, again]);
    expect(shortAnswer).toBe('Ellen Carew');
    expect(wouldChange?.text).toMatch(/\.txt says it, too: .* the answer would be the same\.$/);
    expect(new Set(wouldChange?.evidence.map(({ asset }) => asset.title))).toEqual(
      new Set(['biscuit.txt', 'again.txt']),
    );
  });

  it('is what nothing tells of, where nothing is said', async () => {
    const { abstained, wouldChange } = await ask('Who painted the lighthouse?', [biscuit], 1);
    expect(abstained).toBe(true);
    expect(wouldChange?.text).toMatch(/^Something that tells of .*“lighthouse”/);
  });

  it('is what is asked for, where all is told of but none of it is sure enough', async () => {
    const { abstained, wouldChange } = await ask('Who found the museum cat?', [biscuit], 1);
    expect(abstained).toBe(true);
    expect(wouldChange?.text).toMatch(
      /a text that says it would give one\. Its best answer has a confidence of 0\.\d\d; 1 is asked for\.$/,
    );
  });

  it('is nothing where nothing is near', async () => {
    expect(await ask('Who painted the lighthouse?', [], 1)).not.toHaveProperty('wouldChange');
  });
});
