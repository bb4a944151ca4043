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
/** How much of what the background has as well is taken away. */
const BACKGROUND = 0.5;
/** Pixels looked at a side, at most. */
const SIDE = 96;

/**
 * The colours of a thing in its box (pixels of the image), most of it first: those of the ellipse within the box, as a
 * thing seldom fills its corners, less what the picture has right around it as well (`less` of it, 0…1).
 */
export function coloursIn(image: RgbImage, box: Box, { less = BACKGROUND } = {}): ColourShare[] {
  const inside = new Map<string, number>();
  const outside = new Map<string, number>();
  const [rx, ry] = [Math.max(1, box.width / 2), Math.max(1, box.height / 2)];
  const [cx, cy] = [box.x + rx, box.y + ry];
  const reach = 1 + 2 * AROUND;
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
  const [all, around] = [inside, outside].map((counts) => [...counts.values()].reduce((sum, n) => sum + n, 0));
  if (!all) return [];
  const own = [...inside].map(([colour, count]) => ({
    colour,
    share: Math.max(0, count / all - (around ? (less * (outside.get(colour) ?? 0)) / around : 0)),
  }));
  const total = own.reduce((sum, { share }) => sum + share, 0) || 1;
  return own.map(({ colour, share }) => ({ colour, share: share / total })).toSorted((a, b) => b.share - a.share);
}
