import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateSpeech } from '../../src/cli/eval-speech.ts';
import { evaluateVoice } from '../../src/cli/eval-voice.ts';
import { packageRoot } from '../../src/config.ts';
import { dataPack } from '../data-pack.ts';

const recordings = join(packageRoot, 'examples/recordings');
let folder: string;
let manifest: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-speech-'));
  manifest = join(folder, 'manifest.jsonl');
  await copyFile(join(recordings, 'lantern-bell.wav'), join(folder, 'lantern-bell.wav'));
  await copyFile(join(recordings, 'net-loft.opus'), join(folder, 'net-loft.opus'));
  await writeFile(join(folder, 'damaged.wav'), Buffer.from('RIFF\u0010\u0000\u0000\u0000WAVEfmt '));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = () => ({ manifests: [manifest], limit: undefined, seed: 0, profile: 'embedded' });
const write = (lines: readonly object[]) => writeFile(manifest, lines.map((line) => JSON.stringify(line)).join('\n'));

describe('eval speech', () => {
  it('counts wrong words, measures words whose times are known, leaves damaged clips out', async () => {
    const said = JSON.parse(await readFile(join(recordings, 'transcripts.json'), 'utf8')) as {
      file: string;
      text: string;
    }[];
    const transcript = said.find(({ file }) => file === 'lantern-bell.wav')?.text ?? '';
    const line = { task: 'speech_transcription', source: 'Made', transcript };
    await write([
      { ...line, id: 'bell', file: 'lantern-bell.wav', words: [{ word: 'Thomas', start_s: 4.8 }] },
      { ...line, id: 'damaged', file: 'damaged.wav' },
      { id: 'other', task: 'captioned_image', file: 'none.png', source: 'Pictures' },
    ]);
    const report = await evaluateSpeech(options());
    expect(report).toMatchObject({
      eval: 'speech',
      model: 'whisper-tiny.en',
      unreadable: 1,
      sources: { Made: { n: 1 }, 'Pictures (skipped)': { skipped: expect.stringContaining('1 lines') } },
    });
    const { Made } = (report as { sources: { Made: Record<string, number> } }).sources;
    expect(Made['wer']).toBeLessThan(15);
    expect(Made['cer']).toBeLessThan(15);
    expect(Made['real_time_factor']).toBeGreaterThan(0);
    expect(Made['timing_error_ms']).toBeLessThan(500);
  });

  it('refuses a manifest without speech', async () => {
    await write([{ id: 'x', task: 'video', file: 'x.mp4' }]);
    await expect(evaluateSpeech(options())).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('eval voice', () => {
  it('says what a source lacks that has one speaker', async () => {
    await write(
      ['lantern-bell.wav', 'net-loft.opus'].map((file) => ({ id: file, file, speaker: 'joe', source: 'Piper' })),
    );
    expect(await evaluateVoice(options())).toMatchObject({
      eval: 'voice',
      model: 'voice-ge2e',
      sources: { Piper: { skipped: expect.stringContaining('two speakers') } },
    });
  });

  const fsdd = dataPack('audio/fsdd/manifest.jsonl');
  it.skipIf(!fsdd)('stays where the card says on the spoken digits', async () => {
    const report = await evaluateVoice({ ...options(), manifests: [fsdd ?? ''] });
    const { sources } = report as { sources: Record<string, { speakers: number; eer: number; eer_clips: number }> };
    const digits = sources['free-spoken-digit-dataset'];
    expect(digits?.speakers).toBe(6);
    expect(digits?.eer).toBeLessThan(6);
    expect(digits?.eer_clips).toBeLessThan(25);
  });
});
