import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FfmpegDecoder } from '../../../src/adapters/ffmpeg/decoder.ts';
import { runWhole } from '../../../src/adapters/ffmpeg/run.ts';
import type { Asset } from '../../../src/domain.ts';
import { checkItem } from '../../../src/ingest/check.ts';
import { decodeFilm } from '../../../src/ingest/decode-film.ts';
import { filmContainer } from '../../../src/ingest/sniff.ts';
import { wav } from '../../fixtures/wav.ts';
import { hasFfmpeg, makeFilm } from '../../film.ts';

const limits = { maxUploadBytes: 50_000_000, maxPixels: 50_000_000, maxAudioSeconds: 600 };
const filmLimits = { maxFilmSeconds: 60, maxShots: 20 };
const RATE = 16_000;

let folder: string;
let red: string;
let wave: string;
let click: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-films-'));
  [red, wave, click] = ['red.png', 'wave.png', 'click.wav'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await picture((x, y) => [200, 30 + ((x + y) % 60), 30])
    .png()
    .toFile(red);
  await picture((x, y) => [20, (x * y) % 200, 120])
    .png()
    .toFile(wave);
  await writeFile(
    click,
    wav(
      Float32Array.from({ length: RATE / 2 }, (_, i) => (i < 160 ? Math.sin(i) : 0)),
      RATE,
    ),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function picture(paint: (x: number, y: number) => number[]): Sharp {
  const data = Buffer.alloc(160 * 90 * 3);
  for (let i = 0; i < 160 * 90; i++) data.set(paint(i % 160, Math.floor(i / 160)), i * 3);
  return sharp(data, { raw: { width: 160, height: 90, channels: 3 } });
}

/** Takes a file as ingest does: by its content, then whole. */
async function decode(
  bytes: Uint8Array,
  fileName: string,
  decoder: FfmpegDecoder,
  most = filmLimits,
  signal?: AbortSignal,
) {
  const { modality, mediaType } = await checkItem(bytes, { fileName }, limits);
  const container = filmContainer(mediaType);
  if (!container) throw new Error(`${mediaType} is no film`);
  const asset: Asset = {
    id: 'Asset:f',
    modality,
    mediaType,
    byteSize: bytes.length,
    title: 'f',
    blobKey: 'f',
    createdAt: '',
  };
  const film = { asset, bytes, container, maxPixels: limits.maxPixels };
  return decodeFilm(film, { decoder, limits: most }, signal);
}

const shotsOf = ({ content }: Awaited<ReturnType<typeof decode>>) => (content.type === 'film' ? content.shots : []);

describe.skipIf(!hasFfmpeg)('a film decoded by the system’s ffmpeg (skipped without it)', () => {
  const decoder = new FfmpegDecoder();
  afterAll(() => decoder.close());
  const make = (name: string, subtitles?: string) =>
    readFile(
      makeFilm(folder, name, {
        pictures: [
          { file: red, seconds: 2 },
          { file: wave, seconds: 3 },
        ],
        sounds: [{ file: click, at: 3 }],
        ...(subtitles === undefined ? {} : { subtitles }),
      }),
    );

  it.each(['mp4', 'mov', 'mkv', 'webm'])('has its shots and its sound on one clock (%s)', async (ending) => {
    const film = await decode(await make(`f.${ending}`), `f.${ending}`, decoder);
    expect(film.warnings).toEqual([]);
    expect(film.asset).toMatchObject({ modality: 'VIDEO', width: 640, height: 360 });
    expect(film.asset.durationSeconds).toBeCloseTo(5, 0);
    expect(shotsOf(film).map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      // Matroska's clock begins with what the sound's coder puts before the sound, 23 ms: a frame later.
      [0, expect.closeTo(2, 1)],
      [expect.closeTo(2, 1), expect.closeTo(5, 0)],
    ]);
    const [first, second] = await Promise.all(
      shotsOf(film).map(async ({ picture: bytes }) => (await sharp(bytes).stats()).channels.map(({ mean }) => mean)),
    );
    expect(first?.[0]).toBeGreaterThan(150);
    expect(second?.[0]).toBeLessThan(60);
    const samples = film.content.type === 'film' ? film.content.samples : undefined;
    const loud = samples?.findIndex((value) => Math.abs(value) > 0.1) ?? 0;
    expect(Math.abs(loud / RATE - 3)).toBeLessThan(0.06);
  });

  it.each(['mp4', 'mkv', 'webm'])('has its subtitles with their times (%s)', async (ending) => {
    const srt = join(folder, 'f.srt');
    await writeFile(
      srt,
      '1\n00:00:01,000 --> 00:00:02,500\n<i>The bell</i> rang.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwice.\n',
    );
    const { content } = await decode(await make(`s.${ending}`, srt), `s.${ending}`, decoder);
    const [subtitles] = content.type === 'film' ? content.subtitles : [];
    expect(subtitles?.cues).toEqual([
      { startSeconds: expect.closeTo(1, 1), endSeconds: expect.closeTo(2.5, 1), text: 'The bell rang.' },
      { startSeconds: expect.closeTo(3, 1), endSeconds: expect.closeTo(4, 1), text: 'Twice.' },
    ]);
  });

  it('is upright where the camera was turned, and of square pixels', async () => {
    const upright = join(folder, 'turned.mp4');
    const flat = makeFilm(folder, 'flat.mp4', { pictures: [{ file: red, seconds: 1 }] });
    const limitsOfRun = { idleMs: 30_000, totalMs: 30_000 };
    const turn = ['-v', 'error', '-y', '-i', flat, '-c', 'copy', '-metadata:s:v', 'rotate=90', upright];
    expect((await runWhole('ffmpeg', turn, 1000, limitsOfRun)).code).toBe(0);
    const film = await decode(await readFile(upright), 'turned.mp4', decoder);
    expect(film.asset).toMatchObject({ width: 360, height: 640 });
    const wide = join(folder, 'wide.mp4');
    const stretch = ['-v', 'error', '-y', '-i', flat, '-vf', 'setsar=2/1', '-c:v', 'libx264', wide];
    expect((await runWhole('ffmpeg', stretch, 1000, limitsOfRun)).code).toBe(0);
    expect((await decode(await readFile(wide), 'wide.mp4', decoder)).asset).toMatchObject({ width: 1280, height: 360 });
  });

  it.each([
    ['m4a', 'aac'],
    ['m4a', 'alac'],
    ['aac', 'aac'],
    ['webm', 'libopus'],
    ['mp4', 'aac'],
  ])('is a recording where it holds sound alone (%s, %s)', async (ending, codec) => {
    const out = join(folder, `sound-${codec}.${ending}`);
    const args = ['-v', 'error', '-y', '-i', click, '-ac', '2', '-ar', '48000', '-c:a', codec, out];
    expect((await runWhole('ffmpeg', args, 1000, { idleMs: 30_000, totalMs: 30_000 })).code).toBe(0);
    const { asset, content } = await decode(await readFile(out), `sound.${ending}`, decoder);
    expect(asset.modality).toBe('AUDIO');
    expect(Math.abs((asset.durationSeconds ?? 0) - 0.5)).toBeLessThan(0.1);
    expect(content.type).toBe('audio');
  });

  it('gives what can be read of one that breaks off, and says so', async () => {
    const whole = await make('broken.mp4');
    const film = await decode(whole.subarray(0, Math.floor(whole.length * 0.6)), 'broken.mp4', decoder);
    expect(shotsOf(film).length).toBeGreaterThan(0);
    expect(film.asset.durationSeconds).toBeLessThan(5);
    expect(film.warnings?.join()).toMatch(/only .* of its 5\.\d seconds could be read/);
  });

  it.each([
    ['its index cut off', (bytes: Buffer) => bytes.subarray(0, 600)],
    [
      'noise after the first bytes',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 64), Buffer.alloc(5000, 0xa7)]),
    ],
  ])('is refused as damaged: %s', async (_, damage) => {
    await expect(decode(damage(await make('damaged.mp4')), 'damaged.mp4', decoder)).rejects.toMatchObject({
      code: 'CORRUPT',
    });
  });

  it('never ends otherwise than decoded or refused, wherever bytes are spoilt', async () => {
    const whole = await make('spoilt.mkv');
    for (let i = 1; i < 6; i++) {
      const spoilt = Buffer.from(whole);
      spoilt.fill(0xff, Math.floor((whole.length * i) / 7), Math.floor((whole.length * i) / 7) + 400);
      const outcome = await decode(spoilt, 'spoilt.mkv', decoder).then(
        ({ asset }) => asset.modality,
        (error: { code?: string }) => error.code,
      );
      expect(['VIDEO', 'AUDIO', 'CORRUPT']).toContain(outcome);
    }
  });

  it('is refused when it is longer or larger than allowed', async () => {
    const bytes = await make('long.mp4');
    await expect(decode(bytes, 'long.mp4', decoder, { maxFilmSeconds: 3, maxShots: 9 })).rejects.toMatchObject({
      code: 'TOO_LONG',
    });
    await expect(decoder.open(bytes, 'mp4', { maxPixels: 1000 })).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
  });

  it('has no more shots than are taken', async () => {
    expect(
      shotsOf(await decode(await make('few.mp4'), 'few.mp4', decoder, { maxFilmSeconds: 60, maxShots: 1 })),
    ).toHaveLength(1);
  });

  it('reads no other file or address that it names', async () => {
    const list = Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n');
    await expect(decoder.open(list, 'mp4', limits)).rejects.toMatchObject({ code: 'CORRUPT' });
    await expect(decoder.open(list, 'matroska', limits)).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it('leaves nothing behind, and stops when its caller does', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('sensegraph-film-'));
    const stop = new AbortController();
    const decoding = decode(await make('stop.mp4'), 'stop.mp4', decoder, filmLimits, stop.signal);
    stop.abort(new Error('enough'));
    await expect(decoding).rejects.toThrow('enough');
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('sensegraph-film-'))).toEqual(before);
  });

  it('is given up when the decoder takes too long', async () => {
    const slow = new FfmpegDecoder('ffmpeg', { idleMs: 60_000, totalMs: 1 });
    await expect(decode(await make('slow.mp4'), 'slow.mp4', slow)).rejects.toMatchObject({ code: 'CORRUPT' });
    await slow.close();
  });
});

