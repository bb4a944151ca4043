import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateImageText } from '../../../src/cli/eval-image-text.ts';
import { packageRoot } from '../../../src/config.ts';
import { imageTextFigures, textsOf, type SeenLine } from '../../../src/evaluate/image-text.ts';

const coco = join(packageRoot, '../shared/data/images/coco/manifest.jsonl');

const seen = (id: string, texts: string[], vector: number[], label?: string): SeenLine => ({
  line: { id, file: id, source: 's', ...(label ? { label } : {}) },
  texts,
  vectors: { model: Float32Array.from(vector), conse: Float32Array.of(0, 0) },
});
const words = (texts: Record<string, number[]>) => ({
  model: new Map(Object.entries(texts).map(([text, vector]) => [text, Float32Array.from(vector)])),
  conse: new Map(Object.keys(texts).map((text) => [text, Float32Array.of(0, 0)])),
});

describe('imageTextFigures', () => {
  it('counts ranks both ways, ties as misses, and chance as it is', () => {
    const lines = [seen('a', ['one'], [1, 0]), seen('b', ['two'], [0, 1])];
    const figures = imageTextFigures(lines, words({ one: [1, 0], two: [1, 0] }));
    expect(figures).toMatchObject({
      n: 2,
      text_to_image: { 'recall@1': 50, 'recall@5': 100 },
      image_to_text: { 'recall@1': 0, 'recall@5': 100 },
      baseline: {
        conse: { text_to_image: { 'recall@1': 0, 'recall@5': 100 } },
        random: { text_to_image: { 'recall@1': 50, 'recall@5': 100 } },
      },
    });
  });

  it('measures zero-shot only where pictures share labels', () => {
    const texts = words({ 'a photo of x': [1, 0], 'a photo of y': [0, 1] });
    const shared = [
      seen('a', ['a photo of x'], [1, 0], 'x'),
      seen('b', ['a photo of x'], [0, 1], 'x'),
      seen('c', ['a photo of y'], [0, 1], 'y'),
    ];
    const figures = imageTextFigures(shared, texts) as { zero_shot: { top1: number } };
    expect(figures.zero_shot.top1).toBe(66.7);
    expect(imageTextFigures([shared[0], shared[2]] as SeenLine[], texts)).not.toHaveProperty('zero_shot');
  });

  it('says of a picture its captions, else its alt text and caption, else its label', () => {
    const line = { id: 'a', file: 'a', source: 's' };
    expect(textsOf({ ...line, captions: ['one'], label: 'x' })).toEqual(['one']);
    expect(textsOf({ ...line, alt: 'a', caption: 'c' })).toEqual(['a', 'c']);
    expect(textsOf({ ...line, label: 'Golden-Delicious' })).toEqual(['a photo of golden delicious']);
    expect(textsOf(line)).toEqual([]);
  });
});

describe.skipIf(!existsSync(coco))('on captioned photographs', () => {
  it('finds 96 of 100 among the first five, and more than ConSE', { timeout: 240_000 }, async () => {
    const report = await evaluateImageText({ manifests: [coco], limit: undefined, seed: 0 });
    const figures = report.sources['COCO 2017'] as Record<'text_to_image', Record<string, number>> & {
      baseline: { conse: { text_to_image: Record<string, number> } };
    };
    expect(figures.text_to_image['recall@5']).toBeGreaterThanOrEqual(96);
    expect(figures.text_to_image['recall@5']).toBeGreaterThan(figures.baseline.conse.text_to_image['recall@5'] ?? 0);
  });
});
