import { createHash } from 'node:crypto';
import { SensegraphError } from '../../errors.ts';
import type { ByteRange } from '../../ports/stores.ts';

/** Key of bytes: their SHA-256 in hex. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A key is never taken for a path or a name before it is seen to be a hash. NOT_FOUND. */
export function requireKey(key: string): void {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new SensegraphError('NOT_FOUND', 'A key is a SHA-256 in hex.');
}

/** BAD_INPUT unless the part holds a byte at least. */
export function requireRange({ start, end }: ByteRange): void {
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && end > start) return;
  throw new SensegraphError('BAD_INPUT', `From byte ${start} up to ${end} there is nothing to read.`);
}
