import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluateGrounding } from '../../src/cli/eval-grounding.ts';
import { packageRoot } from '../../src/config.ts';

let folder: string;
let manifest: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-grounding-'));
  await copyFile(join(packageRoot, 'examples/images/museum-cat.jpg'), join(folder, 'cat.jpg'));
  manifest = join(folder, 'manifest.jsonl');
  const lines = [
    {
      id: 'cat',
      task: 'captioned_image',
      file: 'cat.jpg',
      source: 'Made',
      objects: [{ category: 'cat', bbox: [0, 0, 405, 298] }],
    },
    { id: 'bare', task: 'captioned_image', file: 'cat.jpg', source: 'Bare' },
    { id: 'other', task: 'video', file: 'cat.jpg', source: 'Films' },
  ];
  await writeFile(manifest, lines.map((line) => JSON.stringify(line)).join('\n'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('measures boxes by source beside what each part gives alone, and names what it can’t measure', async () => {
  const report = await evaluateGrounding({ manifests: [manifest], half: 'all', limit: undefined, seed: 0 });
  expect(report).toMatchObject({ eval: 'grounding', model: 'coco-ssd+image-text' });
  expect(report.sources['Made']).toMatchObject({
    n: 1,
    pictures: 1,
    'hit@0.5': 100,
    answered: 100,
    baseline: { detector: { 'hit@0.5': 100 }, map: { answered: 100 }, centre: { answered: 100 } },
  });
  expect(report.sources['Bare (skipped)']).toEqual({ skipped: '1 pictures without boxes' });
  expect(report.sources['Films (skipped)']).toEqual({ skipped: '1 lines of another task' });
});

it('says so where no picture has boxes', async () => {
  const options = { manifests: [manifest], half: 'odd', limit: undefined, seed: 0 } as const;
  await expect(evaluateGrounding(options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
