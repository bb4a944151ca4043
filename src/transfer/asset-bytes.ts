import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { BlobStore } from '../ports/stores.ts';

/** Writes the bytes of that key into the folder, unless they are there. False when the store has none any more. */
export async function writeBytes(folder: string, key: string, blobs: BlobStore): Promise<boolean> {
  const path = join(folder, key);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return true;
  const bytes = await blobs.get(key).catch((error: unknown) => {
    if (error instanceof SensegraphError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  });
  if (!bytes) return false;
  await mkdir(folder, { recursive: true });
  // Whole or not at all: the name says what is in it.
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
  return true;
}

/**
 * Takes the bytes of assets from the folder, as an export wrote it; where it is a dry run, only looks at them. BAD_INPUT when
 * some can't be read, CORRUPT when they are not what their name says.
 */
export async function takeBytes(
  folder: string,
  assets: readonly Asset[],
  blobs: BlobStore,
  dryRun: boolean,
): Promise<void> {
  for (const asset of assets) {
    const path = join(folder, asset.blobKey);
    if (!dryRun && (await blobs.has(asset.blobKey))) continue;
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new SensegraphError(
        'BAD_INPUT',
        `${path}, the bytes of ${asset.title}, can't be read: import without --bytes, or put it there.`,
        { cause },
      );
    });
    if (createHash('sha256').update(bytes).digest('hex') !== asset.blobKey)
      throw new SensegraphError('CORRUPT', `${path} does not hold what its name says. Get it again.`);
    if (!dryRun) await blobs.put(bytes);
  }
}
