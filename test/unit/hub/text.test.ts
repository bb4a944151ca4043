import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EMBEDDINGS, HIDDEN, textFiles, VOCAB, writeModel } from '../../fixtures/hub-models.ts';
import { cosine, modelsDir, openHub, temporaryFolder } from './hub.ts';

/** What the tiny model gives, by hand: mean over `span` of tanh(embedding + mean embedding), unit norm. */
function expected(tokens: readonly string[], span: readonly number[]): number[] {
  const rows = tokens.map((token) => {
    const id = VOCAB.indexOf(token);
    return Array.from(EMBEDDINGS.data.slice(id * HIDDEN, (id + 1) * HIDDEN));
  });
  const mean = rows[0]!.map((_, d) => rows.reduce((sum, row) => sum + row[d]!, 0) / rows.length);
  const out = mean.map((m, d) => span.reduce((sum, i) => sum + Math.tanh(rows[i]![d]! + m), 0));
  const norm = Math.hypot(...out);
  return out.map((value) => value / norm);
}

test('mean pooling, padding left out, spans from the same pass', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/text', textFiles());
  await using hub = await openHub(folder.path, { text: 'tiny/text' });
  expect(hub.text.info.device).toBe('not loaded');
  const [long, short] = await hub.text.embed(
    [
      {
        text: 'The dog runs on the sea.',
        spans: [
          { start: 4, end: 12 },
          { start: 20, end: 24 },
        ],
      },
      { text: 'a cat' },
    ],
    'passage',
  );
  const tokens = ['[CLS]', 'the', 'dog', 'run', '##s', 'on', 'the', 'sea', '.', '[SEP]'];
  expect(cosine(long?.vector, expected(tokens, [...tokens.keys()]))).toBeCloseTo(1, 5);
  expect(cosine(long?.spanVectors[0], expected(tokens, [2, 3, 4]))).toBeCloseTo(1, 5);
  expect(cosine(long?.spanVectors[1], expected(tokens, [7, 8]))).toBeCloseTo(1, 5);
  const few = ['[CLS]', 'a', 'cat', '[SEP]'];
  expect(cosine(short?.vector, expected(few, [...few.keys()]))).toBeCloseTo(1, 5);
  expect(hub.text.info.device).toBe('cpu');
  expect(hub.text.space).toEqual({
    name: `tiny/text@${hub.text.info.version}`,
    model: 'tiny/text',
    version: hub.text.info.version,
    dimension: HIDDEN,
  });
});

test('the files of sentence-transformers decide pooling and prompts', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/cls', {
    ...textFiles(),
    '1_Pooling/config.json': { word_embedding_dimension: HIDDEN, pooling_mode_cls_token: true },
    'config_sentence_transformers.json': { prompts: { query: 'the sea ' } },
  });
  await using hub = await openHub(folder.path, { text: 'tiny/cls' });
  const [passage] = await hub.text.embed([{ text: 'a cat' }], 'passage');
  const [query] = await hub.text.embed([{ text: 'a cat', spans: [{ start: 2, end: 5 }] }], 'query');
  expect(cosine(passage?.vector, expected(['[CLS]', 'a', 'cat', '[SEP]'], [0]))).toBeCloseTo(1, 5);
  const asked = ['[CLS]', 'the', 'sea', 'a', 'cat', '[SEP]'];
  expect(cosine(query?.vector, expected(asked, [0]))).toBeCloseTo(1, 5);
  expect(cosine(query?.spanVectors[0], expected(asked, [4]))).toBeCloseTo(1, 5);
});

test('where the offsets are not known, a span is embedded by its own words', async () => {
  await using folder = await temporaryFolder();
  const files = textFiles();
  const tokenizer = structuredClone(files['tokenizer.json']);
  tokenizer.normalizer.lowercase = false;
  await writeModel(folder.path, 'tiny/cased', { ...files, 'tokenizer.json': tokenizer });
  await using hub = await openHub(folder.path, { text: 'tiny/cased' });
  const [result] = await hub.text.embed([{ text: 'The sea', spans: [{ start: 4, end: 7 }] }], 'passage');
  const whole = ['[CLS]', '[UNK]', 'sea', '[SEP]'];
  expect(cosine(result?.vector, expected(whole, [0, 1, 2, 3]))).toBeCloseTo(1, 5);
  expect(cosine(result?.spanVectors[0], expected(['[CLS]', 'sea', '[SEP]'], [0, 1, 2]))).toBeCloseTo(1, 5);
});

