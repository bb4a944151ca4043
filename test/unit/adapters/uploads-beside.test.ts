import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FolderUploads } from '../../../src/adapters/blob/uploads.ts';

async function* body(): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(1, 2, 3);
}

it('several processes keep their uploads in one folder; what dead ones left goes when it is old', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sensegraph-uploads-'));
  const left = await FolderUploads.openBeside(folder, 100);
  const { id, token } = await left.create({ fileName: 'a.txt', byteSize: 3 });
  await left.receive(id, token, body());
  await mkdir(join(folder, 'dead'));
  await utimes(join(folder, 'dead'), new Date(0), new Date(0));
  const right = await FolderUploads.openBeside(folder, 100);
  expect(await readdir(folder)).toHaveLength(2);
  await right.close();
  expect((await left.take(id)).bytes).toHaveLength(3);
  // Taken for dead after hours without an upload, it goes on all the same.
  await rm(folder, { recursive: true });
  const next = await left.create({ fileName: 'b.txt', byteSize: 3 });
  await left.receive(next.id, next.token, body());
  expect((await left.take(next.id)).fileName).toBe('b.txt');
  await left.close();
  await rm(folder, { recursive: true, force: true });
});
