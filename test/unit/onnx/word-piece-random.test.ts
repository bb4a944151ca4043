import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WordPiece } from '../../../src/adapters/onnx/word-piece.ts';
import { packageRoot } from '../../../src/config.ts';

const path = join(packageRoot, 'models/bge-small-en-v1.5/tokenizer.json');
const words = fc.constantFrom(
  'Café',
  '東京',
  '🐱‍👤',
  'ÅNGSTRÖM',
  "don't",
  'https://a.b/c?d=1',
  'x'.repeat(130),
  'naïve—so',
);
// Ideographs beyond the basic plane are left out: BERT puts space around them and so does ours, the other tokenizer does not.
const BEYOND = /[\u{20000}-\u{2fa1f}]/u;
const text = fc
  .array(fc.oneof(fc.lorem(), words, fc.string({ unit: 'grapheme-composite', maxLength: 20 })))
  .map((parts) => parts.join(' '))
  .filter((sample) => !BEYOND.test(sample));

it('agrees with the tokenizer of the model on random texts, and points at characters of each', async () => {
  const own = await WordPiece.load(path);
  const theirs = new PreTrainedTokenizer(JSON.parse(readFileSync(path, 'utf8')), {
    tokenizer_class: 'BertTokenizer',
    model_max_length: 512,
  });
  fc.assert(
    fc.property(text, (sample) => {
      const { ids, starts, ends } = own.encode(sample, 100_000);
      expect(ids).toEqual(theirs.encode(sample));
      let last = 0;
      for (const [i, start] of starts.entries()) {
        if (start < 0) continue;
        expect(start).toBeGreaterThanOrEqual(last);
        expect(ends[i]).toBeGreaterThan(start);
        last = start;
      }
      expect(Math.max(0, ...ends)).toBeLessThanOrEqual(sample.length);
    }),
    { numRuns: 150 },
  );
});
