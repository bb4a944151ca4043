import { leastBox, type SlantedBox } from './slanted-box.ts';

/** Probability above which a pixel is text; mean probability that a region must have; growth of the shrunk region. */
const PIXEL = 0.3;
const REGION = 0.6;
const UNCLIP = 1.6;
const LEAST_SIDE = 3;
const MOST_BOXES = 500;

/** Slant below which a line counts as level (radians, 0.7°), and longer side over shorter from which a slant can be told. */
const LEVEL = 0.012;
const LONG = 2;

/**
 * Post-processing of differentiable binarisation (arXiv 1911.08947): connected regions of the probability map as boxes
 * of least area, grown back by area · 1.6 / perimeter; level ones are upright boxes. `map` [height × width] of 0…1;
 * boxes in its pixels.
 */
export function findTextBoxes(map: Float32Array, width: number, height: number): SlantedBox[] {
  const seen = new Uint8Array(map.length);
  const boxes: SlantedBox[] = [];
  const stack: number[] = [];
  for (let first = 0; first < map.length && boxes.length < MOST_BOXES; first++) {
    if (seen[first] || (map[first] ?? 0) <= PIXEL) continue;
    let [left, right, top, bottom, sum, count] = [width, 0, height, 0, 0, 0];
    // First and last pixel of each row are enough for the region's hull.
    const ends = new Map<number, { from: number; to: number }>();
    seen[first] = 1;
    stack.push(first);
    while (stack.length > 0) {
      const at = stack.pop() ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      const row = ends.get(y);
      if (!row) ends.set(y, { from: x, to: x });
      else if (x < row.from) row.from = x;
      else if (x > row.to) row.to = x;
      sum += map[at] ?? 0;
      count += 1;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const next = at + dy * width + dx;
          if (
            x + dx < 0 ||
            x + dx >= width ||
            y + dy < 0 ||
            y + dy >= height ||
            seen[next] ||
            (map[next] ?? 0) <= PIXEL
          )
            continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    const upright = {
      x: (left + right + 1) / 2,
      y: (top + bottom + 1) / 2,
      width: right - left + 1,
      height: bottom - top + 1,
      angle: 0,
    };
    const slanted = leastBox(
      [...ends].flatMap(([y, { from, to }]) => [y, y + 1].flatMap((at) => [from, to + 1].map((x) => ({ x, y: at })))),
    );
    const [long, short] = [Math.max(slanted.width, slanted.height), Math.min(slanted.width, slanted.height)];
    const box = Math.abs(slanted.angle) > LEVEL && long > LONG * short ? slanted : upright;
    if (Math.min(box.width, box.height) < LEAST_SIDE || sum / count < REGION) continue;
    const grow = (box.width * box.height * UNCLIP) / (2 * (box.width + box.height));
    boxes.push({ ...box, width: box.width + 2 * grow, height: box.height + 2 * grow });
  }
  return boxes;
}
