import type { Box } from '../domain.ts';

/** Pixels of one colour that hang together by their edges. */
export interface Region {
  /** Index of its colour. */
  readonly colour: number;
  /** Pixels. */
  readonly area: number;
  readonly box: Box;
  /** How many of its box's four corners it fills (a tenth of the side around each). */
  readonly corners: number;
}

/** Regions of more than `least` pixels by filling, row by row; `indices`: a colour for each pixel. Throws nothing; linear in the pixels. */
export function findRegions(indices: Uint8Array, width: number, height: number, none: number, least: number): Region[] {
  const labels = new Int32Array(indices.length);
  const stack: number[] = [];
  const regions: Region[] = [];
  let label = 0;
  for (let start = 0; start < indices.length; start++) {
    const colour = indices[start] ?? none;
    if (colour === none || labels[start] !== 0) continue;
    label++;
    let [area, left, top, right, bottom] = [0, width, height, 0, 0];
    stack.push(start);
    labels[start] = label;
    while (stack.length > 0) {
      const at = stack.pop() ?? 0;
      const [x, y] = [at % width, Math.floor(at / width)];
      area++;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      const visit = (next: number, inside: boolean) => {
        if (!inside || labels[next] !== 0 || indices[next] !== colour) return;
        labels[next] = label;
        stack.push(next);
      };
      visit(at - 1, x > 0);
      visit(at + 1, x < width - 1);
      visit(at - width, y > 0);
      visit(at + width, y < height - 1);
    }
    if (area <= least) continue;
    const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
    regions.push({ colour, area, box, corners: filledCorners(labels, label, box, width) });
  }
  return regions;
}

/** A corner counts where most of the little square in it is the region's. */
function filledCorners(labels: Int32Array, label: number, box: Box, width: number): number {
  const side = Math.max(1, Math.round(Math.min(box.width, box.height) / 10));
  const xs = [box.x, box.x + box.width - side];
  const ys = [box.y, box.y + box.height - side];
  return xs
    .flatMap((x) => ys.map((y) => ({ x, y })))
    .filter(({ x, y }) => {
      let own = 0;
      for (let row = y; row < y + side; row++)
        for (let column = x; column < x + side; column++) if (labels[row * width + column] === label) own++;
      return own * 2 >= side * side;
    }).length;
}
