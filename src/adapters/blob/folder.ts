import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SensegraphError } from '../../errors.ts';
import type { BlobStore, ByteRange } from '../../ports/stores.ts';
import { hashOf, requireKey, requireRange } from './keys.ts';

export interface FolderBlobOptions {
  /** Hash the bytes again on every read: CORRUPT when they are not those that were put. */
  readonly verify?: boolean;
  /** A folder within the folder. */
  readonly prefix?: string;
}

/** Bytes in files named by their SHA-256: `<folder>/ab/cd/<sha>`. */
export class FolderBlobStore implements BlobStore {
  readonly #folder: string;
  readonly #verify: boolean;

  constructor(folder: string, options: FolderBlobOptions = {}) {
    this.#folder = join(folder, options.prefix ?? '');
    this.#verify = options.verify ?? false;
  }

  /** The file appears whole or not at all, and is on the disk when this resolves. */
  async put(bytes: Uint8Array): Promise<string> {
    const key = hashOf(bytes);
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
    const bytes = await readFile(this.#path(key)).catch(absent(key));
    if (this.#verify && hashOf(bytes) !== key) {
      throw new SensegraphError(
        'CORRUPT',
        `The bytes under ${key} were changed: delete the asset and ingest it again.`,
      );
    }
    return bytes;
  }

  async read(key: string, range: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    requireRange(range);
    const file = await open(this.#path(key)).catch(absent(key));
    return file.createReadStream({ start: range.start, end: range.end - 1 });
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

  #path(key: string): string {
    requireKey(key);
    return join(this.#folder, key.slice(0, 2), key.slice(2, 4), key);
  }
}

function absent(key: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new SensegraphError('NOT_FOUND', `There are no bytes under ${key}.`, { cause: error });
  };
}
