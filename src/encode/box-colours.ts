import type { Box } from '../domain.ts';
import type { RgbImage } from '../ports/encoders.ts';
import { shadeName } from './shades.ts';

/** A colour word with its share of what was looked at, 0…1. */
export interface ColourShare {
  readonly colour: string;
  readonly share: number;
}

/** How far around a box its background is taken from, of its size. */
const AROUND = 0.25;
/** How much of what the background has as well is held against a colour. */
const BACKGROUND = 0.5;
/** Pixels looked at a side, at most. */
const SIDE = 96;

/**
 * The colours of a thing in its box (pixels of the image) with their shares of it, most first: those of the ellipse within
 * the box, as a thing seldom fills its corners. None where the commonest would not be it without what the picture has right
 * around the box as well: a thing that is as its background can't be told from it.
 */
export function coloursIn(image: RgbImage, box: Box, { isWhole = false } = {}): ColourShare[] {
  const inside = new Map<string, number>();
  const outside = new Map<string, number>();
  const [rx, ry] = [Math.max(1, box.width / 2), Math.max(1, box.height / 2)];
  const [cx, cy] = [box.x + rx, box.y + ry];
  const reach = isWhole ? 1 : 1 + 2 * AROUND;
  for (let j = 0; j < SIDE; j++) {
    for (let i = 0; i < SIDE; i++) {
      const [u, v] = [reach * ((2 * (i + 0.5)) / SIDE - 1), reach * ((2 * (j + 0.5)) / SIDE - 1)];
      const [x, y] = [Math.floor(cx + u * rx), Math.floor(cy + v * ry)];
      if (x < 0 || y < 0 || x >= image.width || y >= image.height) continue;
      const isInside = u * u + v * v <= 0.8;
      const isOutside = Math.max(Math.abs(u), Math.abs(v)) > 1.05;
      if (!isInside && !isOutside) continue;
      const at = 3 * (y * image.width + x);
      const colour = shadeName(image.data[at] ?? 0, image.data[at + 1] ?? 0, image.data[at + 2] ?? 0);
      const counts = isInside ? inside : outside;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  const [own, around] = [sharesOf(inside), sharesOf(outside)];
  const [first] = own;
  const besides = (colour: string) => BACKGROUND * (around.find((one) => one.colour === colour)?.share ?? 0);
  const isOwn =
    first && own.every(({ colour, share }) => share - besides(colour) <= first.share - besides(first.colour));
  return isOwn ? own : [];
}

function sharesOf(counts: ReadonlyMap<string, number>): ColourShare[] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts].map(([colour, count]) => ({ colour, share: count / all })).toSorted((a, b) => b.share - a.share);
}
