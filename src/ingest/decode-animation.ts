import sharp from 'sharp';
import { ApngReader } from './apng.ts';
import type { FilmShot } from './film.ts';
import { inside, type Frames } from './frames.ts';
import type { Limits } from './limits.ts';

/** Frames looked at, and pixels of all of them together in pictures of the largest size. */
const MOST_FRAMES = 2000;
const MOST_PICTURES = 8;
const MOST_APNG = 2;
/** Longest that decoding them may take, in seconds. */
const TIMEOUT = 60;
/** Side of the small frames that are compared. */
const SIDE = 64;
/** A pixel changed where a colour of it did by this much, of 255; another scene begins where this share of them has. */
const CHANGED = 32;
const LEAST_SHARE = 0.1;
/** Pictures given of one animation; with more, only larger changes count. */
const MOST_SHOTS = 24;
/** Delays up to 10 ms are shown for 100 ms, as browsers do. */
const LEAST_DELAY = 11;
const USUAL_DELAY = 100;
/** Longer side of a picture, as of one that stands still. */
const LONGEST_SIDE = 1600;

export interface Animation {
  readonly shots: readonly FilmShot[];
  readonly durationSeconds: number;
  readonly warnings: readonly string[];
}

/**
 * The different pictures of an animated GIF, WebP or PNG, each over the time that it is shown; null for a picture that
 * stands still. An animation that can't be decoded has no shots, and a warning: its first frame may still be whole.
 */
export async function decodeAnimation(
  bytes: Uint8Array,
  mediaType: string,
  limits: Pick<Limits, 'maxPixels'>,
): Promise<Animation | null> {
  try {
    const frames = await openFrames(bytes, mediaType, limits);
    return frames && frames.delays.length > 1 ? await readFrames(frames) : null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { shots: [], durationSeconds: 0, warnings: [`only its first frame could be read (${why})`] };
  }
}

async function readFrames(frames: Frames): Promise<Animation | null> {
  const small = await frames.small(SIDE);
  const starts = findScenes(small, frames.delays.length);
  if (starts.length < 2) return null;
  const times = [0];
  for (const delay of frames.delays)
    times.push((times.at(-1) ?? 0) + (delay < LEAST_DELAY ? USUAL_DELAY : delay) / 1000);
  const bounds = [...starts, frames.delays.length];
  const middles = starts.map((start, i) => Math.floor((start + (bounds[i + 1] ?? start) - 1) / 2));
  const pictures = await frames.whole(middles, LONGEST_SIDE);
  const shots = pictures.map((picture, i): FilmShot => ({
    startSeconds: times[bounds[i] ?? 0] ?? 0,
    endSeconds: times[bounds[i + 1] ?? 0] ?? 0,
    picture,
  }));
  const left = frames.total - frames.delays.length;
  return {
    shots,
    durationSeconds: times.at(-1) ?? 0,
    warnings: left > 0 ? [`its last ${left} of ${frames.total} frames were left out: it is too long`] : [],
  };
}

/** First frames of what differs from the first frame of what is before. `small`: frames of SIDE × SIDE RGB. */
export function findScenes(small: Uint8Array, count: number): number[] {
  const size = small.length / count;
  for (let least = LEAST_SHARE; ; least *= 1.5) {
    const starts = [0];
    for (let i = 1; i < count; i++)
      if (changedShare(small, (starts.at(-1) ?? 0) * size, i * size, size) >= least) starts.push(i);
    if (starts.length <= MOST_SHOTS) return starts;
  }
}

function changedShare(data: Uint8Array, a: number, b: number, size: number): number {
  let changed = 0;
  for (let i = 0; i < size; i += 3) {
    let most = 0;
    for (let c = i; c < i + 3; c++) most = Math.max(most, Math.abs((data[a + c] ?? 0) - (data[b + c] ?? 0)));
    if (most >= CHANGED) changed += 3;
  }
  return changed / size;
}

async function openFrames(
  bytes: Uint8Array,
  mediaType: string,
  { maxPixels }: Pick<Limits, 'maxPixels'>,
): Promise<Frames | null> {
  if (mediaType === 'image/png')
    return ApngReader.open(bytes, { maxFrames: MOST_FRAMES, maxPixels: MOST_APNG * maxPixels });
  if (mediaType !== 'image/gif' && mediaType !== 'image/webp') return null;
  const {
    width = 0,
    pageHeight = 0,
    pages = 1,
    delay = [],
  } = await sharp(bytes, { pages: -1, limitInputPixels: false }).metadata();
  const fitting = Math.floor((MOST_PICTURES * maxPixels) / Math.max(1, width * pageHeight));
  const count = Math.min(pages, MOST_FRAMES, fitting);
  const read = (options: { readonly page?: number; readonly pages: number }) =>
    sharp(bytes, { ...options, limitInputPixels: MOST_PICTURES * maxPixels, failOn: 'truncated' })
      .timeout({ seconds: TIMEOUT })
      .flatten({ background: '#ffffff' });
  return {
    total: pages,
    delays: Array.from({ length: count }, (_, i) => delay[i] ?? USUAL_DELAY),
    small: async (side) =>
      new Uint8Array(
        await read({ pages: count })
          .resize({ width: side, height: side, fit: 'fill' })
          .toColourspace('srgb')
          .raw({ depth: 'uchar' })
          .toBuffer(),
      ),
    whole: (indices, longest) =>
      Promise.all(
        indices.map(async (page) => {
          const frame = read({ page, pages: 1 }).resize(inside(longest)).toColourspace('srgb');
          return new Uint8Array(await frame.png().toBuffer());
        }),
      ),
  };
}
