import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/config.ts';
import { checkItem } from '../../../src/ingest/check.ts';

const limits = { maxUploadBytes: 1_000_000, maxPixels: 50_000_000, maxAudioSeconds: 60 };
const utf8 = (text: string) => new TextEncoder().encode(text);
const png = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
const example = (path: string) => readFile(join(packageRoot, 'examples', path));

/** A PNG that claims a size and holds next to nothing, as a bomb does. */
function pngBomb(width: number, height: number): Uint8Array {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('checkItem refuses', () => {
  it.each([
    ['nothing', async () => new Uint8Array(), {}, 'EMPTY'],
    ['white space', async () => utf8(' \n\t '), {}, 'EMPTY'],
    ['more bytes than allowed', async () => new Uint8Array(1_000_001), {}, 'TOO_LARGE'],
    ['a text called .png', async () => utf8('plain words'), { fileName: 'a.png' }, 'TYPE_MISMATCH'],
    ['a picture called .txt', png, { fileName: 'a.txt' }, 'TYPE_MISMATCH'],
    ['a cut-off PNG', async () => (await png()).subarray(0, 60), {}, 'CORRUPT'],
    ['a cut-off PDF', async () => (await example('documents/guide.pdf')).subarray(0, 900), {}, 'CORRUPT'],
    ['a cut-off JPEG', async () => (await example('images/museum-cat.jpg')).subarray(0, 900), {}, 'CORRUPT'],
    ['two hundred megapixels', async () => pngBomb(20_000, 10_000), {}, 'TOO_MANY_PIXELS'],
    [
      'bytes in no encoding',
      async () => new Uint8Array([0x68, 0xff, 0xfe, 0x61, 0x80]),
      { fileName: 'a.txt' },
      'BAD_ENCODING',
    ],
    ['control characters', async () => utf8('a\u0000b'), { fileName: 'a.txt' }, 'BAD_ENCODING'],
    [
      'a ZIP file',
      async () => Buffer.from('504b0304140000000000000021000000000000000000000000000100000061', 'hex'),
      {},
      'UNSUPPORTED_TYPE',
    ],
    ['a media type that is not taken', async () => utf8('x'), { mediaType: 'application/x-foo' }, 'UNSUPPORTED_TYPE'],
  ])('%s', async (_, bytes, claim, code) => {
    await expect(checkItem(await bytes(), claim, limits)).rejects.toMatchObject({ code });
  });
});

describe('checkItem takes', () => {
  it.each([
    ['UTF-8', utf8('Grüße, 世界')],
    ['UTF-16 with its mark', Buffer.from('\ufeffhello', 'utf16le')],
    ['a text that begins like a film', utf8('GAMES are played here.'.repeat(30))],
    ['a text that begins like a sound', utf8('ID3 is no song, it is a sentence.')],
  ])('%s', async (_, bytes) => {
    expect(await checkItem(bytes, {}, limits)).toMatchObject({ modality: 'TEXT' });
  });

  it.each([
    'images/museum-cat.jpg',
    'images/drawing-pin.png',
    'documents/guide.pdf',
    'recordings/lantern-bell.wav',
    'recordings/north-pier.mp3',
    'recordings/old-barn.flac',
    'recordings/lifeboat-hope.ogg',
    'recordings/net-loft.opus',
  ])('%s', async (path) => {
    const modality = path.startsWith('images') ? 'IMAGE' : path.startsWith('documents') ? 'DOCUMENT' : 'AUDIO';
    expect(await checkItem(await example(path), { fileName: path }, limits)).toMatchObject({ modality });
  });
});
