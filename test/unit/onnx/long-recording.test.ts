import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, expect, it } from 'vitest';
import { openEncoders } from '../../../src/adapters/onnx/open.ts';
import { packageRoot } from '../../../src/config.ts';
import { decodeAudio } from '../../../src/ingest/decode-audio.ts';
import { resample } from '../../../src/ingest/resample.ts';

const encoders = openEncoders({
  modelsDir: join(packageRoot, 'models'),
  device: 'cpu',
  threads: 1,
  log: pino({ level: 'silent' }),
});
afterAll(() => encoders.close());

const RATE = 16_000;
const ODD_RATE = 37_800;
const limits = { maxAudioSeconds: 600 };
const example = async (name: string, type: string) =>
  (await decodeAudio(await readFile(join(packageRoot, 'examples/recordings', name)), type, limits)).samples;

/** 16-bit stereo WAV: the right side at half the loudness. */
function stereo(samples: Float32Array, rate: number): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 4, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 4, 40);
  for (const [i, value] of samples.entries()) {
    bytes.writeInt16LE(Math.round(value * 30_000), 44 + i * 4);
    bytes.writeInt16LE(Math.round(value * 15_000), 46 + i * 4);
  }
  return bytes;
}

it('hears a long stereo recording of an odd rate at its times, and nothing in its silences', async () => {
  const first = await example('lantern-bell.wav', 'audio/wav');
  const second = await example('old-barn.flac', 'audio/flac');
  // 6 s of silence, the first, 25 s of a faint hiss, the second, 5 s of silence.
  const at = [6, 6 + first.length / RATE + 25] as const;
  const whole = new Float32Array(Math.round((at[1] + 5) * RATE) + second.length);
  let state = 1;
  for (let i = 0; i < whole.length; i++)
    whole[i] = ((state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 0.002;
  whole.set(first, at[0] * RATE);
  whole.set(second, Math.round(at[1] * RATE));
  const { samples, durationSeconds } = await decodeAudio(
    stereo(resample(whole, RATE, ODD_RATE), ODD_RATE),
    'audio/wav',
    limits,
  );
  expect(durationSeconds).toBeCloseTo(whole.length / RATE, 1);

  const stretches = (await encoders.speechDetector?.detectSpeech(samples)) ?? [];
  const spans = await encoders.transcriber.transcribe(samples);
  const parts = [
    [at[0], at[0] + first.length / RATE],
    [at[1], at[1] + second.length / RATE],
  ] as const;
  const inside = (from: number, to: number) => parts.some(([a, b]) => from > a - 0.5 && to < b + 0.5);
  for (const { startSeconds, endSeconds } of [...stretches, ...spans, ...spans.flatMap(({ words = [] }) => words)])
    expect(inside(startSeconds, endSeconds)).toBe(true);
  const saidIn = ([a, b]: readonly [number, number]) =>
    spans.filter(({ startSeconds }) => startSeconds > a - 0.5 && startSeconds < b).map(({ text }) => text);
  expect(saidIn(parts[0]).join(' ')).toContain('Thomas Miller');
  expect(saidIn(parts[1]).join(' ')).not.toBe('');
  let last = 0;
  for (const { startSeconds, endSeconds, score } of spans.flatMap(({ words = [] }) => words)) {
    expect(startSeconds).toBeGreaterThanOrEqual(last - 0.05);
    expect(endSeconds).toBeGreaterThanOrEqual(startSeconds);
    expect(score).toBeGreaterThan(0);
    last = startSeconds;
  }
});
