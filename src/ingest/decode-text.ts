import { SensegraphError } from '../errors.ts';

/**
 * Bytes as text: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is dropped.
 * BAD_ENCODING when they are neither, or hold control characters that no text has.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decodeStrictly(bytes);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text)) {
    throw new SensegraphError('BAD_ENCODING', 'The bytes hold control characters: this is no text. Send UTF-8 text.');
  }
  return text;
}

/** Whether the bytes are text in an encoding that is taken. */
export function isText(bytes: Uint8Array): boolean {
  try {
    decodeText(bytes);
    return true;
  } catch {
    return false;
  }
}

function decodeStrictly(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SensegraphError(
      'BAD_ENCODING',
      `The text is not valid ${encoding.toUpperCase()}. Save it as UTF-8 and send it again.`,
      { cause },
    );
  }
}
