import { inflateRawSync } from 'node:zlib';
import { SensegraphError } from '../errors.ts';

const MOST_ENTRIES = 2000;

/**
 * Unpacks every entry of a ZIP once within a budget of bytes and forgets it, since the sizes that a ZIP declares may
 * lie. Throws TOO_LARGE for more bytes or entries, CORRUPT for a broken archive.
 */
export function checkZip(bytes: Uint8Array, mostBytes: number): void {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > zip.length) throw broken();
  const entries = zip.readUInt16LE(end + 10);
  if (entries > MOST_ENTRIES) throw new SensegraphError('TOO_LARGE', `The file packs more than ${MOST_ENTRIES} parts.`);
  let at = zip.readUInt32LE(end + 16);
  let left = mostBytes;
  for (let i = 0; i < entries; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw broken();
    const method = zip.readUInt16LE(at + 10);
    const packed = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 > zip.length) throw broken();
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    left -= method === 0 ? packed : unpackedSize(zip.subarray(start, start + packed), left, mostBytes);
    if (left < 0) throw bomb(mostBytes);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function unpackedSize(packed: Buffer, left: number, most: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: left + 1 }).length;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bomb(most);
    throw broken(cause);
  }
}

function bomb(most: number): SensegraphError {
  return new SensegraphError('TOO_LARGE', `The file unpacks to more than ${most / 1e6} MB. Send a smaller one.`);
}

function broken(cause?: unknown): SensegraphError {
  return new SensegraphError('CORRUPT', 'The file can’t be unpacked: it is damaged or cut off.', { cause });
}
