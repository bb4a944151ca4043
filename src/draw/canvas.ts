import type { Box } from '../domain.ts';
import type { RgbImage } from '../ports/encoders.ts';
import { DIGITS, GLYPH_ADVANCE, GLYPH_HEIGHT, type Stroke } from './digits.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Paints on a picture's own pixels, edges smoothed. Everything beyond the picture is cut off. */
export class Canvas {
  readonly #image: RgbImage;

  constructor(image: RgbImage) {
    this.#image = image;
  }

  /** A filled box of whole pixels. */
  paint({ x, y, width, height }: Box, colour: Rgb, opacity = 1): void {
    for (let row = Math.round(y); row < Math.round(y + height); row++)
      for (let column = Math.round(x); column < Math.round(x + width); column++)
        this.#blend(column, row, colour, opacity);
  }

  /** The four sides of a box, `line` pixels wide, inwards from its edge. */
  outline({ x, y, width, height }: Box, line: number, colour: Rgb, opacity = 1): void {
    const [across, down] = [Math.min(line, width / 2), Math.min(line, height / 2)];
    this.paint({ x, y, width, height: down }, colour, opacity);
    this.paint({ x, y: y + height - down, width, height: down }, colour, opacity);
    this.paint({ x, y: y + down, width: across, height: height - 2 * down }, colour, opacity);
    this.paint({ x: x + width - across, y: y + down, width: across, height: height - 2 * down }, colour, opacity);
  }

  /** A filled box with round corners. */
  round({ x, y, width, height }: Box, radius: number, colour: Rgb): void {
    const [cx, cy] = [x + width / 2, y + height / 2];
    this.#where(
      { x, y, width, height },
      (px, py) => {
        const dx = Math.max(0, Math.abs(px - cx) - (width / 2 - radius));
        const dy = Math.max(0, Math.abs(py - cy) - (height / 2 - radius));
        return radius - Math.hypot(dx, dy);
      },
      colour,
    );
  }

  /** A whole number within a box, as large as fits. */
  number(value: number, box: Box, colour: Rgb): void {
    const digits = [...String(value)].map(Number);
    const width = digits.length * GLYPH_ADVANCE - (GLYPH_ADVANCE - 1);
    const size = Math.min(box.height / GLYPH_HEIGHT, box.width / width);
    const left = box.x + (box.width - size * width) / 2;
    const top = box.y + (box.height - size * GLYPH_HEIGHT) / 2;
    for (const [i, digit] of digits.entries()) {
      const x = left + i * GLYPH_ADVANCE * size;
      const strokes = (DIGITS[digit] ?? []).map((stroke) =>
        stroke.map(([a, b]) => [x + a * size, top + b * size] as const),
      );
      const room = { x, y: top, width: size, height: size * GLYPH_HEIGHT };
      this.#where(
        room,
        (px, py) => 0.11 * size - Math.min(...strokes.map((stroke) => distance(px, py, stroke))),
        colour,
      );
    }
  }

  /** Paints where `inside` is above 0, pixels from the edge; half a pixel on either side is blended. */
  #where({ x, y, width, height }: Box, inside: (x: number, y: number) => number, colour: Rgb): void {
    for (let row = Math.floor(y) - 1; row <= Math.ceil(y + height); row++)
      for (let column = Math.floor(x) - 1; column <= Math.ceil(x + width); column++)
        this.#blend(column, row, colour, Math.min(1, Math.max(0, inside(column + 0.5, row + 0.5) + 0.5)));
  }

  #blend(x: number, y: number, colour: Rgb, opacity: number): void {
    const { width, height, data } = this.#image;
    if (opacity <= 0 || x < 0 || y < 0 || x >= width || y >= height) return;
    const at = (y * width + x) * 3;
    for (let c = 0; c < 3; c++)
      data[at + c] = Math.round((data[at + c] ?? 0) * (1 - opacity) + (colour[c] ?? 0) * opacity);
  }
}

/** From a point to the nearest place of a stroke. */
function distance(x: number, y: number, stroke: Stroke): number {
  let least = Infinity;
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [[ax, ay] = [0, 0], [bx, by] = [0, 0]] = [stroke[i], stroke[i + 1]];
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return least;
}
