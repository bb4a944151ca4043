import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { keepApart, overlap, type FoundBox } from '../../../src/adapters/onnx/non-maximum.ts';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { packageRoot } from '../../../src/config.ts';
import { cropImage } from '../../../src/encode/crops.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';

const encoders = openEncoders({
  modelsDir: join(packageRoot, 'models'),
  device: 'cpu',
  threads: 1,
  log: pino({ level: 'silent' }),
});
afterAll(() => encoders.close());

const picture = async (name: string) =>
  (await decodeImage(await readFile(join(packageRoot, 'examples/images', name)), { maxPixels: 5e7 })).image;
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, d) => sum + value * (b[d] ?? 0), 0);

describe('the detector', () => {
  it('finds the cat and its box, inside the picture', async () => {
    const image = await picture('museum-cat.jpg');
    const found = await encoders.detector?.detect(image);
    expect(found?.things[0]).toMatchObject({ label: { label: 'cat' } });
    expect(found?.things[0]?.score).toBeGreaterThan(0.8);
    const box = found?.things[0]?.box;
    if (!box) throw new Error('no box');
    expect(box.width * box.height).toBeGreaterThan(0.4 * image.width * image.height);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(image.width);
  });

  it('gives each sheep of a flock a box of its own', async () => {
    const found = await encoders.detector?.detect(await picture('flock.jpg'));
    const sheep = found?.things.filter(({ label, score }) => label.label === 'sheep' && score > 0.5) ?? [];
    expect(sheep.length).toBeGreaterThan(1);
    expect(new Set(sheep.map(({ box }) => JSON.stringify(box))).size).toBe(sheep.length);
  });

  it('names a synset of WordNet for each of its 80 things', () => {
    const labels = encoders.detector?.labels ?? [];
    expect(labels).toHaveLength(80);
    expect(new Set(labels.map(({ synset }) => synset)).size).toBe(80);
  });
});

describe('keepApart', () => {
  const box = (index: number, score: number, left: number, right: number): FoundBox => ({
    index,
    score,
    left,
    right,
    top: 0,
    bottom: 1,
  });
  it('keeps the surest of boxes that overlap, and those of other kinds beside it', () => {
    const [a, b, c, d] = [box(1, 0.9, 0, 0.5), box(1, 0.8, 0.05, 0.5), box(1, 0.7, 0.5, 1), box(2, 0.6, 0, 0.3)];
    expect(keepApart([c, b, a, d].filter((one) => one !== undefined))).toEqual([a, c, d]);
  });
  it('is 1 for the same box and 0 for boxes that only touch', () => {
    expect(overlap(box(1, 1, 0, 0.5), box(1, 1, 0, 0.5))).toBeCloseTo(1);
    expect(overlap(box(1, 1, 0, 0.5), box(1, 1, 0.5, 1))).toBe(0);
  });
});

describe('pictures and words in one space', () => {
  it('gives the same vector from the picture and from what was seen in it already', async () => {
    const image = await picture('museum-cat.jpg');
    const crops = await encoders.image.classify(await cropImage(image));
    const found = await encoders.detector?.detect(image);
    const [whole] = (await encoders.imageText?.embedImages([image])) ?? [];
    const seen = await encoders.imageText?.embedSeen?.({ crops, objects: found?.scores ?? new Float32Array(80) });
    expect(Math.hypot(...(whole ?? []))).toBeCloseTo(1, 4);
    expect(dot(whole ?? new Float32Array(), seen ?? new Float32Array())).toBeGreaterThan(0.999);
  });

  it('puts a picture nearer to words that tell of it than to others', async () => {
    const [cat] = (await encoders.imageText?.embedImages([await picture('museum-cat.jpg')])) ?? [];
    const words = ['a cat looking at you', 'a bowl of fruit', 'a train in a station'];
    const vectors = (await encoders.imageText?.embedTexts(words)) ?? [];
    const [first = 0, ...others] = vectors.map((vector) => dot(vector, cat ?? new Float32Array()));
    expect(first).toBeGreaterThan(Math.max(...others) + 0.2);
    expect(await encoders.imageText?.embedTexts([])).toEqual([]);
  });
});
