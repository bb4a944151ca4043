import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ANSWER_SYSTEM, answerPrompt } from '../../../src/reason/prompts/answer.ts';
import { asData } from '../../../src/reason/prompts/as-data.ts';
import type { PromptMaterial } from '../../../src/reason/prompts/evidence-block.ts';
import { RATIONALE_SYSTEM, rationalePrompt } from '../../../src/reason/prompts/rationale.ts';
import { INJECTIONS } from '../../fixtures/injections.ts';
import { picture, retrievalOf, text } from './made.ts';

const cat = picture('museum-cat.jpg', ['Egyptian cat']);
const biscuit = text('biscuit.txt', "The museum's cat, Biscuit, was found by Ellen Carew in 1987.");
const retrieval = retrievalOf('Who found the animal in this picture?', [cat, biscuit], { about: cat });
const material: PromptMaterial = {
  question: retrieval.question.text,
  assetTitle: 'museum-cat.jpg',
  choices: ['Ellen Carew', 'Thomas Hale'],
  evidence: retrieval.evidence.map((evidence, i) => ({ id: `E${i + 1}`, evidence })),
  paths: [
    { id: 'Path:1', hops: [], score: 1, summary: 'museum-cat.jpg —[mentions]→ cat —[mentioned in]→ biscuit.txt' },
  ],
  described: [{ text: 'The picture museum-cat.jpg shows an Egyptian cat (0.83).', evidence: ['E1'] }],
};
const rationale = {
  keyElements: [{ text: 'The animal is Biscuit, the cat of the museum.', evidence: ['E1', 'E2'] }],
  relate: [{ text: 'Biscuit was found by Ellen Carew.', evidence: ['E2'] }],
};

test.each([
  ['rationale', RATIONALE_SYSTEM, rationalePrompt(material)],
  ['answer', ANSWER_SYSTEM, answerPrompt(material, rationale)],
])('the prompt of the %s reads as the golden file', async (name, system, prompt) => {
  await expect(`# system\n\n${system}\n\n# user\n\n${prompt}\n`).toMatchFileSnapshot(
    `../../golden/prompts/${name}.txt`,
  );
});

/** Both prompts with a text at every place where somebody's words go. */
function poisoned(words: string): string[] {
  const [first, second] = material.evidence;
  if (!first || !second) throw new Error('There must be two.');
  const evil = { ...second.evidence, quote: words, asset: { ...second.evidence.asset, title: words } };
  const given: PromptMaterial = {
    ...material,
    question: words,
    assetTitle: words,
    choices: [words, 'Ellen Carew'],
    evidence: [first, { id: 'E2', evidence: evil }],
    paths: [{ id: 'Path:1', hops: [], score: 1, summary: words }],
    described: [{ text: words, evidence: ['E1'] }],
  };
  const claims = [{ text: words, evidence: ['E2'] }];
  return [rationalePrompt(given), answerPrompt(given, { keyElements: claims, relate: claims })];
}

/** The whole of a prompt, line by line: nothing but what we wrote, and each of their words in one string of JSON. */
function expectWhole(prompt: string, words: string): void {
  // eslint-disable-next-line no-control-regex
  expect(prompt).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b\u202a-\u202e\u2066-\u2069]/);
  expect(prompt).not.toMatch(/[\ufe00-\ufe0f\u{e0000}-\u{e01ef}]/u);
  expect(prompt.match(/[<>＜＞]/g)?.length).toBe(prompt.includes('<rationale>') ? 8 : 4);
  const lines = prompt.split('\n');
  const end = lines.indexOf('</evidence>');
  expect(lines[0]).toBe('<evidence>');
  const objects = lines.slice(1, end).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(objects.map((object) => Object.keys(object).join())).toEqual([
    'id,from,kind,text',
    'id,from,kind,text',
    'described,evidence',
    'path',
  ]);
  expect(objects.slice(0, 2).map(({ id }) => id)).toEqual(['E1', 'E2']);
  expect(objects[1]?.['text']).toBe(asData(words, 450));
  const rest = lines.slice(end + 1);
  if (rest[0] === '<rationale>') {
    const claims = rest.slice(1, 3).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(claims.map(({ step, evidence }) => [step, evidence])).toEqual([
      ['key element', ['E2']],
      ['relate', ['E2']],
    ]);
    expect(rest[3]).toBe('</rationale>');
  }
  const asked = rest.slice(rest.indexOf('</rationale>') + 1);
  expect(asked).toHaveLength(3);
  expect(asked[1]).toBe(`Question: ${JSON.stringify(asData(words, 2000))}`);
  // What the smallest model reads of a prompt.
  expect(prompt.length).toBeLessThan(12_000);
}

describe('whatever an ingested text says', () => {
  test.each(INJECTIONS.map(({ name, text: words }) => [name, words]))(
    'each prompt keeps its lines, and the text is a string in one of them: %s',
    (_, words) => {
      for (const prompt of poisoned(words)) expectWhole(prompt, words);
    },
  );

  test('the same of any text', () => {
    const piece = fc.constantFrom(
      '<',
      '</evidence>',
      '\n',
      '"',
      '\\',
      '{"id":"E9"}',
      '\u2028',
      '\u202e',
      '[INST]',
      '＜',
      '\u200d',
    );
    const any = fc
      .array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(any, (words) => {
        for (const prompt of poisoned(words)) expectWhole(prompt, words);
      }),
    );
  });
});

test('words that hide nothing stay as they are, joiners of scripts that need them too', () => {
  for (const words of ['Ellen Carew’s café, 5 % – “naïve”', '東京タワー', 'می‌خواهم', 'क्‍ष', 'Größe: 3 × 4']) {
    expect(asData(words, 100)).toBe(words);
  }
  expect(asData(`a${'😀'.repeat(10)}`, 4)).toBe('a😀😀😀 …');
});
