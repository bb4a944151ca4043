import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { reason } from '../../../src/reason/reason.ts';
import { bagEmbedder, recording, retrievalOf, text } from './made.ts';

const extractor = new CompromiseExtractor(new WordNet());
const bell = recording('bell.wav', 'The lantern bell was cast by Thomas Miller in 1871.');
const ask = (question: string, about = bell) =>
  reason(retrievalOf(question, [about], { about }), { extractor, embedder: bagEmbedder }, { minConfidence: 0.3 });

describe('when something is in a recording', () => {
  it('is told as a time of it, with the time as evidence', async () => {
    const { shortAnswer, steps } = await ask('When is the lantern bell mentioned?');
    expect(shortAnswer).toBe('0:03–0:06');
    const [evidence] = steps.at(-1)?.claims.flatMap((claim) => claim.evidence) ?? [];
    expect(evidence?.locator).toEqual({ type: 'TimeSpan', startSeconds: 3, endSeconds: 6 });
  });

  it('is no answer to when something was done', async () => {
    expect((await ask('When was the lantern bell cast?')).shortAnswer).toContain('1871');
  });

  it('is not told of what is not said there, or of a text', async () => {
    expect((await ask('When is the whale mentioned?')).shortAnswer ?? '').not.toMatch(/\d:\d\d/);
    const note = text('bell.txt', 'The lantern bell was cast by Thomas Miller.');
    expect((await ask('When is the lantern bell mentioned?', note)).shortAnswer ?? '').not.toMatch(/\d:\d\d/);
  });
});
