import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { SOUND_WINDOW, windowStarts } from '../../../src/adapters/onnx/sound-model.ts';
import { packageRoot } from '../../../src/config.ts';
import { findSoundPlaces } from '../../../src/encode/sound-events.ts';
import { decodeAudio } from '../../../src/ingest/decode-audio.ts';
import type { HeardWindow, SoundEncoder } from '../../../src/ports/encoders.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';

const encoders = openEncoders({
  modelsDir: join(packageRoot, 'models'),
  device: 'cpu',
  threads: 1,
  log: pino({ level: 'silent' }),
});
const sound = encoders.sound as SoundEncoder;
afterAll(() => encoders.close());

const RATE = 16_000;
const made = (seconds: number, wave: (t: number) => number) =>
  Float32Array.from({ length: seconds * RATE }, (_, i) => wave(i / RATE));
/** Rises and falls from 500 to 1,300 Hz every 2.5 s, with overtones. */
const siren = made(3, (t) => {
  const phase = 2 * Math.PI * 900 * t - (400 / 0.4) * Math.cos(2 * Math.PI * 0.4 * t);
  return 0.3 * [1, 2, 3, 4].reduce((sum, k) => sum + Math.sin(k * phase) / k, 0);
});
const quiet = made(2, () => 0);
const best = ({ scores }: HeardWindow, n: number) =>
  sound.labels
    .toSorted((a, b) => (scores[b.index] ?? 0) - (scores[a.index] ?? 0))
    .slice(0, n)
    .map(({ label }) => label);
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
const bark = async () =>
  (
    await decodeAudio(await readFile(join(packageRoot, 'test/fixtures/dog-bark.ogg')), 'audio/ogg', {
      maxAudioSeconds: 60,
    })
  ).samples;

describe('windowStarts', () => {
  it('covers every recording to its end, without a window for a scrap', () => {
    for (const length of [1, 1000, SOUND_WINDOW, SOUND_WINDOW + 100, 20_000, 23_280, 100_000, 160_001]) {
      const starts = windowStarts(length);
      expect(starts[0]).toBe(0);
      expect((starts.at(-1) ?? 0) + SOUND_WINDOW).toBeGreaterThan(length - RATE / 10);
      for (const [i, start] of starts.entries()) {
        if (i > 0) {
          expect(start).toBeGreaterThan(starts[i - 1] ?? 0);
          expect(start + SOUND_WINDOW).toBeLessThanOrEqual(length);
        }
      }
    }
  });
});

describe('the sound encoder', () => {
  it('gives probabilities and unit vectors for windows that cover the recording', async () => {
    const heard = await sound.listen(siren);
    expect(heard[0]?.startSeconds).toBe(0);
    expect(heard.at(-1)?.endSeconds).toBeCloseTo(3, 1);
    for (const { scores, vector } of heard) {
      expect(scores).toHaveLength(sound.labels.length);
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...scores)).toBeLessThanOrEqual(1);
      expect(vector).toHaveLength(sound.space.dimension);
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  it('hears a siren, a dog, and silence', async () => {
    const [, alarm] = await sound.listen(siren);
    expect(alarm && best(alarm, 5)).toContain('Siren');
    const places = findSoundPlaces(await sound.listen(await bark()), sound, []);
    expect(places.flatMap(({ events }) => events.map(({ label }) => label.label))).toContain('Dog');
    const [none] = await sound.listen(quiet);
    expect(none && best(none, 1)).toEqual(['Silence']);
  });

  it('puts two barks nearer to each other than to a siren', async () => {
    const windows = await sound.listen(await bark());
    const dog = sound.labels.find(({ label }) => label === 'Dog')?.index ?? -1;
    const [first, second] = windows.toSorted((a, b) => (b.scores[dog] ?? 0) - (a.scores[dog] ?? 0));
    const [, alarm] = await sound.listen(siren);
    if (!first || !second || !alarm) throw new Error('too few windows');
    expect(dot(first.vector, second.vector)).toBeGreaterThan(dot(first.vector, alarm.vector) + 0.2);
  });

  it('pads what is shorter than a window, hears nothing in nothing, and stops when cancelled', async () => {
    const [only, ...more] = await sound.listen(siren.subarray(0, 4000));
    expect(more).toEqual([]);
    expect(only?.endSeconds).toBeCloseTo(0.25, 5);
    expect(await sound.listen(new Float32Array())).toEqual([]);
    await expect(sound.listen(siren, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('names 521 labels, each thing by a noun of WordNet', () => {
    const lexicon = new WordNet();
    expect(sound.labels).toHaveLength(521);
    const things = sound.labels.flatMap(({ thing }) => (thing ? [thing] : []));
    expect(things.length).toBeGreaterThan(300);
    for (const { name, synset } of things) expect(lexicon.synsets(name)).toContain(synset);
    expect(sound.labels.find(({ label }) => label === 'Bark')?.thing?.name).toBe('dog');
  });
});
