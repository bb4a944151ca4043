import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { evaluateAudio } from '../../src/cli/eval-audio.ts';
import { configureEval } from '../../src/cli/eval-encoders.ts';
import { evaluateImageText } from '../../src/cli/eval-image-text.ts';
import { evaluateRetrieval } from '../../src/cli/eval.ts';
import { clapFiles, clipFiles, textFiles, writeModel } from '../fixtures/hub-models.ts';
import { wav } from '../fixtures/wav.ts';

let folder: string;
const write = async (name: string, lines: readonly object[]) => {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  return path;
};
/** The data directory's own `hub/`, where the profile looks without SENSEGRAPH_HUB_DIR. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-profile-'));
  const hub = join(folder, 'data/hub');
  await writeModel(hub, 'tiny/text', textFiles());
  await writeModel(hub, 'tiny/clip', clipFiles());
  await writeModel(hub, 'tiny/clap', clapFiles());
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

function useHub(): void {
  vi.stubEnv('SENSEGRAPH_DATA', join(folder, 'data'));
  vi.stubEnv('SENSEGRAPH_TEXT_MODEL', 'tiny/text');
  vi.stubEnv('SENSEGRAPH_IMAGE_MODEL', 'tiny/clip');
  vi.stubEnv('SENSEGRAPH_SOUND_MODEL', 'tiny/clap');
}

describe('eval --profile', () => {
  it('refuses a profile it does not know, and names what one that it knows still needs', () => {
    expect(() => configureEval('cloud')).toThrow(/no profile cloud. Known: embedded, hub, remote/);
    expect(() => configureEval('hub')).toThrow(/set SENSEGRAPH_TEXT_MODEL/);
    expect(() => configureEval('remote')).toThrow(/set SENSEGRAPH_EMBEDDINGS_URL/);
    expect(configureEval('embedded').profile).toEqual({ kind: 'embedded' });
  });

  it('leaves the hub’s models in the user’s own data directory when it measures in another', () => {
    useHub();
    const config = configureEval('hub', '/elsewhere');
    expect(config.dataDir).toBe('/elsewhere');
    expect(config.profile).toMatchObject({ kind: 'hub', dir: join(folder, 'data/hub'), text: 'tiny/text' });
  });

  it('measures pictures and words by the hub’s model', async () => {
    useHub();
    const pictures = ['red', 'lime', 'blue'].map(async (background, i) => {
      await sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toFile(join(folder, `${i}.png`));
      return { id: `${i}`, task: 'captioned_image', file: `${i}.png`, captions: ['a dog', 'a cat'], source: 'Made' };
    });
    const manifests = [await write('pictures.jsonl', await Promise.all(pictures))];
    const report = await evaluateImageText({ manifests, limit: undefined, seed: 0, profile: 'hub' });
    expect(report).toMatchObject({ sources: { Made: { n: 3 } } });
    expect(JSON.stringify(report)).toContain('"model":"tiny/clip');
  });

  it('measures sounds by the hub’s model, which has no labels to compare with a teacher’s', async () => {
    useHub();
    const clips = [0, 1, 2, 3].map(async (i) => {
      const tone = Array.from({ length: 16_000 }, (_, t) => 0.4 * Math.sin(t * (0.05 + 0.3 * (i % 2))));
      await writeFile(join(folder, `${i}.wav`), wav(tone, 16_000));
      return { id: `${i}`, task: 'audio_classification', file: `${i}.wav`, label: `${i % 2}`, source: 'Made' };
    });
    const manifests = [await write('clips.jsonl', await Promise.all(clips))];
    const teacher = await write('teacher.jsonl', [{ id: '0', top5: ['a', 'b', 'c', 'd', 'e'] }]);
    const report = await evaluateAudio({ manifests, teacher, limit: undefined, seed: 0, profile: 'hub' });
    expect(report).toMatchObject({ sources: { Made: { n: 4, classes: 2 } } });
    expect(JSON.stringify(report)).toMatch(/"model":"tiny\/clap/);
    expect(JSON.stringify(report)).not.toContain('top5_agreement');
  });

  it('measures retrieval by the hub’s text model, in a data directory of its own', async () => {
    useHub();
    const corpus = await write('corpus.jsonl', [
      { id: 'boats', title: 'Boats', text: 'The boat runs on the sea. The Aurora was built in Bergen.' },
      { id: 'dogs', title: 'Dogs', text: 'A dog runs. Dogs bark.' },
    ]);
    const question = 'Where was the Aurora built?';
    const manifests = [
      await write('questions.jsonl', [
        { id: 'q', task: 'multihop_qa', question, answer: 'Bergen', supporting_passages: ['boats'], source: 'Made' },
      ]),
    ];
    const options = { corpus, manifests, recipe: 'default', limit: undefined, seed: 0, data: undefined } as const;
    const { report } = await evaluateRetrieval({ ...options, profile: 'hub' });
    expect(report).toMatchObject({ sources: { Made: { n: 1, 'recall@2': 100 } }, index: { passages: 2 } });
    expect(JSON.stringify(report)).toMatch(/"model":"tiny\/text/);
  });
});
