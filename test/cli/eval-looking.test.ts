import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateCaption } from '../../src/cli/eval-caption.ts';
import { evaluateQa } from '../../src/cli/eval-qa.ts';
import { packageRoot } from '../../src/config.ts';
import { dataPack } from '../data-pack.ts';

let folder: string;
let manifest: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-looking-eval-'));
  manifest = join(folder, 'manifest.jsonl');
  for (const name of ['flock.jpg', 'museum-cat.jpg'])
    await writeFile(join(folder, name), await readFile(join(packageRoot, 'examples/images', name)));
  await writeFile(join(folder, 'damaged.jpg'), 'no picture');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (...lines: object[]) => writeFile(manifest, lines.map((line) => JSON.stringify(line)).join('\n'));
const options = () => ({
  manifests: [manifest],
  limit: undefined,
  seed: 0,
  profile: undefined,
  corpora: [],
  data: undefined,
});

describe('eval caption', () => {
  it('measures captions beside a template and another picture, and leaves out what is damaged', async () => {
    const task = 'captioned_image';
    await write(
      {
        id: 'a',
        task,
        file: 'flock.jpg',
        captions: ['A flock of sheep stands in a green field.', 'Sheep on a meadow.'],
        source: 'Made',
      },
      {
        id: 'b',
        task,
        file: 'museum-cat.jpg',
        captions: ['A cat looks into the camera.', 'A close-up of a cat.'],
        source: 'Made',
      },
      { id: 'c', task, file: 'damaged.jpg', captions: ['Nothing.'], source: 'Made' },
      { id: 'd', task: 'video', file: 'x.mp4', source: 'Films' },
    );
    const report = await evaluateCaption(options());
    expect(report).toMatchObject({
      eval: 'caption',
      model: 'smollm2-looking',
      unreadable: 1,
      sources: { Made: { n: 2 }, 'Films (skipped)': { skipped: '1 lines of another task' } },
    });
    const made = report.sources['Made'] as { cider: number; loss_true: number; loss_shuffled: number };
    expect(made.cider).toBeGreaterThanOrEqual(0);
    expect(made.loss_true).toBeLessThan(made.loss_shuffled);
  });

  it('refuses a manifest without captions, and a profile that is none', async () => {
    await write({ id: 'd', task: 'video', file: 'x.mp4' });
    await expect(evaluateCaption(options())).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await write({ id: 'a', task: 'captioned_image', file: 'flock.jpg', captions: ['Sheep.'] });
    await expect(evaluateCaption({ ...options(), profile: 'hubb' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('SENSEGRAPH_PROFILE'),
    });
  });

  const coco = dataPack('images/coco/manifest.jsonl');
  it.skipIf(!coco)('looks at photographs of the development data', async () => {
    const report = await evaluateCaption({ ...options(), manifests: [coco ?? ''], limit: 3 });
    const made = report.sources['COCO 2017'] as { n: number; loss_true: number; loss_shuffled: number };
    expect(made.n).toBe(3);
    expect(made.loss_true).toBeLessThan(made.loss_shuffled);
  });
});

describe('eval qa', () => {
  it('asks statements, choices and free words about pictures as a user does, verifies, and names what it skips', async () => {
    await write(
      {
        id: 'a',
        task: 'image_statement_verification',
        file: 'flock.jpg',
        statement: 'There is a car in the picture.',
        answer: 'false',
        source: 'Made',
      },
      {
        id: 'b',
        task: 'caption_choice',
        file: 'museum-cat.jpg',
        choices: ['Two trucks on a road.', 'A cat looks into the camera.'],
        answer_index: 1,
        source: 'Made',
      },
      {
        id: 'c',
        task: 'visual_question',
        file: 'museum-cat.jpg',
        question: 'What animal is it?',
        answer: 'cat',
        source: 'Made',
      },
      { id: 'd', task: 'multihop_qa', question: 'Who?', answer: 'She', source: 'Texts' },
      { id: 'e', task: 'visual_question', file: 'damaged.jpg', question: 'What?', answer: 'x', source: 'Made' },
    );
    const report = await evaluateQa(options());
    expect(report).toMatchObject({
      eval: 'qa',
      model: expect.stringContaining('smollm2-looking'),
      unreadable: 1,
      sources: {
        Made: { n: 3, decided_n: 2, accuracy: 100, chance: 50, verified: 100 },
        'Texts (skipped)': { skipped: expect.stringContaining('--corpus') },
      },
    });
    const { accuracy_95: interval } = report.sources['Made'] as { accuracy_95: [number, number] };
    expect(interval[0]).toBeLessThan(interval[1]);
  });

  it('opens no model where nothing is about a picture', async () => {
    await write({ id: 'd', task: 'multihop_qa', question: 'Who?', answer: 'She', source: 'Texts' });
    expect(await evaluateQa(options())).toMatchObject({ model: 'none', sources: { 'Texts (skipped)': {} } });
  });

  it('takes figures of a corpus in: their pictures are seen, their captions read', { timeout: 120_000 }, async () => {
    const corpus = join(folder, 'figures.jsonl');
    const figure = {
      id: 'f',
      file: 'museum-cat.jpg',
      caption: 'The cat of the museum is called Tabitha.',
      module_title: 'The museum',
    };
    await writeFile(
      corpus,
      `${JSON.stringify({ id: 'p', title: 'The hall', text: 'The hall was built in 1811.' })}\n${JSON.stringify(figure)}`,
    );
    await write(
      {
        id: 'a',
        task: 'short_answer_qa',
        question: 'What is the cat of the museum called?',
        answer: 'Tabitha',
        source: 'Made',
      },
      { id: 'b', task: 'short_answer_qa', question: 'How many pictures show a cat?', answer: '1', source: 'Made' },
    );
    const report = await evaluateQa({ ...options(), corpora: [corpus] });
    expect(report.sources['Made']).toMatchObject({ n: 2, em: 100, verified: 100 });
    await writeFile(corpus, JSON.stringify({ ...figure, file: 'none.jpg' }));
    await expect(evaluateQa({ ...options(), corpora: [corpus] })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  const statements = dataPack('images/coco/statements.jsonl');
  it.skipIf(!statements)('answers lines of the development data', async () => {
    const report = await evaluateQa({ ...options(), manifests: [statements ?? ''], limit: 3 });
    const counts = Object.values(report.sources).map((source) => (source as { n: number }).n);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(3);
  });
});
