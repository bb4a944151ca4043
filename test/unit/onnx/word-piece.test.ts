import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { describe, expect, it } from 'vitest';
import { WordPiece } from '../../../src/adapters/onnx/word-piece.ts';
import { packageRoot } from '../../../src/config.ts';

const path = join(packageRoot, 'models/bge-small-en-v1.5/tokenizer.json');
const texts = readdirSync(join(packageRoot, 'examples/texts')).map((name) =>
  readFileSync(join(packageRoot, 'examples/texts', name), 'utf8'),
);
const odd = [
  'Café Zürich naïve Straße ÅNGSTRÖM',
  'Tokyo 東京 means “Eastern Capital”.',
  'emoji 🐱‍👤 and 👍🏽 here',
  'https://example.org/a_b?c=d&e=%20f',
  `${'x'.repeat(120)} longword`,
  "don't can't O'Brien's 3.14 1,000 $5 50% a+b=c",
  'tab\tnew\nline\u00a0nbsp\u200bzero',
  '',
  'Alû; Ṣan‘ā’; Ελλάδα; Привет',
];

describe('WordPiece', () => {
  it('gives the ids of the tokenizer that the model was trained with', async () => {
    const own = await WordPiece.load(path);
    const theirs = new PreTrainedTokenizer(JSON.parse(readFileSync(path, 'utf8')), {
      tokenizer_class: 'BertTokenizer',
      model_max_length: 512,
    });
    for (const text of [...texts, ...odd]) expect(own.encode(text, 100_000).ids, text).toEqual(theirs.encode(text));
  });

  it('says where in the text each token stands', async () => {
    const own = await WordPiece.load(path);
    const text = 'Café “Zürich” 東京, lighthouses!';
    const { starts, ends } = own.encode(text, 512);
    const pieces = starts.flatMap((start, i) => (start < 0 ? [] : [text.slice(start, ends[i])]));
    expect(pieces.join('')).toBe('Café“Zürich”東京,lighthouses!');
    expect(pieces.slice(0, 2)).toEqual(['Café', '“']);
  });

  it('cuts at the limit and still closes the sequence', async () => {
    const own = await WordPiece.load(path);
    const { ids } = own.encode('word '.repeat(600), 512);
    expect(ids).toHaveLength(512);
    expect([ids[0], ids.at(-1)]).toEqual([101, 102]);
  });
});
