import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderBlobStore } from '../../../src/adapters/blob/folder.ts';
import type { Asset } from '../../../src/domain.ts';
import { Drawer } from '../../../src/draw-asset.ts';
import { COLOURS } from '../../../src/draw/draw-boxes.ts';

let folder: string;
let blobs: FolderBlobStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sensegraph-draw-'));
  blobs = new FolderBlobStore(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#808080' } });

async function drawerOf(bytes: Uint8Array, maxPixels = 1e6, modality: Asset['modality'] = 'IMAGE'): Promise<Drawer> {
  const blobKey = await blobs.put(bytes);
  const asset: Asset = {
    id: `Asset:${blobKey}`,
    modality,
    mediaType: 'image/png',
    byteSize: bytes.length,
    title: 'a picture',
    blobKey,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  return new Drawer({ ledger: { asset: async () => asset }, blobs, limits: { maxPixels } });
}

async function pixels(png: Uint8Array) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) =>
    `#${data
      .subarray((y * info.width + x) * 3)
      .subarray(0, 3)
      .toString('hex')}`;
  return { at, width: info.width, height: info.height };
}

describe('a drawn asset', () => {
  it('that is small is enlarged, with its boxes', async () => {
    const drawer = await drawerOf(await plain(100, 50).png().toBuffer());
    const { at, width, height } = await pixels(await drawer.draw('a', [{ x: 50, y: 20, width: 30, height: 20 }]));
    expect([width, height]).toEqual([640, 320]);
    expect(at(321, 192)).toBe(COLOURS[0]);
    expect(at(416, 192)).toBe('#808080');
    const tiny = await drawerOf(await plain(3, 2).png().toBuffer());
    expect((await pixels(await tiny.draw('a', [{ x: 0, y: 0, width: 3, height: 2 }]))).width).toBe(24);
  });

  it('that is large is scaled down, with its boxes', async () => {
    const drawer = await drawerOf(await plain(4000, 1000).png().toBuffer(), 1e7);
    const { at, width } = await pixels(await drawer.draw('a', [{ x: 2000, y: 200, width: 1000, height: 600 }]));
    expect(width).toBeLessThanOrEqual(3200);
    expect(at(Math.round((2000 * width) / 4000) + 1, Math.round((500 * width) / 4000))).toBe(COLOURS[0]);
  });

  it('that lies on its side is held upright, as its boxes are', async () => {
    const lying = await plain(800, 400).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { at, width, height } = await pixels(
      await (await drawerOf(lying)).draw('a', [{ x: 100, y: 600, width: 200, height: 100 }]),
    );
    expect([width, height]).toEqual([400, 800]);
    expect(at(101, 650)).toBe(COLOURS[0]);
  });

  it('is refused beyond the limit of pixels, with too many boxes or none, and where it is no picture', async () => {
    const box = { x: 0, y: 0, width: 5, height: 5 };
    const bytes = await plain(1200, 1000).png().toBuffer();
    await expect((await drawerOf(bytes)).draw('a', [box])).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
    const drawer = await drawerOf(bytes, 1e7);
    await expect(drawer.draw('a', [])).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(
      drawer.draw(
        'a',
        Array.from({ length: 21 }, () => box),
      ),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect((await drawerOf(bytes, 1e7, 'TEXT')).draw('a', [box])).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('is refused at once where many wait', async () => {
    const drawer = await drawerOf(await plain(64, 64).png().toBuffer());
    const all = await Promise.allSettled(
      Array.from({ length: 30 }, () => drawer.draw('a', [{ x: 1, y: 1, width: 9, height: 9 }])),
    );
    const refused = all.filter((one) => one.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'OVERLOADED' });
    expect(all.filter((one) => one.status === 'fulfilled').length).toBeGreaterThan(10);
  });
});
