import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeAnimation, findScenes } from '../../../src/ingest/decode-animation.ts';
import { decode } from '../../../src/ingest/decode.ts';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';

const [WIDTH, HEIGHT] = [40, 30];
const limits = { maxUploadBytes: 1e6, maxPixels: 1_000_000, maxAudioSeconds: 60 };

/** Frames of one grey each as an animation. */
async function animated(format: 'gif' | 'webp', greys: readonly number[], delay: number[]): Promise<Uint8Array> {
  const size = WIDTH * HEIGHT * 3;
  const frames = Buffer.alloc(size * greys.length);
  for (const [i, grey] of greys.entries()) {
    frames.fill(grey, i * size, (i + 1) * size);
    // What tells one frame from the next, so that none is dropped.
    frames[i * size] = (grey + 40 * i) % 256;
  }
  const raw = { width: WIDTH, height: HEIGHT * greys.length, channels: 3 as const, pageHeight: HEIGHT };
  const made = sharp(frames, { raw });
  return (format === 'gif' ? made.gif({ delay }) : made.webp({ delay, lossless: true })).toBuffer();
}

interface ApngFrame {
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly rgba: readonly [number, number, number, number];
  readonly dispose?: number;
  readonly blend?: number;
}

/** An animated PNG of coloured boxes, half a second each. */
function apng(frames: readonly ApngFrame[]): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const numbers = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4);
    return bytes;
  };
  let sequence = 0;
  const parts = [
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.concat([numbers(WIDTH, HEIGHT), Buffer.from([8, 6, 0, 0, 0])])),
    chunk('acTL', numbers(frames.length, 0)),
  ];
  for (const [i, { box, rgba, dispose = 0, blend = 0 }] of frames.entries()) {
    const [x, y, width, height] = box;
    const delay = Buffer.from([0, 1, 0, 2, dispose, blend]);
    parts.push(chunk('fcTL', Buffer.concat([numbers(sequence++, width, height, x, y), delay])));
    const row = Buffer.concat([
      Buffer.from([0]),
      Buffer.concat(Array.from({ length: width }, () => Buffer.from(rgba))),
    ]);
    const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
    parts.push(i === 0 ? chunk('IDAT', pixels) : chunk('fdAT', Buffer.concat([numbers(sequence++), pixels])));
  }
  return Buffer.concat([...parts, chunk('IEND', Buffer.alloc(0))]);
}

const pixel = async (png: Uint8Array, x: number, y: number) => {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3)];
};

describe('an animated picture', () => {
  it.each(['gif', 'webp'] as const)('has a shot for each different scene, with its time (%s)', async (format) => {
    const bytes = await animated(format, [250, 250, 20, 20, 130], [100, 200, 300, 400, 500]);
    const moving = await decodeAnimation(bytes, `image/${format}`, limits);
    expect(moving?.shots.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, expect.closeTo(0.3)],
      [expect.closeTo(0.3), expect.closeTo(1)],
      [expect.closeTo(1), expect.closeTo(1.5)],
    ]);
    expect(moving?.durationSeconds).toBeCloseTo(1.5);
    const [first, second] = moving?.shots ?? [];
    expect((await pixel(first?.picture ?? new Uint8Array(), 20, 20))[0]).toBeGreaterThan(240);
    expect((await pixel(second?.picture ?? new Uint8Array(), 20, 20))[0]).toBeLessThan(30);
  });

  it('is one picture where nothing changes', async () => {
    expect(
      await decodeAnimation(await animated('gif', [200, 200, 200], [100, 100, 100]), 'image/gif', limits),
    ).toBeNull();
  });

  it('is ingested as a picture with a length, of the size of one frame', async () => {
    const bytes = await animated('gif', [250, 20], [500, 500]);
    const worker = new DecodeWorker();
    const item = { bytes, blobKey: 'g', modality: 'IMAGE', mediaType: 'image/gif', fileName: 'a.gif' } as const;
    const { asset, content } = await decode(item, worker, limits);
    await worker.close();
    expect(asset).toMatchObject({ modality: 'IMAGE', width: WIDTH, height: HEIGHT, durationSeconds: 1 });
    expect(content.type).toBe('film');
  });

  it('is cut where its frames are more than are taken, and says so', async () => {
    const bytes = await animated(
      'gif',
      Array.from({ length: 12 }, (_, i) => (i % 2) * 200),
      Array.from({ length: 12 }, () => 100),
    );
    const moving = await decodeAnimation(bytes, 'image/gif', { maxPixels: WIDTH * HEIGHT });
    expect(moving?.warnings.join()).toMatch(/last 4 of 12 frames/);
  });

  it('is its first frame, with a warning, where the rest is damaged', async () => {
    const bytes = Buffer.from(
      apng([
        { box: [0, 0, WIDTH, HEIGHT], rgba: [9, 9, 9, 255] },
        { box: [0, 0, 9, 9], rgba: [1, 1, 1, 255] },
      ]),
    );
    bytes.fill(0x55, bytes.lastIndexOf('fdAT') + 8, bytes.lastIndexOf('fdAT') + 20);
    const moving = await decodeAnimation(bytes, 'image/png', limits);
    expect(moving?.shots).toEqual([]);
    expect(moving?.warnings.join()).toMatch(/only its first frame/);
  });
});

describe('an animated PNG', () => {
  const whole = [0, 0, WIDTH, HEIGHT] as const;

  it('has its frames laid over each other, half transparent ones too', async () => {
    const moving = await decodeAnimation(
      apng([
        { box: whole, rgba: [255, 0, 0, 255] },
        { box: [0, 0, 20, HEIGHT], rgba: [0, 0, 255, 128], blend: 1 },
      ]),
      'image/png',
      limits,
    );
    expect(moving?.shots.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [0, 0.5],
      [0.5, 1],
    ]);
    const [, second] = moving?.shots ?? [];
    expect(await pixel(second?.picture ?? new Uint8Array(), 5, 5)).toEqual([127, 0, 128]);
    expect(await pixel(second?.picture ?? new Uint8Array(), 30, 5)).toEqual([255, 0, 0]);
  });

  it('clears a frame, or puts back what was before, where it says so', async () => {
    for (const [dispose, expected] of [
      [1, [255, 255, 255]],
      [2, [255, 0, 0]],
    ] as const) {
      const moving = await decodeAnimation(
        apng([
          { box: whole, rgba: [255, 0, 0, 255] },
          { box: [0, 0, 20, HEIGHT], rgba: [0, 0, 255, 255], dispose },
          { box: [20, 0, 20, HEIGHT], rgba: [0, 255, 0, 255] },
        ]),
        'image/png',
        limits,
      );
      expect(moving?.shots).toHaveLength(3);
      expect(await pixel(moving?.shots[2]?.picture ?? new Uint8Array(), 5, 5)).toEqual([...expected]);
    }
  });

  it('is no animation without frames, or with a frame outside of it', async () => {
    const still = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect(await decodeAnimation(still, 'image/png', limits)).toBeNull();
    const outside = apng([
      { box: whole, rgba: [0, 0, 0, 255] },
      { box: [30, 0, 20, 20], rgba: [9, 9, 9, 255] },
    ]);
    expect((await decodeAnimation(outside, 'image/png', limits))?.shots).toEqual([]);
  });
});

describe('findScenes', () => {
  it('gives at most 24 scenes: where everything moves, only larger changes count', () => {
    const frames = Uint8Array.from({ length: 100 * 300 }, (_, i) => (Math.floor(i / 300) * 37 + (i % 300)) % 256);
    expect(findScenes(frames, 100).length).toBeLessThanOrEqual(24);
  });
});
