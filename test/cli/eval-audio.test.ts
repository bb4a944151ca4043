import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateAudio } from '../../src/cli/eval-audio.ts';
import { dataPack } from '../data-pack.ts';
import { wav } from '../fixtures/wav.ts';

const RATE = 16_000;
const CLIPS = 6;

/** A tone of its own height, a noise of its own level, or ticks at a rate of their own. */
const MADE: Record<string, (k: number) => (i: number) => number> = {
  tone: (k) => (i) => 0.5 * Math.sin((2 * Math.PI * (300 + 60 * k) * i) / RATE),
  noise: (k) => {
    let state = k + 1;
    return () => ((state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * (0.2 + 0.1 * k);
  },
  ticks: (k) => (i) => (i % (3000 + 400 * k) < 40 ? (i % 2 ? 0.8 : -0.8) : 0),
};

let folder: string;
let manifest: string;
let lines: { id: string; task: string; file: string; label: string; source: string }[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-audio-'));
  manifest = join(folder, 'manifest.jsonl');
  lines = Object.keys(MADE).flatMap((label) =>
    Array.from({ length: CLIPS }, (_, k) => ({
      id: `${label}-${k}`,
      task: 'audio_classification',
      file: `${label}-${k}.wav`,
      label,
      source: 'Made',
    })),
  );
  for (const { label, file } of lines) {
    const wave = MADE[label]?.(lines.findIndex((line) => line.file === file) % CLIPS);
    if (wave)
      await writeFile(
        join(folder, file),
        wav(
          Array.from({ length: 2 * RATE }, (_, i) => wave(i)),
          RATE,
        ),
      );
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (more: object[] = []) =>
  writeFile(manifest, [...lines, ...more].map((line) => JSON.stringify(line)).join('\n'));

describe('eval audio', () => {
  it('tells tones, noise and ticks apart; leaves damaged clips out and counts them', async () => {
    await writeFile(join(folder, 'damaged.wav'), Buffer.from('RIFF\u0010\u0000\u0000\u0000WAVEfmt '));
    await write([
      { id: 'damaged', task: 'audio_classification', file: 'damaged.wav', label: 'tone', source: 'Made' },
      { id: 'other', task: 'captioned_image', file: 'none.png', source: 'Pictures' },
    ]);
    const report = await evaluateAudio({ manifests: [manifest], teacher: undefined, limit: undefined, seed: 0 });
    expect(report).toMatchObject({
      eval: 'audio',
      model: 'sound-events',
      unreadable: 1,
      sources: {
        Made: { n: 18, classes: 3, folds: 5 },
        'Pictures (skipped)': { skipped: '1 lines without the task audio_classification' },
      },
    });
    const { sources } = report as { sources: { Made: { probe_accuracy: number; knn5_accuracy: number } } };
    expect(sources.Made.probe_accuracy).toBeGreaterThan(90);
    expect(sources.Made.knn5_accuracy).toBeGreaterThan(80);
  });

  it('takes a teacher’s five best labels, and refuses a file that has none', async () => {
    await write();
    const teacher = join(folder, 'teacher.jsonl');
    const top5 = ['Sine wave', 'Synthesizer', 'Music', 'Musical instrument', 'Beep, bleep'];
    await writeFile(teacher, JSON.stringify({ id: 'tone-0', top5 }));
    const options = { manifests: [manifest], teacher, limit: undefined, seed: 0 };
    expect(await evaluateAudio(options)).toMatchObject({ sources: { Made: { top5_agreement_n: 1 } } });
    await writeFile(teacher, JSON.stringify({ id: 'tone-0', best: top5 }));
    await expect(evaluateAudio(options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('refuses a manifest without clips, and one whose files are nowhere', async () => {
    await writeFile(manifest, JSON.stringify({ id: 'x', task: 'video', file: 'x.mp4' }));
    const options = { manifests: [manifest], teacher: undefined, limit: undefined, seed: 0 };
    await expect(evaluateAudio(options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await writeFile(manifest, JSON.stringify({ ...lines[0], file: 'nowhere/at-all.wav' }));
    await expect(evaluateAudio(options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  const esc10 = dataPack('audio/esc10/manifest.jsonl');
  it.skipIf(!esc10)('stays where the card says on ESC-10’s development clips', async () => {
    const report = await evaluateAudio({ manifests: [esc10 ?? ''], teacher: undefined, limit: undefined, seed: 0 });
    const { sources } = report as { sources: { 'ESC-10': { n: number; probe_accuracy: number } } };
    expect(sources['ESC-10'].n).toBe(100);
    // 0.9 of the teacher's own 90.
    expect(sources['ESC-10'].probe_accuracy).toBeGreaterThanOrEqual(81);
  });
});
