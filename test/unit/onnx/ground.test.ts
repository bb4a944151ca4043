import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { packageRoot } from '../../../src/config.ts';
import { cropImage } from '../../../src/encode/crops.ts';
import { encodePicture } from '../../../src/encode/encode-picture.ts';
import { groundBytes } from '../../../src/ground-asset.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';

const encoders = openEncoders({
  modelsDir: join(packageRoot, 'models'),
  device: 'cpu',
  threads: 1,
  log: pino({ level: 'silent' }),
});
afterAll(() => encoders.close());

const limits = { maxPixels: 5e7 };
const lexicon = new WordNet();
const bytesOf = (name: string) => readFile(join(packageRoot, 'examples/images', name));
const ground = async (name: string, phrase: string) =>
  groundBytes(await bytesOf(name), phrase, { encoders, lexicon, limits });

describe('a phrase in a picture', () => {
  it('is found by the detector where it is of a kind that it knows, in pixels of the original', async () => {
    const found = await ground('museum-cat.jpg', 'the cat');
    expect(found).toMatchObject({ model: 'coco-ssd', region: { type: 'ImageRegion' } });
    expect(found?.score).toBeGreaterThan(0.8);
    expect(found?.region.width).toBeGreaterThan(200);
  });

  it('is nowhere where the detector finds no such thing', async () => {
    expect(await ground('museum-cat.jpg', 'an elephant')).toBeNull();
  });

  it('is found in the space of words where it is of no kind that the detector knows', async () => {
    const { image } = await decodeImage(await bytesOf('wooden-building.jpg'), limits);
    const found = await ground('wooden-building.jpg', 'a barn');
    expect(found).toMatchObject({ model: 'image-text' });
    const { x = 0, y = 0, width = 0, height = 0 } = found?.region ?? {};
    // The building stands in the middle, below the sky.
    expect(x).toBeGreaterThan(0.1 * image.width);
    expect(y).toBeGreaterThan(0.1 * image.height);
    expect(x + width).toBeLessThanOrEqual(image.width);
    expect(y + height).toBeLessThan(0.9 * image.height);
    expect(await ground('wooden-building.jpg', 'a guitar')).toBeNull();
  });

  it('must have words, not too many', async () => {
    await expect(ground('museum-cat.jpg', '  ')).rejects.toMatchObject({ code: 'EMPTY' });
    await expect(ground('museum-cat.jpg', 'cat '.repeat(60))).rejects.toMatchObject({ code: 'TOO_LONG' });
  });
});

it('the cells of a picture are as many as the feature map has, and their mean is its feature', async () => {
  const { image } = await decodeImage(await bytesOf('museum-cat.jpg'), limits);
  const [one] = await encoders.image.classify(await cropImage(image), undefined, { cells: true });
  const { feature, cells } = one ?? { feature: new Float32Array() };
  expect(cells).toHaveLength(81 * feature.length);
  for (const f of [0, 7, feature.length - 1]) {
    const mean =
      Array.from({ length: 81 }, (_, c) => cells?.[c * feature.length + f] ?? 0).reduce((a, b) => a + b) / 81;
    expect(mean).toBeCloseTo(feature[f] ?? NaN, 4);
  }
  const [plain] = await encoders.image.classify([image]);
  expect(plain?.cells).toBeUndefined();
});

it('a sure label of a picture is read where it is seen, an unsure one on the whole picture', async () => {
  const { image } = await decodeImage(await bytesOf('wooden-building.jpg'), limits);
  const whole = { type: 'ImageRegion', x: 0, y: 0, width: image.width, height: image.height } as const;
  const seen = await encodePicture(
    {
      assetId: 'Asset:a',
      kind: 'IMAGE',
      ordinal: 0,
      image,
      whole,
      locate: (box) => ({ type: 'ImageRegion', ...box }),
    },
    encoders,
  );
  const labels = seen.readings.filter(({ id }) => id.includes(':label:'));
  expect(labels.length).toBeGreaterThan(0);
  for (const { score, locator } of labels) {
    if (score < 0.3) expect(locator).toEqual(whole);
    else expect(locator).not.toEqual(whole);
  }
  expect(labels.some(({ score }) => score >= 0.3)).toBe(true);
});
