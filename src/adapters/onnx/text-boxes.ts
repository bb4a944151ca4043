export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Probability above which a pixel is text; mean probability that a region must have; growth of the shrunk region. */
const PIXEL = 0.3;
const REGION = 0.6;
const UNCLIP = 1.6;
const LEAST_SIDE = 3;
const MOST_BOXES = 500;

/**
 * Post-processing of differentiable binarisation (arXiv 1911.08947): connected regions of the probability map as
 * upright boxes, grown back by area · 1.6 / perimeter. `map` [height × width] of 0…1; boxes in its pixels.
 */
export function findTextBoxes(map: Float32Array, width: number, height: number): Box[] {
  const seen = new Uint8Array(map.length);
  const boxes: Box[] = [];
  const stack: number[] = [];
  for (let first = 0; first < map.length && boxes.length < MOST_BOXES; first++) {
    if (seen[first] || (map[first] ?? 0) <= PIXEL) continue;
    let [left, right, top, bottom, sum, count] = [width, 0, height, 0, 0, 0];
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
    const [w, h] = [right - left + 1, bottom - top + 1];
    if (Math.min(w, h) < LEAST_SIDE || sum / count < REGION) continue;
    const grow = (w * h * UNCLIP) / (2 * (w + h));
    const x = Math.max(0, left - grow);
    const y = Math.max(0, top - grow);
    boxes.push({ x, y, width: Math.min(width, right + 1 + grow) - x, height: Math.min(height, bottom + 1 + grow) - y });
  }
  return boxes;
}