describe('without ffmpeg', () => {
  it('says what is missing and how to get it', async () => {
    const decoder = new FfmpegDecoder('/nowhere/ffmpeg');
    await expect(decoder.version()).rejects.toMatchObject({
      code: 'UNSUPPORTED_TYPE',
      message: expect.stringMatching(/apt-get install ffmpeg.*SENSEGRAPH_FFMPEG/s) as string,
    });
    await expect(decoder.open(new Uint8Array(10), 'mp4', limits)).rejects.toMatchObject({ code: 'UNSUPPORTED_TYPE' });
    await decoder.close();
  });
});

describe('a child process', () => {
  const node = process.execPath;
  const times = { idleMs: 60_000, totalMs: 60_000 };

  it('is ended when it says nothing for too long', async () => {
    const ran = await runWhole(node, ['-e', 'setInterval(() => {}, 1000)'], 100, { idleMs: 200, totalMs: 60_000 });
    expect(ran.ended).toBe('IDLE');
  });

  it('is ended when it goes on for ever', async () => {
    const chatter = ['-e', 'setInterval(() => process.stdout.write("x"), 20)'];
    expect((await runWhole(node, chatter, 1e6, { idleMs: 60_000, totalMs: 800 })).ended).toBe('TOTAL');
  });

  it('is ended when it writes too much', async () => {
    const flood = ['-e', 'setInterval(() => process.stdout.write("x".repeat(65536)), 1)'];
    await expect(runWhole(node, flood, 200_000, times)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('is ended when it writes errors without end, of which the first are kept', async () => {
    const ran = await runWhole(node, ['-e', 'process.stderr.write("e".repeat(1e6))'], 100, times);
    expect(ran.stderr).toHaveLength(8000);
  });

  it('sees nothing of the environment but where programs lie', async () => {
    process.env['SENSEGRAPH_LLM_KEY'] = 'secret';
    const { stdout } = await runWhole(node, ['-e', 'process.stdout.write(JSON.stringify(process.env))'], 1e5, times);
    delete process.env['SENSEGRAPH_LLM_KEY'];
    expect(stdout.toString()).not.toContain('secret');
  });
});
