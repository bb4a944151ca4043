import { SensegraphError } from '../../errors.ts';
import type { BlobStore, ByteRange } from '../../ports/stores.ts';
import { hashOf, requireKey, requireRange } from '../blob/keys.ts';
import type { Bucket } from './bucket.ts';
import { bytesOf } from './bytes-of.ts';

/** Bytes as objects of a bucket: `<prefix><SHA-256>`. */
export class S3BlobStore implements BlobStore {
  readonly #bucket: Bucket;
  readonly #prefix: string;

  /** `prefix`: what every key begins with, such as `sensegraph/blobs/`. */
  constructor(bucket: Bucket, { prefix = '' }: { readonly prefix?: string } = {}) {
    this.#bucket = bucket;
    this.#prefix = prefix;
  }

  /** What is there already is not sent again. The server holds what it got against the hash before it stores it. */
  async put(bytes: Uint8Array): Promise<string> {
    const key = hashOf(bytes);
    // An object cut short by another tool would not be found out by its name.
    if ((await this.#bucket.size(this.#at(key))) !== bytes.length) await this.#bucket.put(this.#at(key), bytes, key);
    return key;
  }

  /** CORRUPT when they are not those that were put. */
  async get(key: string): Promise<Uint8Array> {
    const body = await this.#bucket.get(this.#at(key));
    if (!body) throw absent(key);
    const bytes = await bytesOf(body);
    if (hashOf(bytes) === key) return bytes;
    throw new SensegraphError(
      'CORRUPT',
      `The bytes under ${key} in ${this.#bucket.place} were changed: delete the asset and ingest it again.`,
    );
  }

  async read(key: string, range: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    requireRange(range);
    const body = await this.#bucket.get(this.#at(key), `bytes=${range.start}-${range.end - 1}`);
    if (!body) throw absent(key);
    return body;
  }

  async has(key: string): Promise<boolean> {
    return (await this.#bucket.size(this.#at(key))) !== undefined;
  }

  async remove(key: string): Promise<void> {
    await this.#bucket.remove(this.#at(key));
  }

  #at(key: string): string {
    requireKey(key);
    return this.#prefix + key;
  }
}

function absent(key: string): SensegraphError {
  return new SensegraphError('NOT_FOUND', `There are no bytes under ${key}.`);
}
