import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whisperFiles } from '../../fixtures/hub-whisper.ts';
import { packageRoot } from '../../../src/config.ts';
import { decodeAudio } from '../../../src/ingest/decode-audio.ts';
import { writeModel } from '../../fixtures/hub-models.ts';
import { modelsDir, openHub, temporaryFolder } from './hub.ts';

/** Three seconds of somebody speaking. */
const speech = async () => {
  const bytes = await readFile(join(packageRoot, 'examples/recordings/lantern-bell.wav'));
  const { samples } = await decodeAudio(bytes, 'audio/wav', { maxAudioSeconds: 60 });
  return samples.slice(0, 48_000);
};

test('a Whisper of many languages: start, language and task tokens are no words, times and scores are read', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/whisper', whisperFiles());
  await using hub = await openHub(folder.path, { transcriber: 'tiny/whisper' });
  const [span, ...more] = await hub.transcriber.transcribe(await speech());
  expect(more).toEqual([]);
  expect(span?.text).toBe('the boat is red.');
  expect((span?.endSeconds ?? 0) - (span?.startSeconds ?? 0)).toBeCloseTo(1.2, 5);
  // No graph tells its words' times.
  expect(span?.words).toBeUndefined();
  expect(span?.score).toBeGreaterThan(0.99);
  expect(hub.transcriber.info).toMatchObject({ id: 'tiny/whisper', device: 'cpu' });
  expect(await hub.transcriber.transcribe(new Float32Array(16_000))).toEqual([]);
});

test('the language is the one set', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/whisper', whisperFiles());
  await using hub = await openHub(folder.path, { transcriber: 'tiny/whisper', language: 'xx' });
  await expect(hub.transcriber.transcribe(await speech())).rejects.toThrow(/xx/);
});

test('the real Whisper tiny.en in the hub’s layout hears what the pack’s hears', async () => {
  await using folder = await temporaryFolder();
  await cp(join(modelsDir, 'whisper-tiny.en'), join(folder.path, 'any/whisper-tiny.en'), { recursive: true });
  await using hub = await openHub(folder.path, { transcriber: 'any/whisper-tiny.en' });
  await using pack = await openHub(folder.path, {});
  const heard = await hub.transcriber.transcribe(await speech());
  expect(heard[0]?.words?.length).toBeGreaterThan(3);
  expect(heard).toEqual(await pack.transcriber.transcribe(await speech()));
});
