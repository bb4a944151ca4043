/**
 * Digits as strokes, so that a number is drawn the same on a machine without fonts. A glyph is 1 wide and 1.6 high, y
 * downwards; a stroke is a line through its points.
 */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** Height of a glyph whose width is 1, and the room that one takes in a number. */
export const GLYPH_HEIGHT = 1.6;
export const GLYPH_ADVANCE = 1.2;

const ring = (y: number, rx: number, ry: number): Stroke => arc(0.5, y, rx, ry, 0, 360);
const SIX: readonly Stroke[] = [
  ring(1.1, 0.36, 0.38),
  [
    [0.14, 1.1],
    [0.2, 0.75],
    [0.4, 0.4],
    [0.72, 0.12],
  ],
];

/** Strokes of the digits 0 to 9. */
export const DIGITS: readonly (readonly Stroke[])[] = [
  [ring(0.8, 0.37, 0.68)],
  [
    [
      [0.2, 0.45],
      [0.56, 0.12],
      [0.56, 1.48],
    ],
  ],
  [[...arc(0.5, 0.5, 0.36, 0.38, 200, 400), [0.14, 1.48], [0.88, 1.48]]],
  [arc(0.48, 0.46, 0.34, 0.34, 200, 450), arc(0.48, 1.13, 0.38, 0.35, -90, 160)],
  [
    [
      [0.68, 1.48],
      [0.68, 0.12],
      [0.1, 1.08],
      [0.92, 1.08],
    ],
  ],
  [[[0.82, 0.12], [0.26, 0.12], [0.19, 0.76], ...arc(0.47, 1.04, 0.37, 0.44, -140, 150)]],
  SIX,
  [
    [
      [0.12, 0.12],
      [0.88, 0.12],
      [0.4, 1.48],
    ],
  ],
  [ring(0.46, 0.3, 0.34), ring(1.13, 0.36, 0.35)],
  SIX.map((stroke) => stroke.map(([x, y]) => [1 - x, GLYPH_HEIGHT - y] as const)),
];

/** A part of an ellipse, degrees clockwise from the right. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Stroke {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 24) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)] as const;
  });
}
