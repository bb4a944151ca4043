import type { Modality } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import { readImageHeader } from './decode-image.ts';
import { decodeText } from './decode-text.ts';
import type { Limits } from './limits.ts';
import { claimedMediaType, filmContainer, modalityOf, sniff } from './sniff.ts';

export interface Checked {
  readonly modality: Modality;
  readonly mediaType: string;
}

/**
 * Looks at an item before it is queued, cheaply: size, type by content against what its name claims, encoding of text,
 * size of a picture by its header, a missing end. What only a full decode can find is reported by the job.
 * Throws EMPTY, TOO_LARGE, UNSUPPORTED_TYPE, TYPE_MISMATCH, BAD_ENCODING, TOO_MANY_PIXELS, CORRUPT.
 */
export async function checkItem(
  bytes: Uint8Array,
  claim: { readonly fileName?: string | undefined; readonly mediaType?: string | undefined },
  limits: Limits,
): Promise<Checked> {
  if (bytes.length === 0) throw new SensegraphError('EMPTY', 'The item has no bytes. Send its content.');
  if (bytes.length > limits.maxUploadBytes) {
    throw new SensegraphError(
      'TOO_LARGE',
      `The item has ${bytes.length} bytes; at most ${limits.maxUploadBytes} are taken.`,
    );
  }
  const claimed = claim.mediaType ?? (claim.fileName === undefined ? undefined : claimedMediaType(claim.fileName));
  const claimedModality = claimed === undefined ? undefined : modalityOf(claimed);
  if (claim.mediaType !== undefined && claimedModality === undefined) {
    throw new SensegraphError('UNSUPPORTED_TYPE', `${claim.mediaType} can't be ingested. ${TAKEN}`);
  }
  const found = await sniff(bytes);
  if (typeof found === 'object' && 'binary' in found) {
    throw new SensegraphError('UNSUPPORTED_TYPE', `The content is ${found.binary}, which can't be ingested. ${TAKEN}`);
  }
  const actual: Checked =
    found === 'text'
      ? {
          modality: 'TEXT',
          mediaType: claimedModality === 'TEXT' && claimed ? claimed : isPage(bytes) ? 'text/html' : 'text/plain',
        }
      : found;
  // A film's container may hold sound alone: its content tells later.
  const sameContainer = filmContainer(claimed ?? '') !== undefined && filmContainer(actual.mediaType) !== undefined;
  if (claimedModality !== undefined && claimedModality !== actual.modality && !sameContainer) {
    throw new SensegraphError(
      'TYPE_MISMATCH',
      `It is called ${claimed}, but its content is ${found === 'text' ? 'not' : found.mediaType}. Send the file with its true name, or check that it is not damaged.`,
    );
  }
  if (actual.modality === 'TEXT' && decodeText(bytes).trim() === '') {
    throw new SensegraphError('EMPTY', 'The text holds nothing but white space.');
  }
  if (actual.modality === 'IMAGE') await readImageHeader(bytes, limits);
  if (hasNoEnd(bytes, actual.mediaType)) {
    throw new SensegraphError(
      'CORRUPT',
      `The ${actual.mediaType} ends too early: it was cut off. Send the whole file.`,
    );
  }
  return actual;
}

const TAKEN =
  'Taken are text, Markdown, HTML, CSV, PDF, Word (DOCX), JPEG, PNG, WebP, GIF, WAV, MP3, FLAC, Ogg (Vorbis, Opus), and by ffmpeg MP4, MOV, WebM, Matroska, M4A and AAC.';

/** A page that comes without a name still begins as one. */
function isPage(bytes: Uint8Array): boolean {
  return /^\s*<(?:!doctype html|html)\b/i.test(decodeText(bytes).slice(0, 400));
}

/** True when a format that must end in a mark doesn't hold it anywhere. */
function hasNoEnd(bytes: Uint8Array, mediaType: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mediaType === 'image/png') return buffer.lastIndexOf('IEND', undefined, 'latin1') < 0;
  if (mediaType === 'image/jpeg') return buffer.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0;
  if (mediaType === 'application/pdf') return buffer.lastIndexOf('%%EOF', undefined, 'latin1') < 0;
  if (mediaType === 'image/webp') return buffer.length < 12 || buffer.readUInt32LE(4) + 8 > buffer.length;
  return false;
}
