import type { Box } from '../domain.ts';

/** How well each cell of a grid over a part of a picture fits a phrase: [side²] cosines, rows from the top. */
export interface FittingPart {
  /** Of the picture, in pixels. */
  readonly place: Box;
  readonly fits: Float32Array;
}

/** Points a side at which the parts' grids are joined: six a cell of the whole picture's own 9 × 9. */
const POINTS = 54;
/** What fits at least this share of the way from the least to the most belongs to the thing. Chosen on half of the photographs of models/image-text/CARD.md. */
const SHARE = 0.7;

/**
 * The box of the region that fits a phrase most, as class activation mapping draws it (arXiv 1512.04150), with the
 * cosine to the phrase instead of a class's score: the parts' grids, interpolated, are averaged where they overlap, and
 * the connected region around the greatest value is kept. Pixels of the picture, which the parts cover.
 */
export function fittingBox(parts: readonly FittingPart[], picture: { width: number; height: number }): Box {
  const values = new Float32Array(POINTS * POINTS);
  for (let i = 0; i < values.length; i++) {
    const x = (((i % POINTS) + 0.5) / POINTS) * picture.width;
    const y = ((Math.floor(i / POINTS) + 0.5) / POINTS) * picture.height;
    const there = parts.filter(({ place }) => isIn(place, x, y));
    values[i] = there.reduce((sum, part) => sum + fitAt(part, x, y), 0) / Math.max(1, there.length);
  }
  const peak = values.indexOf(values.reduce((a, b) => Math.max(a, b), -Infinity));
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const region = regionAround(peak, values, least + SHARE * ((values[peak] ?? 0) - least));
  const columns = region.map((i) => i % POINTS);
  const rows = region.map((i) => Math.floor(i / POINTS));
  const [left, right] = [Math.min(...columns), Math.max(...columns) + 1];
  const [top, bottom] = [Math.min(...rows), Math.max(...rows) + 1];
  return {
    x: (left / POINTS) * picture.width,
    y: (top / POINTS) * picture.height,
    width: ((right - left) / POINTS) * picture.width,
    height: ((bottom - top) / POINTS) * picture.height,
  };
}

function isIn({ x, y, width, height }: Box, px: number, py: number): boolean {
  return px >= x && px < x + width && py >= y && py < y + height;
}

/** Between the middles of the four nearest cells; at the edge as the cell there. */
function fitAt({ place, fits }: FittingPart, x: number, y: number): number {
  const side = Math.sqrt(fits.length);
  const at = (share: number) => Math.min(side - 1, Math.max(0, share * side - 0.5));
  const [column, row] = [at((x - place.x) / place.width), at((y - place.y) / place.height)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(side - 1, left + 1), Math.min(side - 1, top + 1)];
  const [u, v] = [column - left, row - top];
  const fit = (r: number, c: number) => fits[r * side + c] ?? 0;
  return (
    (1 - v) * ((1 - u) * fit(top, left) + u * fit(top, right)) +
    v * ((1 - u) * fit(bottom, left) + u * fit(bottom, right))
  );
}

/** Points that can be reached from `start` over neighbours of at least `least`. */
function regionAround(start: number, values: Float32Array, least: number): number[] {
  const region = new Set([start]);
  // A set hands out what is added while it is walked.
  for (const i of region) {
    const column = i % POINTS;
    for (const [next, isThere] of [
      [i - 1, column > 0],
      [i + 1, column < POINTS - 1],
      [i - POINTS, i >= POINTS],
      [i + POINTS, i < values.length - POINTS],
    ] as const) {
      if (isThere && (values[next] ?? -Infinity) >= least) region.add(next);
    }
  }
  return [...region];
}