test('texts longer than the model reads are cut, spans beyond the cut get the vector of the text', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/text', textFiles());
  await using hub = await openHub(folder.path, { text: 'tiny/text' });
  const text = 'dog '.repeat(100);
  const [result] = await hub.text.embed([{ text, spans: [{ start: 396, end: 399 }] }], 'passage');
  const cut = ['[CLS]', ...Array<string>(30).fill('dog'), '[SEP]'];
  expect(cosine(result?.vector, expected(cut, [...cut.keys()]))).toBeCloseTo(1, 5);
  expect(cosine(result?.spanVectors[0], result?.vector)).toBeCloseTo(1, 5);
});

test('other weights make another version, so another space', async () => {
  await using folder = await temporaryFolder();
  const path = await writeModel(folder.path, 'tiny/text', textFiles());
  await using before = await openHub(folder.path, { text: 'tiny/text' });
  await using same = await openHub(folder.path, { text: 'tiny/text' });
  expect(same.text.space).toEqual(before.text.space);
  const file = join(path, 'onnx/model.onnx');
  const bytes = await readFile(file);
  bytes.writeFloatLE(0.25, bytes.indexOf(Buffer.from(EMBEDDINGS.data.buffer)) + 16);
  await writeFile(file, bytes);
  await using after = await openHub(folder.path, { text: 'tiny/text' });
  expect(after.text.space.name).not.toBe(before.text.space.name);
});

test('a real BGE in the hub’s layout gives what the embedded pack gives, spans too', async () => {
  await using folder = await temporaryFolder();
  const path = await writeModel(folder.path, 'any/bge-small-en-v1.5', {
    'config.json': { model_type: 'bert', architectures: ['BertModel'], hidden_size: 384, max_position_embeddings: 512 },
    'tokenizer_config.json': { tokenizer_class: 'BertTokenizer', model_max_length: 512, do_lower_case: true },
  });
  const source = join(modelsDir, 'bge-small-en-v1.5');
  await copyFile(join(source, 'tokenizer.json'), join(path, 'tokenizer.json'));
  await mkdir(join(path, 'onnx'));
  await symlink(join(source, 'model.onnx'), join(path, 'onnx/model_quantized.onnx'));
  await using hub = await openHub(folder.path, { text: 'any/bge-small-en-v1.5' });
  await using embedded = await openHub(folder.path, {});
  const text = 'The lighthouse at Fårö was built in 1885. It warns ships off the north-eastern reef — 29 metres high!';
  const inputs = [
    {
      text,
      spans: [
        { start: 0, end: 41 },
        { start: 42, end: text.length },
      ],
    },
    { text: 'a reef' },
  ];
  // One by one: the weights' activations are quantised over a batch, so what else is in it moves a vector by 0.5 %.
  for (const role of ['query', 'passage'] as const) {
    for (const input of inputs) {
      const [[ours], [theirs]] = [await hub.text.embed([input], role), await embedded.text.embed([input], role)];
      expect(cosine(ours?.vector, theirs?.vector)).toBeGreaterThan(0.9999);
      expect(ours?.spanVectors).toHaveLength(input.spans?.length ?? 0);
      for (const [s, vector] of (ours?.spanVectors ?? []).entries())
        expect(cosine(vector, theirs?.spanVectors[s])).toBeGreaterThan(0.9999);
    }
  }
});

test('a caller that no longer waits ends its texts', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/text', textFiles());
  await using hub = await openHub(folder.path, { text: 'tiny/text' });
  await expect(hub.text.embed([{ text: 'a' }], 'query', AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
