import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FolderBlobStore } from '../../src/adapters/blob/folder.ts';
import { blobStoreContract } from './blob-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'sensegraph-blobs-'));
afterAll(() => rmSync(folder, { recursive: true }));

blobStoreContract('a folder', async () => new FolderBlobStore(folder));

it('leaves no drafts behind and sees bytes that were changed', async () => {
  const store = new FolderBlobStore(folder, { verify: true });
  const key = await store.put(Uint8Array.of(9, 9));
  const place = join(folder, key.slice(0, 2), key.slice(2, 4));
  expect(readdirSync(place)).toEqual([key]);
  writeFileSync(join(place, key), 'other');
  await expect(store.get(key)).rejects.toMatchObject({ code: 'CORRUPT' });
});
