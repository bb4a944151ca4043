import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whisperFiles } from '../../fixtures/hub-whisper.ts';
import { writeModel } from '../../fixtures/hub-models.ts';
import { modelsDir, openHub, temporaryFolder } from './hub.ts';

const hum = Float32Array.from({ length: 24_000 }, (_, i) => 0.2 * Math.sin(i / 9));

test('a Whisper of many languages: start, language and task tokens are no words, times and scores are read', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/whisper', whisperFiles());
  await using hub = await openHub(folder.path, { transcriber: 'tiny/whisper' });
  const [span, ...more] = await hub.transcriber.transcribe(hum);
  expect(more).toEqual([]);
  expect(span).toMatchObject({ text: 'the boat is red.', startSeconds: 0 });
  expect(span?.endSeconds).toBeCloseTo(1.2, 5);
  expect(span?.score).toBeGreaterThan(0.99);
  expect(hub.transcriber.info).toMatchObject({ id: 'tiny/whisper', device: 'cpu' });
  expect(await hub.transcriber.transcribe(new Float32Array(16_000))).toEqual([]);
});

test('the language is the one set', async () => {
  await using folder = await temporaryFolder();
  await writeModel(folder.path, 'tiny/whisper', whisperFiles());
  await using hub = await openHub(folder.path, { transcriber: 'tiny/whisper', language: 'xx' });
  await expect(hub.transcriber.transcribe(hum)).rejects.toThrow(/xx/);
});

test('the real Whisper tiny.en in the hub’s layout hears what the pack’s hears', async () => {
  await using folder = await temporaryFolder();
  await cp(join(modelsDir, 'whisper-tiny.en'), join(folder.path, 'any/whisper-tiny.en'), { recursive: true });
  await using hub = await openHub(folder.path, { transcriber: 'any/whisper-tiny.en' });
  await using pack = await openHub(folder.path, {});
  expect(await hub.transcriber.transcribe(hum)).toEqual(await pack.transcriber.transcribe(hum));
});
