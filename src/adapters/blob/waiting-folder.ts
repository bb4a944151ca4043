import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SensegraphError } from '../../errors.ts';
import type { WaitingBytes } from '../../ports/stores.ts';

/** Bytes that wait as files of one folder, which several processes may share. */
export class WaitingFolder implements WaitingBytes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const path = join(this.#folder, name);
    try {
      await pipeline(body, createWriteStream(path));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  async read(name: string): Promise<Uint8Array> {
    return readFile(join(this.#folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new SensegraphError('NOT_FOUND', `There are no bytes under ${name}.`, { cause: error });
    });
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  async sweep(before: Date): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [] as string[])) {
      const path = join(this.#folder, name);
      const written = (await stat(path).catch(() => undefined))?.mtime;
      if (written && written < before) await rm(path, { recursive: true, force: true });
    }
  }
}
