import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText, ingestSample, startServing, type ApiClient, type Serving, type UserError } from './serving.ts';

let serving: Serving;
let api: ApiClient;
let miller: string;
let bells: string;
let cat: string;
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  [miller, bells, cat] = await ingestSample(api);
});
afterAll(() => serving.close());

describe('answers', () => {
  const ANSWER = `id question text shortAnswer confidence abstained createdAt asset { id } wouldChange { text evidence { asset { id } } }
    steps { kind text model claims { text evidence { id quote score asset { id } segment { id } locator { __typename ... on TextSpan { start end quote } } } } }
    paths { id summary hops { fromCaption predicate toCaption } }`;
  interface AnswerShape {
    readonly id: string;
    readonly text: string | null;
    readonly shortAnswer: string | null;
    readonly abstained: boolean;
    readonly wouldChange: { text: string; evidence: { asset: { id: string } }[] } | null;
    readonly steps: {
      kind: string;
      claims: {
        evidence: { quote: string; asset: { id: string }; locator: { start?: number; end?: number; quote?: string } }[];
      }[];
    }[];
  }

  test('an answer has four steps, and each claim’s evidence is where its locator says', async () => {
    const { ask } = await api.data<{ ask: { answer: AnswerShape; userErrors: UserError[] } }>(
      `mutation { ask(input: { question: "Where was Thomas Miller born?" }) { answer { ${ANSWER} } userErrors { code } } }`,
    );
    expect(ask.userErrors).toEqual([]);
    expect(ask.answer.abstained).toBe(false);
    expect(ask.answer.shortAnswer).toContain('Westbrook');
    expect(ask.answer.wouldChange?.text).toMatch(/^(?:Next best, on other evidence, is|.* says it, too:|It rests on)/);
    expect(ask.answer.wouldChange?.evidence[0]?.asset.id).toBe(miller);
    expect(ask.answer.steps.map(({ kind }) => kind)).toEqual(['DESCRIBE', 'KEY_ELEMENTS', 'RELATE', 'ANSWER']);
    const texts: Record<string, string> = {
      [miller]: await exampleText('texts/thomas-miller.md'),
      [bells]: await exampleText('texts/bells.md'),
    };
    const evidence = ask.answer.steps.flatMap(({ claims }) => claims.flatMap((claim) => claim.evidence));
    expect(evidence.some(({ asset }) => asset.id === miller)).toBe(true);
    for (const { asset, locator } of evidence) {
      if (locator.quote !== undefined) expect(texts[asset.id]?.slice(locator.start, locator.end)).toBe(locator.quote);
    }
    const again = await api.data<{ answer: AnswerShape; node: { id: string } }>(
      `query ($id: ID!) { answer(id: $id) { ${ANSWER} } node(id: $id) { __typename id } }`,
      { id: ask.answer.id },
    );
    expect(again.answer).toEqual(ask.answer);
    expect(again.node).toEqual({ __typename: 'Answer', id: ask.answer.id });
  });

  test('a question about a picture keeps the picture', async () => {
    const { ask } = await api.data<{ ask: { answer: { asset: { id: string } } } }>(
      'mutation ($asset: ID) { ask(input: { question: "What animal is in this picture?", asset: $asset }) { answer { asset { id } } } }',
      { asset: cat },
    );
    expect(ask.answer.asset.id).toBe(cat);
  });

  test('a given answer is chosen', async () => {
    const { ask } = await api.data<{ ask: { answer: AnswerShape } }>(
      'mutation { ask(input: { question: "Where was Thomas Miller born?", choices: ["Paris", "Westbrook"] }) { answer { shortAnswer } } }',
    );
    expect(ask.answer.shortAnswer).toBe('Westbrook');
  });

  test('a confidence that nothing reaches lets it abstain', async () => {
    const { ask } = await api.data<{ ask: { answer: AnswerShape } }>(
      'mutation { ask(input: { question: "What did the moon weigh in 1700?", minConfidence: 1 }) { answer { text shortAnswer abstained } } }',
    );
    expect(ask.answer).toEqual({ text: null, shortAnswer: null, abstained: true });
  });

  test('questions that can’t be asked say why', async () => {
    const code = async (input: object) => {
      const { ask } = await api.data<{ ask: { answer: null; userErrors: UserError[] } }>(
        'mutation ($input: AskInput!) { ask(input: $input) { answer { id } userErrors { code field message } } }',
        { input },
      );
      expect(ask.answer).toBeNull();
      return ask.userErrors[0]?.code;
    };
    expect(await code({ question: ' ' })).toBe('EMPTY');
    expect(await code({ question: 'x'.repeat(2001) })).toBe('TOO_LONG');
    expect(await code({ question: 'Who?', asset: 'Asset:none' })).toBe('NOT_FOUND');
    expect(await code({ question: 'Who?', minConfidence: 1.5 })).toBe('BAD_INPUT');
    expect(await code({ question: 'Who?', choices: ['Only one'] })).toBe('BAD_INPUT');
    expect(await code({ question: 'Who?', choices: Array.from({ length: 21 }, (_, i) => `${i}`) })).toBe('BAD_INPUT');
  });

  test('an unknown answer is null', async () => {
    expect(await api.data('{ answer(id: "Answer:none") { id } }')).toEqual({ answer: null });
  });

  test('of two steps goes by who did it, and of what nobody tells says nothing', async () => {
    await api.ingestAll([{ text: await exampleText('texts/george-baker.md'), fileName: 'george-baker.md' }]);
    const of = async (question: string) => {
      const { ask } = await api.data<{ ask: { answer: AnswerShape } }>(
        `mutation ($question: String!) { ask(input: { question: $question }) { answer { ${ANSWER} } userErrors { code } } }`,
        { question },
      );
      return ask.answer.shortAnswer;
    };
    expect(await of('Where was the man who cast the fog bell born?')).toContain('Kingsbridge');
    // Who cast the lantern bell is in none of these texts, and who cast the others is no answer.
    expect(await of('Where was the man who cast the lantern bell born?')).toBeNull();
  });
});
