import { expect, test } from 'vitest';
import { clapFiles, clipFiles, EMBEDDINGS, HIDDEN, siglipFiles, VOCAB, writeModel } from '../../fixtures/hub-models.ts';
import { randomWeights } from '../../fixtures/onnx-writer.ts';
import { cosine, openHub, plain, temporaryFolder } from './hub.ts';

/** Rows · matrix [rows.length × columns], unit norm. */
function project(row: readonly number[], seed: number, columns: number): number[] {
  const { data } = randomWeights(seed, row.length, columns);
  const out = Array.from({ length: columns }, (_, c) => row.reduce((sum, v, r) => sum + v * data[r * columns + c]!, 0));
  const norm = Math.hypot(...out);
  return out.map((value) => value / norm);
}

function textVector(tokens: readonly string[], seed: number, columns: number): number[] {
  const ids = tokens.map((token) => VOCAB.indexOf(token));
  const mean = Array.from(
    { length: HIDDEN },
    (_, d) => ids.reduce((sum, id) => sum + EMBEDDINGS.data[id * HIDDEN + d]!, 0) / ids.length,
  );
  return project(mean, seed, columns);
}

/** As the preprocessor's configuration says: 0…255 → −1…1. */
const colour = (...rgb: readonly number[]) => rgb.map((value) => value / 127.5 - 1);

test.each([
  ['CLIP', clipFiles, 6],
  ['SigLIP', siglipFiles, 5],
] as const)('%s: pictures and words in one space, in batches, in order', async (_, files, dimension) => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/both', files(dimension));
  await using hub = await openHub(folder.path, { imageText: 'tiny/both' });
  const encoder = hub.imageText!;
  expect(encoder.space).toMatchObject({ name: `tiny/both@${encoder.info.version}`, dimension });
  const colours = [
    [250, 10, 10],
    [0, 90, 255],
    [40, 200, 30],
    [9, 9, 9],
    [255, 255, 0],
    [120, 60, 180],
  ] as const;
  const vectors = await encoder.embedImages(colours.map(([r, g, b], i) => plain(r, g, b, 9 + i, 13 - i)));
  expect(vectors).toHaveLength(6);
  for (const [i, rgb] of colours.entries())
    expect(cosine(vectors[i], project(colour(...rgb), 3, dimension))).toBeCloseTo(1, 4);
  const [dog, boat] = await encoder.embedTexts(['The dog runs', 'a boat on the sea.']);
  expect(cosine(dog, textVector(['[CLS]', 'the', 'dog', 'run', '##s', '[SEP]'], 2, dimension))).toBeCloseTo(1, 5);
  expect(cosine(boat, textVector(['[CLS]', 'a', 'boat', 'on', 'the', 'sea', '.', '[SEP]'], 2, dimension))).toBeCloseTo(
    1,
    5,
  );
  expect(await encoder.embedTexts([])).toEqual([]);
  expect(encoder.info.device).toBe('cpu');
});

test('a text that is too long keeps its closing token', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/clip', {
    ...clipFiles(),
    'config.json': { model_type: 'clip', projection_dim: 6, text_config: { max_position_embeddings: 5 } },
  });
  await using hub = await openHub(folder.path, { imageText: 'tiny/clip' });
  const [vector] = await hub.imageText!.embedTexts(['dog dog dog dog dog dog']);
  expect(cosine(vector, textVector(['[CLS]', 'dog', 'dog', 'dog', '[SEP]'], 2, 6))).toBeCloseTo(1, 5);
});

test('CLAP: long sounds are heard whole, the same each time, short and empty ones too', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/clap', clapFiles());
  await using hub = await openHub(folder.path, { soundText: 'tiny/clap' });
  const encoder = hub.soundText!;
  const tone = (hertz: number, seconds: number) =>
    Float32Array.from({ length: seconds * 16_000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / 16_000));
  const low = tone(200, 1);
  const high = tone(5000, 1);
  const both = new Float32Array(32_000);
  both.set(low);
  both.set(high, 16_000);
  const [a, b, ab, again, short, empty] = await encoder.embedSounds([
    low,
    high,
    both,
    both,
    tone(200, 0.3),
    new Float32Array(),
  ]);
  expect(a).toHaveLength(6);
  expect(cosine(a, a)).toBeCloseTo(1, 5);
  expect(cosine(a, b)).toBeLessThan(0.999);
  // Both seconds count alike: what is heard is the mean of the two.
  const mean = a!.map((value, d) => value + b![d]!);
  expect(
    cosine(
      ab,
      mean.map((value) => value / Math.hypot(...mean)),
    ),
  ).toBeGreaterThan(0.9999);
  expect([...ab!]).toEqual([...again!]);
  expect(short).toHaveLength(6);
  expect(empty!.every(Number.isFinite)).toBe(true);
  const [bark] = await encoder.embedTexts(['a dog bark']);
  expect(cosine(bark, textVector(['[CLS]', 'a', 'dog', 'bark', '[SEP]'], 4, 6))).toBeCloseTo(1, 5);
});

test('a model whose vectors are not as long as its config.json says is refused with its folder', async () => {
  await using folder = await temporaryFolder();
  const path = await writeModel(folder.path, 'tiny/clip', {
    ...clipFiles(6),
    'config.json': { model_type: 'clip', projection_dim: 7 },
  });
  await using hub = await openHub(folder.path, { imageText: 'tiny/clip' });
  await expect(hub.imageText!.embedTexts(['a dog'])).rejects.toMatchObject({
    code: 'MODEL_CORRUPT',
    message: expect.stringMatching(new RegExp(`${path}.*6 numbers a vector where its config.json says 7`)),
  });
});
