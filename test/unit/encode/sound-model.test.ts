import { expect, it } from 'vitest';
import type { Asset } from '../../../src/domain.ts';
import { encodeAudio } from '../../../src/encode/encode-audio.ts';
import { soundSpaces, soundTextSpace } from '../../../src/encode/sound-spaces.ts';
import { soundTextQuery } from '../../../src/encode/sound-text.ts';
import type { Encoders } from '../../../src/ports/encoders.ts';
import { clapFiles, writeModel } from '../../fixtures/hub-models.ts';
import { cosine, openHub, temporaryFolder } from '../hub/hub.ts';

const asset: Asset = {
  id: 'Asset:s',
  modality: 'AUDIO',
  mediaType: 'audio/wav',
  byteSize: 1,
  title: 'Tones',
  blobKey: 's',
  createdAt: '2026-01-01T00:00:00.000Z',
  durationSeconds: 4,
};
/** Two seconds of a low tone, two of a high one. */
const samples = Float32Array.from({ length: 64_000 }, (_, i) =>
  Math.sin((2 * Math.PI * (i < 32_000 ? 200 : 5000) * i) / 16_000),
);

it('with a model of sounds and words, each sound is embedded by it from its own samples, and so is the question', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/clap', clapFiles());
  await using hub = await openHub(folder.path, { soundText: 'tiny/clap' });
  const info = { id: 'ears', version: '1', licence: 'MIT', device: 'cpu' };
  const windows = [0, 1, 2, 3].map((second) => ({
    startSeconds: second,
    endSeconds: second + 1,
    scores: Float32Array.of(second < 2 ? 0.9 : 0, second < 2 ? 0 : 0.9),
    vector: Float32Array.of(0.6, 0.8),
  }));
  const encoders: Encoders = {
    ...hub,
    transcriber: { info, transcribe: async () => [] },
    sound: {
      info,
      space: { name: 'ears', model: 'ears', version: '1', dimension: 2 },
      labels: [
        { index: 0, label: 'Hum' },
        { index: 1, label: 'Whistle' },
      ],
      listen: async () => windows,
    },
  };
  const clap = hub.soundText!;
  expect(soundSpaces(encoders).map(({ name }) => name)).toEqual(['ears', clap.space.name]);
  const { segments, embeddings } = await encodeAudio(asset, samples, encoders);
  const found = embeddings[soundTextSpace(encoders)?.name ?? ''] ?? [];
  expect(found.map(({ nodeId }) => nodeId)).toEqual(segments.map(({ id }) => id));
  for (const [i, { locator }] of segments.entries()) {
    if (locator.type !== 'TimeSpan') throw new Error('no time');
    const part = samples.slice(locator.startSeconds * 16_000, locator.endSeconds * 16_000);
    const [own] = await clap.embedSounds([part]);
    expect(cosine(found[i]?.vector, own)).toBeCloseTo(1, 5);
  }
  const [words] = await clap.embedTexts(['a bark']);
  expect(await soundTextQuery('a bark', new Float32Array(384), encoders)).toEqual(words);
});
