import { randomBytes } from 'node:crypto';
import { SensegraphError } from '../../errors.ts';

export const UPLOAD_LIFETIME_MS = 3600_000;
/** Uploads open at a time: a client that never sends can't fill the memory. */
export const MOST_UPLOADS = 10_000;

/** EMPTY, TOO_LARGE. */
export function requireUploadSize(byteSize: number, maxBytes: number): void {
  if (byteSize <= 0) throw new SensegraphError('EMPTY', 'An upload must have at least one byte.');
  if (byteSize > maxBytes) {
    throw new SensegraphError(
      'TOO_LARGE',
      `An upload of ${byteSize} bytes is too large; at most ${maxBytes} are taken.`,
    );
  }
}

/** Names of a new upload: neither can be guessed. */
export function newUpload(): { id: string; token: string; expires: Date } {
  return {
    id: randomBytes(16).toString('hex'),
    token: randomBytes(24).toString('base64url'),
    expires: new Date(Date.now() + UPLOAD_LIFETIME_MS),
  };
}

/** What comes, which must be as many bytes as were announced: TOO_LARGE, UPLOAD_INCOMPLETE. */
export async function* exactly(body: AsyncIterable<Uint8Array>, byteSize: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.length;
    if (received > byteSize) {
      throw new SensegraphError('TOO_LARGE', `More bytes came than the ${byteSize} that were announced.`);
    }
    yield chunk;
  }
  if (received < byteSize) {
    throw new SensegraphError(
      'UPLOAD_INCOMPLETE',
      `Only ${received} of ${byteSize} bytes came. Send the upload again.`,
    );
  }
}

/** For a PUT. */
export function noSuchUrl(): SensegraphError {
  return new SensegraphError(
    'UPLOAD_NOT_FOUND',
    'There is no such upload, or its URL was used or has expired. Ask createUpload for a new one.',
  );
}

/** For whoever names an upload to ingest. */
export function noSuchUpload(id: string): SensegraphError {
  return new SensegraphError(
    'UPLOAD_NOT_FOUND',
    `There is no upload ${id}, or it was ingested or has expired. Upload it again.`,
  );
}

/** For whoever names an upload to ingest before its PUT. */
export function notYetSent(id: string): SensegraphError {
  return new SensegraphError('UPLOAD_INCOMPLETE', `The upload ${id} has no bytes yet. PUT them to its URL first.`);
}

export function tooManyUploads(): SensegraphError {
  return new SensegraphError('TOO_MANY_ITEMS', `${MOST_UPLOADS} uploads wait already. Ingest some of them first.`);
}
