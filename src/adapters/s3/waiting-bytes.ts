import { SensegraphError } from '../../errors.ts';
import type { WaitingBytes } from '../../ports/stores.ts';
import type { Bucket } from './bucket.ts';
import { bytesOf } from './bytes-of.ts';

/** Bytes that wait as objects of a bucket: `<prefix><name>`. */
export class S3WaitingBytes implements WaitingBytes {
  readonly #bucket: Bucket;
  readonly #prefix: string;

  constructor(bucket: Bucket, { prefix }: { readonly prefix: string }) {
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  async write(name: string, body: AsyncIterable<Uint8Array>, byteSize: number): Promise<void> {
    await this.#bucket.putStream(this.#prefix + name, body, byteSize);
  }

  async read(name: string): Promise<Uint8Array> {
    const body = await this.#bucket.get(this.#prefix + name);
    if (!body) throw new SensegraphError('NOT_FOUND', `There are no bytes under ${name}.`);
    return bytesOf(body);
  }

  async remove(name: string): Promise<void> {
    await this.#bucket.remove(this.#prefix + name);
  }

  async sweep(before: Date): Promise<void> {
    for await (const { key, written } of this.#bucket.list(this.#prefix))
      if (written < before) await this.#bucket.remove(key);
  }
}
