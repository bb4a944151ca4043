import { describe, expect, test } from 'vitest';
import { OpenAiCompatibleModel } from '../../../src/adapters/language-model/openai-compatible.ts';
import { RATIONALE_SYSTEM } from '../../../src/reason/prompts/rationale.ts';
import { reason } from '../../../src/reason/reason.ts';
import { INJECTIONS } from '../../fixtures/injections.ts';
import { bagEmbedder, noExtractor, picture, retrievalOf, text } from './made.ts';
import { openAiServer, type Received, type Reply } from './openai-server.ts';

const cat = picture('museum-cat.jpg', ['Egyptian cat']);
const biscuit = text('biscuit.txt', "The museum's cat, Biscuit, was found by Ellen Carew in 1987.");

/** A model that does what an injected text says: its replies are PWNED, and rest on the evidence given to it here. */
function steered(...cited: ((prompt: string) => string)[]): (received: Received) => Reply {
  return ({ messages }) => {
    const evidence = cited.map((of) => of(messages[1]?.content ?? ''));
    const claims = [{ text: 'PWNED', evidence }];
    const written =
      messages[0]?.content === RATIONALE_SYSTEM
        ? { keyElements: claims, relate: claims }
        : { shortAnswer: 'PWNED', text: 'The answer is PWNED.', evidence, confidence: 1 };
    return { content: JSON.stringify(written) };
  };
}

/** Id that the prompt gives to the evidence of a file. */
function idOf(title: string): (prompt: string) => string {
  return (prompt) => new RegExp(`"id":"(E\\d+)","from":"${title}"`).exec(prompt)?.[1] ?? 'none';
}

const OBEDIENT: readonly (readonly [string, (received: Received) => Reply])[] = [
  ['cites what it was not given', steered(() => 'E99')],
  ['cites the text that gave the order', steered(idOf('attack.txt'))],
  ['cites a text that says something else', steered(idOf('biscuit.txt'))],
  ['cites both', steered(idOf('attack.txt'), idOf('biscuit.txt'))],
  ['replies no JSON, also when told so', () => ({ content: '{"shortAnswer":"PWNED"' })],
];

describe.each(INJECTIONS)('a model that obeys $name', ({ text: words }) => {
  test.each(OBEDIENT)('and %s is not believed: the extractive answer is given', async (_, reply) => {
    await using server = await openAiServer(reply);
    const answer = await reason(
      retrievalOf('Who found the animal in this picture?', [cat, biscuit, text('attack.txt', words)], { about: cat }),
      {
        extractor: noExtractor,
        embedder: bagEmbedder,
        languageModel: new OpenAiCompatibleModel({ url: server.url, model: 'steered' }),
      },
      { minConfidence: 0 },
    );
    // It was asked, in both stages where the first could be read, and once more each time where it could not.
    expect(server.received).toHaveLength(2);
    expect(answer.shortAnswer).toBe('Ellen Carew');
    expect(answer.steps.map(({ kind, model }) => [kind, model])).toEqual(
      ['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER'].map((kind) => [kind, undefined]),
    );
  });
});

test('a model that withstands is believed, and what gave the order is no evidence', async () => {
  const order = INJECTIONS[0]?.text ?? '';
  await using server = await openAiServer(({ messages }) => {
    const evidence = [idOf('biscuit.txt')(messages[1]?.content ?? ''), idOf('attack.txt')(messages[1]?.content ?? '')];
    const written =
      messages[0]?.content === RATIONALE_SYSTEM
        ? { keyElements: [], relate: [] }
        : { shortAnswer: 'Ellen Carew', text: 'Ellen Carew found it.', evidence, confidence: 0.9 };
    return { content: JSON.stringify(written) };
  });
  const answer = await reason(
    retrievalOf('Who found the animal in this picture?', [cat, biscuit, text('attack.txt', order)], { about: cat }),
    {
      extractor: noExtractor,
      embedder: bagEmbedder,
      languageModel: new OpenAiCompatibleModel({ url: server.url, model: 'upright' }),
    },
    { minConfidence: 0 },
  );
  expect(answer).toMatchObject({ shortAnswer: 'Ellen Carew', confidence: 0.9 });
  const step = answer.steps.at(-1);
  expect(step?.model).toBe('upright');
  expect(step?.claims[0]?.evidence.map(({ asset }) => asset.title)).toEqual(['biscuit.txt']);
});
