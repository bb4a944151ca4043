import type { Box } from '../domain.ts';
import type { RgbImage } from '../ports/encoders.ts';
import { Canvas, type Rgb } from './canvas.ts';

/** One a box, in turn; white numbers can be read on each, and neighbours can be told apart by those who see few colours. */
export const COLOURS = [
  '#d6006c',
  '#0063a8',
  '#b34700',
  '#00715a',
  '#6a35d0',
  '#8a5a00',
  '#a3123b',
  '#00707d',
] as const;

/** Colour of the box of a number, from 1. */
export function colourOf(number: number): string {
  return COLOURS[(number - 1) % COLOURS.length] ?? COLOURS[0];
}

const WHITE: Rgb = [255, 255, 255];

/**
 * Draws numbered boxes onto a picture: `boxes` are pixels of the picture given, numbered from 1 in their order; what
 * lies beyond it is cut. Lines and numbers follow the picture's size. The largest are drawn first, so that a small box in
 * a large one stays whole.
 */
export function drawBoxes(image: RgbImage, boxes: readonly Box[]): void {
  const canvas = new Canvas(image);
  const shorter = Math.min(image.width, image.height);
  const line = Math.max(2, Math.round(shorter / 140));
  const halo = Math.max(1, Math.round(line / 3));
  const within = boxes.map((box, i) => ({ box: inside(box, image), number: i + 1 }));
  const drawn = within.toSorted((a, b) => area(b.box) - area(a.box));
  for (const { box, number } of drawn) {
    canvas.outline(grown(box, halo), line + 2 * halo, WHITE, 0.8);
    canvas.outline(box, line, rgbOf(colourOf(number)));
  }
  const height = Math.min(Math.max(18, Math.round(shorter / 18)), Math.floor(shorter / 2));
  const placed: Box[] = [];
  for (const { box, number } of drawn.toReversed()) {
    const width = Math.round(height * (0.55 + 0.45 * String(number).length));
    const badge = placeFor({ width, height }, box, placed, image);
    placed.push(badge);
    canvas.round(grown(badge, halo), height / 4 + halo, WHITE);
    canvas.round(badge, height / 4, rgbOf(colourOf(number)));
    canvas.number(number, grown(badge, -height * 0.18), WHITE);
  }
}

/** Numbers are moved aside this many times their width, where every corner has one. */
const MOST_ASIDE = 8;

/** Above the box's left corner, else in it, below it, or at its other corners, else beside them; within the picture, and not on another number. */
function placeFor(
  { width, height }: { readonly width: number; readonly height: number },
  box: Box,
  placed: readonly Box[],
  image: RgbImage,
): Box {
  const [right, below] = [box.x + box.width, box.y + box.height];
  const corners = [
    [box.x, box.y - height],
    [box.x, box.y],
    [right - width, box.y - height],
    [right - width, box.y],
    [box.x, below],
    [box.x, below - height],
    [right - width, below - height],
    [right - width, below],
  ] as const;
  const aside = Array.from(
    { length: 2 * MOST_ASIDE + 1 },
    (_, i) => (i % 2 === 0 ? -i / 2 : (i + 1) / 2) * width * 1.1,
  );
  const fits = aside
    .flatMap((shift) => corners.map(([x, y]): Box => ({ x: Math.round(x + shift), y, width, height })))
    .filter(({ x, y }) => x >= 0 && y >= 0 && x + width <= image.width && y + height <= image.height);
  const free = fits.find((one) => !placed.some((other) => meet(one, other)));
  const x = Math.min(Math.max(0, box.x), image.width - width);
  const y = Math.min(Math.max(0, box.y), image.height - height);
  return free ?? fits[0] ?? { x, y, width, height };
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The part within the picture, whole pixels, one at least. */
function inside({ x, y, width, height }: Box, image: RgbImage): Box {
  const left = Math.min(Math.max(0, Math.round(x)), image.width - 1);
  const top = Math.min(Math.max(0, Math.round(y)), image.height - 1);
  const right = Math.max(left + 1, Math.min(image.width, Math.round(x + width)));
  const bottom = Math.max(top + 1, Math.min(image.height, Math.round(y + height)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function area({ width, height }: Box): number {
  return width * height;
}

function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
