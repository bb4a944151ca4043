import sharp from 'sharp';
import { SensegraphError } from '../errors.ts';
import type { RgbImage } from '../ports/encoders.ts';
import type { Limits } from './limits.ts';

// Only the loaders of formats that are taken: SVG, PDF, TIFF and the rest of libvips stay out of reach of uploads.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
  ],
});

/** Pixels, and longer side, that pictures are scaled down to before encoders see them; small print on a long slip of paper survives this. */
const MOST_PIXELS = 1600 * 1600;
const LONGEST_SIDE = 3200;

/** Pixels of the upright picture, from its header alone. Throws TOO_MANY_PIXELS, CORRUPT. */
export async function readImageHeader(
  bytes: Uint8Array,
  limits: Pick<Limits, 'maxPixels'>,
): Promise<{ width: number; height: number }> {
  const metadata = await sharp(bytes, { limitInputPixels: false }).metadata().catch(corrupt);
  const { width, height } = metadata.autoOrient;
  if (!width || !height) throw new SensegraphError('CORRUPT', 'The picture tells no size: it is damaged.');
  if (width * height > limits.maxPixels) {
    throw new SensegraphError(
      'TOO_MANY_PIXELS',
      `The picture has ${width} × ${height} pixels; at most ${limits.maxPixels / 1e6} million are taken. Scale it down.`,
    );
  }
  return { width, height };
}

/**
 * The picture upright (EXIF), on white where it is transparent, its first frame where it is animated, and scaled down
 * to at most 2.56 million pixels, 3,200 a side. `scale` = original pixels per pixel given. Throws TOO_MANY_PIXELS, CORRUPT.
 */
export async function decodeImage(
  bytes: Uint8Array,
  limits: Pick<Limits, 'maxPixels'>,
): Promise<{ image: RgbImage; scale: number; width: number; height: number }> {
  const { width, height } = await readImageHeader(bytes, limits);
  const { data, info } = await sharp(bytes, { limitInputPixels: limits.maxPixels, failOn: 'truncated', pages: 1 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({ ...fitting(width, height), fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(corrupt);
  const rgb = info.channels === 3 ? data : toRgb(data, info.channels);
  const image: RgbImage = { width: info.width, height: info.height, data: new Uint8Array(rgb) };
  return { image, scale: width / info.width, width, height };
}

function fitting(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Grey (1 channel) or anything with more than three channels as three. */
function toRgb(data: Uint8Array, channels: number): Uint8Array {
  const pixels = data.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) rgb[i * 3 + c] = data[i * channels + (channels < 3 ? 0 : c)] ?? 0;
  }
  return rgb;
}

function corrupt(cause: unknown): never {
  throw new SensegraphError('CORRUPT', 'The picture can’t be decoded: it is damaged or cut off. Send the whole file.', {
    cause,
  });
}
