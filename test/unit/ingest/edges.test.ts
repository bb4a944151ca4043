import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { checkItem } from '../../../src/ingest/check.ts';
import { decodeAudio } from '../../../src/ingest/decode-audio.ts';
import { decodeImage } from '../../../src/ingest/decode-image.ts';
import { decodeText } from '../../../src/ingest/decode-text.ts';
import { resample } from '../../../src/ingest/resample.ts';
import { splitSentences } from '../../../src/ingest/sentences.ts';
import { splitPassages } from '../../../src/ingest/split.ts';

const limits = { maxUploadBytes: 1_000_000, maxPixels: 50_000_000, maxAudioSeconds: 60 };
const sentences = (text: string) => splitSentences(text).map(({ start, end }) => text.slice(start, end));
const passages = (text: string) => splitPassages('Asset:a', text).map((segment) => segment.text);
const level = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** 16-bit PCM of two channels, each a constant. */
function stereoWav(left: number, right: number, frames: number): Uint8Array {
  const wav = Buffer.alloc(44 + frames * 4);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + frames * 4, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(16_000, 24);
  wav.writeUInt32LE(64_000, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(frames * 4, 40);
  for (let i = 0; i < frames; i++) {
    wav.writeInt16LE(Math.round(left * 32_767), 44 + i * 4);
    wav.writeInt16LE(Math.round(right * 32_767), 46 + i * 4);
  }
  return wav;
}

describe('splitSentences', () => {
  it.each([
    ['He lived in the U.S. He was happy.', ['He lived in the U.S.', 'He was happy.']],
    ['It was made by Smith Co. The boat sank.', ['It was made by Smith Co.', 'The boat sank.']],
    ['It ended in Dec. Then came winter.', ['It ended in Dec.', 'Then came winter.']],
    ['Gen. Lee met J. P. Morgan, Jr. in St. Louis.', ['Gen. Lee met J. P. Morgan, Jr. in St. Louis.']],
    ['See vol. 3, p. 12, e.g. The Salt Road.', ['See vol. 3, p. 12, e.g. The Salt Road.']],
  ])('ends a sentence after an abbreviation only where another begins: %s', (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });
});

describe('splitPassages', () => {
  it('cuts a long list at its line breaks or tabs, not in the middle of a word', () => {
    for (const gap of ['\n', '\t']) {
      const text = `alpha-beta${gap}`.repeat(400);
      for (const passage of passages(text)) expect(passage).toMatch(/^alpha[^]*beta$/);
      expect(passages(text).join('').replace(/\s/g, '')).toBe('alpha-beta'.repeat(400));
    }
  });

  it('never parts the halves of a character, wherever the cut falls', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.constantFrom('😀', '𝒳', 'é', '世'), (shift, char) => {
        const text = 'a'.repeat(shift) + char.repeat(2500);
        const pieces = passages(text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(piece.isWellFormed() && piece.length <= 1600).toBe(true);
      }),
    );
  });
});

describe('decoding', () => {
  it('reads UTF-16 of both byte orders and drops the mark', () => {
    const little = Buffer.from('\ufeffGrüße', 'utf16le');
    expect(decodeText(little)).toBe('Grüße');
    expect(decodeText(Buffer.from(little).swap16())).toBe('Grüße');
    expect(decodeText(Buffer.from('\ufeffGrüße'))).toBe('Grüße');
  });

  it('refuses a WebP that is cut off', async () => {
    const webp = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'red' } })
      .webp()
      .toBuffer();
    await expect(checkItem(webp.subarray(0, -10), {}, limits)).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it('mixes two channels into one', async () => {
    const { samples, durationSeconds } = await decodeAudio(stereoWav(0.5, 0.1, 1600), 'audio/wav', limits);
    expect(durationSeconds).toBeCloseTo(0.1, 5);
    expect(samples).toHaveLength(1600);
    expect(samples[800]).toBeCloseTo(0.3, 3);
  });

  it('turns the pixels, not only the size, as EXIF says', async () => {
    const half = { create: { width: 8, height: 16, channels: 3 as const, background: 'white' } };
    const bytes = await sharp({ create: { width: 16, height: 16, channels: 3, background: 'black' } })
      .composite([{ input: await sharp(half).png().toBuffer(), left: 0, top: 0 }])
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const { data, width } = (await decodeImage(bytes, limits)).image;
    // What was left is on top after a quarter turn to the right.
    expect([data[0], data[15 * width * 3]]).toEqual([255, 0]);
  });

  it('takes the first frame of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(12, 255), Buffer.alloc(12, 0)]);
    const gif = await sharp(frames, { raw: { width: 2, height: 4, channels: 3, pageHeight: 2 } })
      .gif()
      .toBuffer();
    const { image } = await decodeImage(gif, limits);
    expect([image.width, image.height, image.data[0]]).toEqual([2, 2, 255]);
  });
});

describe('resample', () => {
  it.each([8_000, 22_050, 44_100, 48_000])('gives the right number of samples from %i Hz', (rate) => {
    fc.assert(
      fc.property(fc.nat(3000), (length) => {
        expect(resample(new Float32Array(length), rate, 16_000)).toHaveLength(Math.round((length * 16_000) / rate));
      }),
      { numRuns: 20 },
    );
  });

  it('lets less than −50 dB through from 10 kHz on', () => {
    for (const hertz of [10_000, 13_000, 17_000, 21_000]) {
      const tone = Float32Array.from({ length: 44_100 }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / 44_100));
      expect(20 * Math.log10(level(resample(tone, 44_100, 16_000).slice(300, -300)) * Math.SQRT2)).toBeLessThan(-50);
    }
  });
});
