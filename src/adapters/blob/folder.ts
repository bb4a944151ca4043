import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SensegraphError } from '../../errors.ts';
import type { BlobStore } from '../../ports/stores.ts';

export interface FolderBlobOptions {
  /** Hash the bytes again on every read: CORRUPT when they are not those that were put. */
  readonly verify?: boolean;
}

/** Bytes in files named by their SHA-256: `<folder>/ab/cd/<sha>`. */
export class FolderBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #verify: boolean;

  constructor(folder: string, options: FolderBlobOptions = {}) {
    this.#folder = folder;
    this.#verify = options.verify ?? false;
  }

  /** The file appears whole or not at all, and is on the disk when this resolves. */
  async put(bytes: Uint8Array): Promise<string> {
    const key = hash(bytes);
    if (await this.has(key)) return key;
    const path = this.#path(key);
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${randomUUID()}`;
    try {
      const file = await open(draft, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    return key;
  }

  async get(key: string): Promise<Uint8Array> {
    const bytes = await readFile(this.#path(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new SensegraphError('NOT_FOUND', `There are no bytes under ${key}.`, { cause: error });
    });
    if (this.#verify && hash(bytes) !== key) {
      throw new SensegraphError(
        'CORRUPT',
        `The bytes under ${key} were changed: delete the asset and ingest it again.`,
      );
    }
    return bytes;
  }

  async has(key: string): Promise<boolean> {
    return access(this.#path(key)).then(
      () => true,
      () => false,
    );
  }

  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  /** A key is never taken for a path before it is seen to be a hash. */
  #path(key: string): string {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new SensegraphError('NOT_FOUND', 'A key is a SHA-256 in hex.');
    return join(this.#folder, key.slice(0, 2), key.slice(2, 4), key);
  }
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
