import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SensegraphError } from '../../errors.ts';
import type { Uploads } from '../../ports/stores.ts';

const LIFETIME_MS = 3600_000;
/** Tickets open at a time: a client that never uploads can't fill the memory. */
const MOST_TICKETS = 10_000;

interface Ticket {
  readonly token: string;
  readonly fileName: string;
  readonly byteSize: number;
  readonly mediaType?: string;
  readonly expires: number;
  state: 'OPEN' | 'RECEIVING' | 'RECEIVED';
}

/** Uploads as files of one folder, which is emptied when it opens: an upload that was not used before a crash is sent again. */
export class FolderUploads implements Uploads {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #tickets = new Map<string, Ticket>();

  private constructor(folder: string, maxBytes: number) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
  }

  static async open(folder: string, maxBytes: number): Promise<FolderUploads> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new FolderUploads(folder, maxBytes);
  }

  /** In a folder of its own within one that other processes use too. What dead ones left there goes once it has expired. */
  static async openBeside(folder: string, maxBytes: number): Promise<FolderUploads> {
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const changed = (await stat(path).catch(() => undefined))?.mtimeMs ?? Infinity;
      if (changed < Date.now() - 2 * LIFETIME_MS) await rm(path, { recursive: true, force: true });
    }
    return FolderUploads.open(join(folder, randomUUID()), maxBytes);
  }

  async create(input: {
    fileName: string;
    byteSize: number;
    mediaType?: string;
  }): Promise<{ id: string; token: string; expiresAt: string }> {
    await this.#forgetExpired();
    if (input.byteSize <= 0) throw new SensegraphError('EMPTY', 'An upload must have at least one byte.');
    if (input.byteSize > this.#maxBytes) {
      throw new SensegraphError(
        'TOO_LARGE',
        `An upload of ${input.byteSize} bytes is too large; at most ${this.#maxBytes} are taken.`,
      );
    }
    if (this.#tickets.size >= MOST_TICKETS) {
      throw new SensegraphError('TOO_MANY_ITEMS', `${MOST_TICKETS} uploads wait already. Ingest some of them first.`);
    }
    const id = randomBytes(16).toString('hex');
    const token = randomBytes(24).toString('base64url');
    const expires = Date.now() + LIFETIME_MS;
    this.#tickets.set(id, { ...input, token, expires, state: 'OPEN' });
    return { id, token, expiresAt: new Date(expires).toISOString() };
  }

  async receive(id: string, token: string, body: AsyncIterable<Uint8Array>): Promise<{ byteSize: number }> {
    const ticket = this.#tickets.get(id);
    if (!ticket || ticket.expires < Date.now() || !sameToken(ticket.token, token) || ticket.state !== 'OPEN') {
      throw new SensegraphError(
        'UPLOAD_NOT_FOUND',
        'There is no such upload, or its URL was used or has expired. Ask createUpload for a new one.',
      );
    }
    ticket.state = 'RECEIVING';
    let received = 0;
    const counted = async function* () {
      for await (const chunk of body) {
        received += chunk.length;
        if (received > ticket.byteSize) {
          throw new SensegraphError('TOO_LARGE', `More bytes came than the ${ticket.byteSize} that were announced.`);
        }
        yield chunk;
      }
    };
    try {
      await mkdir(this.#folder, { recursive: true });
      await pipeline(counted, createWriteStream(this.#path(id)));
      if (received < ticket.byteSize) {
        throw new SensegraphError(
          'UPLOAD_INCOMPLETE',
          `Only ${received} of ${ticket.byteSize} bytes came. Send the upload again.`,
        );
      }
    } catch (error) {
      // The URL stays good for another try.
      ticket.state = 'OPEN';
      await rm(this.#path(id), { force: true });
      throw error;
    }
    ticket.state = 'RECEIVED';
    return { byteSize: received };
  }

  async take(id: string): Promise<{ bytes: Uint8Array; fileName: string; mediaType?: string }> {
    const ticket = this.#tickets.get(id);
    if (!ticket || ticket.expires < Date.now()) {
      throw new SensegraphError(
        'UPLOAD_NOT_FOUND',
        `There is no upload ${id}, or it was ingested or has expired. Upload it again.`,
      );
    }
    if (ticket.state !== 'RECEIVED') {
      throw new SensegraphError('UPLOAD_INCOMPLETE', `The upload ${id} has no bytes yet. PUT them to its URL first.`);
    }
    this.#tickets.delete(id);
    const bytes = await readFile(this.#path(id));
    await rm(this.#path(id), { force: true });
    return {
      bytes,
      fileName: ticket.fileName,
      ...(ticket.mediaType === undefined ? {} : { mediaType: ticket.mediaType }),
    };
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #path(id: string): string {
    return join(this.#folder, id);
  }

  async #forgetExpired(): Promise<void> {
    for (const [id, ticket] of this.#tickets) {
      if (ticket.expires >= Date.now()) break;
      this.#tickets.delete(id);
      await rm(this.#path(id), { force: true });
    }
  }
}

function sameToken(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
