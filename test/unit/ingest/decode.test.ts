import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/config.ts';
import { decodeAudio } from '../../../src/ingest/decode-audio.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';
import { textOf } from '../../../src/ingest/pdf/paragraphs.ts';
import { resample } from '../../../src/ingest/resample.ts';

const example = (path: string) => readFile(join(packageRoot, 'examples', path));
const limits = { maxPixels: 50_000_000, maxAudioSeconds: 60 };
const level = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
const sine = (hertz: number, rate: number) =>
  Float32Array.from({ length: rate }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

describe('decodeAudio', () => {
  it.each([
    ['recordings/lantern-bell.wav', 'audio/wav', 6.0],
    ['recordings/north-pier.mp3', 'audio/mpeg', 8.6],
    ['recordings/ship-clock.mp3', 'audio/mpeg', 8.4],
    ['recordings/old-barn.flac', 'audio/flac', 6.5],
    ['recordings/lifeboat-hope.ogg', 'audio/ogg', 6.1],
    ['recordings/net-loft.opus', 'audio/ogg', 7.7],
  ])('gives %s as mono 16 kHz of the right length', async (path, mediaType, seconds) => {
    const { samples, durationSeconds } = await decodeAudio(await example(path), mediaType, limits);
    expect(Math.abs(durationSeconds - seconds)).toBeLessThan(0.15);
    expect(Math.abs(samples.length / 16_000 - durationSeconds)).toBeLessThan(0.01);
    expect(level(samples)).toBeGreaterThan(0.01);
  });

  it('refuses a recording longer than allowed', async () => {
    await expect(
      decodeAudio(await example('recordings/lantern-bell.wav'), 'audio/wav', { maxAudioSeconds: 2 }),
    ).rejects.toMatchObject({ code: 'TOO_LONG' });
  });
});

describe('resample', () => {
  it('keeps a tone below the new limit and takes out one above it', () => {
    const kept = resample(sine(1000, 44_100), 44_100, 16_000);
    expect(kept.length).toBe(16_000);
    const error = kept.slice(200, -200).map((value, i) => value - Math.sin((2 * Math.PI * 1000 * (i + 200)) / 16_000));
    expect(level(error)).toBeLessThan(0.005);
    expect(level(resample(sine(12_000, 44_100), 44_100, 16_000).slice(200, -200))).toBeLessThan(0.003);
  });
});

describe('decodeImage', () => {
  it('turns a picture upright as its EXIF says', async () => {
    const bytes = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'blue' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await decodeImage(bytes, limits)).toMatchObject({
      width: 20,
      height: 40,
      scale: 1,
      image: { width: 20, height: 40 },
    });
  });

  it('puts transparency on white and grey into three channels', async () => {
    const clear = await sharp({
      create: { width: 2, height: 2, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect([...(await decodeImage(clear, limits)).image.data]).toEqual(Array(12).fill(255));
    const grey = await sharp({ create: { width: 2, height: 1, channels: 3, background: '#808080' } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect([...(await decodeImage(grey, limits)).image.data]).toEqual(Array(6).fill(128));
  });

  it('scales a large picture down and says by how much', async () => {
    const bytes = await sharp({ create: { width: 6400, height: 1600, channels: 3, background: 'green' } })
      .jpeg()
      .toBuffer();
    expect(await decodeImage(bytes, limits)).toMatchObject({
      width: 6400,
      height: 1600,
      scale: 2,
      image: { width: 3200, height: 800 },
    });
  });

  it('refuses a picture that is cut off', async () => {
    const bytes = await example('images/museum-cat.jpg');
    await expect(decodeImage(bytes.subarray(0, bytes.length / 2), limits)).rejects.toMatchObject({ code: 'CORRUPT' });
  });
});

describe('DecodeWorker', () => {
  const worker = new DecodeWorker();
  afterAll(() => worker.close());

  it('refuses a damaged file and goes on with the next', async () => {
    await expect(worker.decodeAudio(new Uint8Array(4000).fill(7), 'audio/mpeg', limits)).rejects.toMatchObject({
      code: 'CORRUPT',
    });
    await expect(worker.decodePdf(Buffer.from('%PDF-1.4 nonsense %%EOF'))).rejects.toMatchObject({ code: 'CORRUPT' });
    const pages = await worker.decodePdf(await example('documents/guide.pdf'));
    expect(pages).toHaveLength(2);
    expect(pages[1]?.lines.map(textOf).join(' ')).toContain('5 June 1926');
  });
});
