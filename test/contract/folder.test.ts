import { mkdtempSync, readdirSync, rmSync, writeFileSync, type ReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FolderBlobStore } from '../../src/adapters/blob/folder.ts';
import { FolderUploads } from '../../src/adapters/blob/uploads.ts';
import { blobStoreContract } from './blob-store.ts';
import { uploadsContract } from './uploads.ts';

const folder = mkdtempSync(join(tmpdir(), 'sensegraph-blobs-'));
afterAll(() => rmSync(folder, { recursive: true }));

blobStoreContract(
  'a folder',
  async () => new FolderBlobStore(folder),
  async (prefix) => new FolderBlobStore(folder, { prefix }),
);
uploadsContract('a folder', async (maxBytes) => FolderUploads.open(join(folder, 'uploads'), maxBytes));

it('leaves no drafts behind and sees bytes that were changed', async () => {
  const store = new FolderBlobStore(folder, { verify: true });
  const key = await store.put(Uint8Array.of(9, 9));
  const place = join(folder, key.slice(0, 2), key.slice(2, 4));
  expect(readdirSync(place)).toEqual([key]);
  writeFileSync(join(place, key), 'other');
  await expect(store.get(key)).rejects.toMatchObject({ code: 'CORRUPT' });
});

it('reads no more of a file than the part that is asked for', async () => {
  const store = new FolderBlobStore(folder);
  const key = await store.put(new Uint8Array(1_000_000));
  const part = (await store.read(key, { start: 500_000, end: 500_010 })) as ReadStream;
  expect(await part.toArray()).toEqual([Buffer.alloc(10)]);
  expect(part.bytesRead).toBe(10);
});
