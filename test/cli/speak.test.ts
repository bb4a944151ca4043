import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateSpeaking } from '../../src/cli/eval-speaking.ts';
import { packageRoot } from '../../src/config.ts';
import { decodeAudio } from '../../src/ingest/decode-audio.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-speak-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(packageRoot, 'src/cli/main.ts'), 'speak', ...args]).catch(
    (error: { stdout: string; stderr: string; code: number }) => ({ ...error }),
  );

describe('speak', () => {
  it('writes a WAV file that decodes to the length it tells, with the words’ times', async () => {
    const file = join(folder, 'hello.wav');
    const { stdout } = await run('Hello, big world.', '--out', file, '--json');
    const told = JSON.parse(stdout) as { seconds: number; words: { text: string; endSeconds: number }[] };
    expect(told).toMatchObject({ file, sampleRate: 22_050, model: { id: 'piper-joe', licence: 'MIT' } });
    expect(told.words.map(({ text }) => text)).toEqual(['Hello', 'big', 'world']);
    expect(told.words[2]?.endSeconds).toBeLessThanOrEqual(told.seconds);
    const { samples } = await decodeAudio(await readFile(file), 'audio/wav', { maxAudioSeconds: 60 });
    expect(samples.length / 16_000).toBeCloseTo(told.seconds, 2);
  });

  it('says what is wrong with a text without words and a folder that is not there', async () => {
    expect(await run('…', '--out', join(folder, 'x.wav'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('give it something to say'),
    });
    expect(await run('Hello.', '--out', join(folder, 'no/where/x.wav'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no folder'),
    });
  });
});

describe('eval speaking', () => {
  it('speaks transcripts and prompts, hears them again, and reports by source what it could not speak', async () => {
    const manifest = join(folder, 'lines.jsonl');
    const lines = [
      { id: '1', task: 'speech_transcription', transcript: 'The bell rang nine times.', source: 'Read' },
      { id: '2', task: 'text_to_speech', prompt: 'A dog runs to the harbor.', source: 'Asked' },
      { id: '3', task: 'spoken_digit', source: 'Digits', label: 7 },
    ];
    await writeFile(manifest, lines.map((line) => JSON.stringify(line)).join('\n'));
    const report = await evaluateSpeaking({ manifests: [manifest], limit: undefined, seed: 0 });
    expect(report).toMatchObject({
      eval: 'speaking',
      model: 'piper-joe',
      sources: {
        Read: { n: 1, words: 5 },
        Asked: { n: 1, words: 6 },
        'Digits (skipped)': { skipped: '1 lines without words to say' },
      },
    });
    const { sources } = report as { sources: Record<string, { wer: number; real_time_factor: number }> };
    expect(sources['Read']?.wer).toBeLessThanOrEqual(20);
    expect(sources['Read']?.real_time_factor).toBeGreaterThan(0);
    await writeFile(manifest, JSON.stringify(lines[2]));
    await expect(evaluateSpeaking({ manifests: [manifest], limit: undefined, seed: 0 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
