import { createHash, randomUUID } from 'node:crypto';
import { SensegraphError } from '../../errors.ts';
import type { Uploads, WaitingBytes } from '../../ports/stores.ts';
import {
  exactly,
  MOST_UPLOADS,
  newUpload,
  noSuchUpload,
  noSuchUrl,
  notYetSent,
  requireUploadSize,
  tooManyUploads,
  UPLOAD_LIFETIME_MS,
} from '../blob/upload-rules.ts';
import type { Db, StoreLog } from './db.ts';

const SWEEP_EVERY_MS = 600_000;

interface UploadRow {
  readonly file_name: string;
  readonly media_type: string | null;
  readonly byte_size: string | number;
  readonly bytes_name: string | null;
}

/**
 * Uploads that every server on the database knows: one may make the URL, another get the bytes, a third ingest them.
 * Each PUT writes under a name of its own and the first that is complete counts, so one that breaks off, or whose
 * server dies, leaves the URL good.
 */
export class PostgresUploads implements Uploads {
  readonly #db: Db;
  readonly #waiting: WaitingBytes;
  readonly #maxBytes: number;
  readonly #log: StoreLog;
  #swept = 0;
  #sweeping: Promise<void> | undefined;

  constructor(db: Db, waiting: WaitingBytes, { maxBytes, log }: { readonly maxBytes: number; readonly log: StoreLog }) {
    this.#db = db;
    this.#waiting = waiting;
    this.#maxBytes = maxBytes;
    this.#log = log;
  }

  async create(input: {
    fileName: string;
    byteSize: number;
    mediaType?: string;
  }): Promise<{ id: string; token: string; expiresAt: string }> {
    requireUploadSize(input.byteSize, this.#maxBytes);
    this.#sweepAtTimes();
    const { id, token, expires } = newUpload();
    const { fileName, byteSize, mediaType = null } = input;
    const made = await this.#db.query(
      `INSERT INTO upload (id, token_hash, file_name, media_type, byte_size, expires_at)
       SELECT $1, $2, $3, $4, $5, $6
       WHERE (SELECT count(*) FROM (SELECT FROM upload WHERE expires_at > now() LIMIT $7::int) open) < $7::int RETURNING id`,
      [id, hashOf(token), fileName, mediaType, byteSize, expires.toISOString(), MOST_UPLOADS],
    );
    if (made.length === 0) throw tooManyUploads();
    return { id, token, expiresAt: expires.toISOString() };
  }

  async receive(id: string, token: string, body: AsyncIterable<Uint8Array>): Promise<{ byteSize: number }> {
    const open = 'id = $1 AND token_hash = $2 AND bytes_name IS NULL AND expires_at > now()';
    const [row] = await this.#db.query<UploadRow>(`SELECT * FROM upload WHERE ${open}`, [id, hashOf(token)]);
    if (!row) throw noSuchUrl();
    const byteSize = Number(row.byte_size);
    const name = `${id}.${randomUUID()}`;
    await this.#waiting.write(name, exactly(body, byteSize), byteSize);
    const isFirst = await this.#db.query(`UPDATE upload SET bytes_name = $3 WHERE ${open} RETURNING id`, [
      id,
      hashOf(token),
      name,
    ]);
    if (isFirst.length > 0) return { byteSize };
    await this.#waiting.remove(name);
    throw noSuchUrl();
  }

  /** The bytes are read before the upload is struck out: a server that dies in between has taken nothing. */
  async take(id: string): Promise<{ bytes: Uint8Array; fileName: string; mediaType?: string }> {
    const live = 'id = $1 AND expires_at > now()';
    const [row] = await this.#db.query<UploadRow>(`SELECT * FROM upload WHERE ${live}`, [id]);
    if (!row) throw noSuchUpload(id);
    const { bytes_name: name, file_name: fileName, media_type: mediaType } = row;
    if (name === null) throw notYetSent(id);
    const bytes = await this.#waiting.read(name).catch((error: unknown) => {
      // Another took it a moment ago.
      if (error instanceof SensegraphError && error.code === 'NOT_FOUND') throw noSuchUpload(id);
      throw error;
    });
    const taken = await this.#db.query(`DELETE FROM upload WHERE ${live} RETURNING id`, [id]);
    if (taken.length === 0) throw noSuchUpload(id);
    // What stays is swept away when it is old.
    await this.#waiting
      .remove(name)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'Bytes of an upload stay.'));
    return { bytes, fileName, ...(mediaType === null ? {} : { mediaType }) };
  }

  /** Forgets what has expired, and takes away bytes that no upload names any more. */
  async sweep(): Promise<void> {
    await this.#db.query('DELETE FROM upload WHERE expires_at < now()');
    // Whatever is this old belongs to an upload that has expired.
    await this.#waiting.sweep(new Date(Date.now() - 2 * UPLOAD_LIFETIME_MS));
  }

  /** What waits stays for the other servers. */
  async close(): Promise<void> {
    await this.#sweeping;
  }

  #sweepAtTimes(): void {
    if (this.#sweeping || Date.now() < this.#swept + SWEEP_EVERY_MS) return;
    this.#swept = Date.now();
    this.#sweeping = this.sweep()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'Expired uploads could not be taken away.'))
      .finally(() => (this.#sweeping = undefined));
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
