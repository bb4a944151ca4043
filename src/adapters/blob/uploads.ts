import { timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Uploads } from '../../ports/stores.ts';
import {
  exactly,
  MOST_UPLOADS,
  newUpload,
  noSuchUpload,
  noSuchUrl,
  notYetSent,
  requireUploadSize,
  tooManyUploads,
} from './upload-rules.ts';
import { WaitingFolder } from './waiting-folder.ts';

interface Ticket {
  readonly token: string;
  readonly fileName: string;
  readonly byteSize: number;
  readonly mediaType?: string;
  readonly expires: number;
  state: 'OPEN' | 'RECEIVING' | 'RECEIVED';
}

/** Uploads of one process, as files of one folder, which is emptied when it opens: an upload that was not used before a crash is sent again. */
export class FolderUploads implements Uploads {
  readonly #folder: string;
  readonly #files: WaitingFolder;
  readonly #maxBytes: number;
  readonly #tickets = new Map<string, Ticket>();

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#files = new WaitingFolder(folder);
    this.#maxBytes = maxBytes;
  }

  static async open(folder: string, maxBytes: number): Promise<FolderUploads> {
    await rm(folder, { recursive: true, force: true });
    return new FolderUploads(folder, maxBytes);
  }

  async create(input: {
    fileName: string;
    byteSize: number;
    mediaType?: string;
  }): Promise<{ id: string; token: string; expiresAt: string }> {
    await this.#forgetExpired();
    requireUploadSize(input.byteSize, this.#maxBytes);
    if (this.#tickets.size >= MOST_UPLOADS) throw tooManyUploads();
    const { id, token, expires } = newUpload();
    this.#tickets.set(id, { ...input, token, expires: expires.getTime(), state: 'OPEN' });
    return { id, token, expiresAt: expires.toISOString() };
  }

  async receive(id: string, token: string, body: AsyncIterable<Uint8Array>): Promise<{ byteSize: number }> {
    const ticket = this.#tickets.get(id);
    if (!ticket || ticket.expires < Date.now() || !sameToken(ticket.token, token) || ticket.state !== 'OPEN') {
      throw noSuchUrl();
    }
    ticket.state = 'RECEIVING';
    try {
      await this.#files.write(id, exactly(body, ticket.byteSize));
    } catch (error) {
      ticket.state = 'OPEN'; // The URL stays good for another try.
      throw error;
    }
    ticket.state = 'RECEIVED';
    return { byteSize: ticket.byteSize };
  }

  async take(id: string): Promise<{ bytes: Uint8Array; fileName: string; mediaType?: string }> {
    const ticket = this.#tickets.get(id);
    if (!ticket || ticket.expires < Date.now()) throw noSuchUpload(id);
    if (ticket.state !== 'RECEIVED') throw notYetSent(id);
    this.#tickets.delete(id);
    const bytes = await this.#files.read(id);
    await this.#files.remove(id);
    const { fileName, mediaType } = ticket;
    return { bytes, fileName, ...(mediaType === undefined ? {} : { mediaType }) };
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #forgetExpired(): Promise<void> {
    for (const [id, ticket] of this.#tickets) {
      if (ticket.expires >= Date.now()) break;
      this.#tickets.delete(id);
      await this.#files.remove(id);
    }
  }
}

function sameToken(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
