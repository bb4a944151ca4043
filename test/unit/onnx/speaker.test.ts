import { join } from 'node:path';
import pino from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { packageRoot } from '../../../src/config.ts';
import { wordErrors } from '../../../src/evaluate/heard-words.ts';
import { resample } from '../../../src/ingest/resample.ts';
import type { Speaker, SpokenText } from '../../../src/ports/encoders.ts';

const encoders = openEncoders({
  modelsDir: join(packageRoot, 'models'),
  device: 'cpu',
  threads: 1,
  log: pino({ level: 'silent' }),
});
const speaker = encoders.speaker as Speaker;
afterAll(() => encoders.close());

/** Root mean square between two times. */
const loudness = ({ samples, sampleRate }: SpokenText, from: number, to: number) => {
  const part = samples.subarray(Math.round(from * sampleRate), Math.round(to * sampleRate));
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
};

describe('the voice of the pack', () => {
  it('speaks words that the transcriber hears again, each in its time', async () => {
    const text = 'The old ship left the harbor at nine. It carried twenty-five boxes of tea, and a bell.';
    const spoken = await speaker.speak(text);
    const { samples, sampleRate, words } = spoken;
    const seconds = samples.length / sampleRate;
    expect(words.map((word) => word.text).join(' ')).toBe(
      'The old ship left the harbor at nine It carried twenty five boxes of tea and a bell',
    );
    let last = 0;
    for (const { startSeconds, endSeconds } of words) {
      expect(startSeconds).toBeGreaterThanOrEqual(last);
      expect(endSeconds).toBeGreaterThan(startSeconds);
      last = endSeconds;
    }
    expect(words[0]?.startSeconds).toBeLessThan(0.3);
    expect(last).toBeLessThanOrEqual(seconds);
    expect(seconds - last).toBeLessThan(0.6);
    expect(samples.every((value) => Math.abs(value) <= 1)).toBe(true);
    // Where a word is said it is loud, and between the sentences it is not.
    const nine = words[7];
    const it = words[8];
    if (!nine || !it) throw new Error('words are missing');
    expect(it.startSeconds - nine.endSeconds).toBeGreaterThan(0.2);
    const pause = loudness(spoken, it.startSeconds - 0.2, it.startSeconds - 0.05);
    expect(loudness(spoken, nine.startSeconds, nine.endSeconds)).toBeGreaterThan(5 * pause);
    const heard = await encoders.transcriber.transcribe(resample(samples, sampleRate, 16_000));
    const { errors } = wordErrors(text, heard.map((span) => span.text).join(' '));
    expect(errors).toBeLessThanOrEqual(2);
  });

  it('says the same words alike at all times', async () => {
    const [first, second] = [await speaker.speak('A small bell.'), await speaker.speak('A small bell.')];
    expect(second.samples).toEqual(first.samples);
  });

  it('speaks a sentence without an end in parts, and stops when cancelled in the midst', async () => {
    const long = 'boat '.repeat(60);
    const { words } = await speaker.speak(long);
    expect(words).toHaveLength(60);
    const controller = new AbortController();
    const speaking = speaker.speak(long.repeat(20), controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(speaking).rejects.toMatchObject({ code: 'CANCELLED' });
    // The next one need not wait for the end of what was cancelled.
    expect((await speaker.speak('Yes.')).words).toHaveLength(1);
  });

  it('refuses what holds no word, and what would take hours', async () => {
    await expect(speaker.speak('… 🙂')).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(speaker.speak('word '.repeat(20_000))).rejects.toMatchObject({ code: 'TOO_LONG' });
    await expect(speaker.speak('Hello.', AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
