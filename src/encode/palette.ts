import type { RgbImage } from '../ports/encoders.ts';

type Rgb = readonly [number, number, number];

/** The few colours a flat picture is made of. */
export interface Palette {
  readonly colours: readonly Rgb[];
  /** Index of its colour for each pixel, rows from the top; NONE for what is like none. */
  readonly pixels: Uint8Array;
}

export const NONE = 255;
/** A picture of more colours is no flat one. */
const MOST_COLOURS = 8;
/** Share of the pixels that a colour has at the least, and that all of them have together. */
const LEAST_SHARE = 0.001;
const COVERED = 0.9;
/** How far (Euclid, 0…441) a pixel lies from its colour at most. */
const NEAR = 24;
/** Two colours nearer than this are one. */
const APART = 48;

/** The colours of a flat picture, the commonest first; null for a photograph or a shaded drawing. One pass over the pixels and one over what differs. */
export function readPalette(image: RgbImage): Palette | null {
  const { width, height, data } = image;
  const pixels = width * height;
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 3) {
    const key = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    // A photograph is told by its colours long before its end.
    if (counts.size > 20_000) return null;
  }
  const colours: Rgb[] = [];
  for (const [key, count] of [...counts].toSorted((a, b) => b[1] - a[1])) {
    if (count < LEAST_SHARE * pixels) break;
    const rgb = rgbOf(key);
    if (colours.every((one) => distance(one, rgb) >= APART)) colours.push(rgb);
    if (colours.length > MOST_COLOURS) return null;
  }
  const indexOf = new Map<number, number>();
  let covered = 0;
  for (const [key, count] of counts) {
    const index = colours.findIndex((one) => distance(one, rgbOf(key)) <= NEAR);
    indexOf.set(key, index < 0 ? NONE : index);
    if (index >= 0) covered += count;
  }
  if (colours.length < 2 || covered < COVERED * pixels) return null;
  const indices = new Uint8Array(pixels);
  for (let i = 0, at = 0; i < pixels; i++, at += 3)
    indices[i] = indexOf.get(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)) ?? NONE;
  return { colours, pixels: withRims(indices, colours, image) };
}

/** A pixel of a soft rim goes to the nearest of the colours beside it, not to one that only looks like their mixture. */
function withRims(indices: Uint8Array, colours: readonly Rgb[], { width, data }: RgbImage): Uint8Array {
  const whole = Uint8Array.from(indices);
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] !== NONE) continue;
    const own: Rgb = [data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0];
    const x = i % width;
    const beside = [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width];
    let least = Infinity;
    for (const at of beside) {
      const index = indices[at] ?? NONE;
      const colour = colours[index];
      if (!colour || distance(colour, own) >= least) continue;
      least = distance(colour, own);
      whole[i] = index;
    }
  }
  return whole;
}

const rgbOf = (key: number): Rgb => [(key >> 16) & 255, (key >> 8) & 255, key & 255];
const distance = (a: Rgb, b: Rgb): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** The basic colour word (Berlin and Kay 1969) for 8-bit RGB, by hue, saturation and lightness. */
export function colourName([red, green, blue]: Rgb): string {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const lightness = (most + least) / 510;
  const chroma = most - least;
  const saturation = chroma === 0 ? 0 : chroma / (255 * (1 - Math.abs(2 * lightness - 1)) || 1);
  if (lightness < 0.12) return 'black';
  if (lightness > 0.93 && chroma < 30) return 'white';
  if (saturation < 0.15 || chroma < 25) return lightness < 0.18 ? 'black' : lightness > 0.88 ? 'white' : 'grey';
  const sector =
    most === red ? (green - blue) / chroma : most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
  const hue = (60 * sector + 360) % 360;
  if (hue < 15 || hue >= 345) return lightness > 0.72 ? 'pink' : 'red';
  if (hue < 45) return lightness < 0.4 ? 'brown' : 'orange';
  if (hue < 70) return 'yellow';
  if (hue < 170) return 'green';
  if (hue < 260) return 'blue';
  return hue < 300 || lightness < 0.4 ? 'purple' : 'pink';
}
