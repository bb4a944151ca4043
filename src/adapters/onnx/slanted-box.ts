import type { Box } from '../../domain.ts';

/** A box turned about its middle: `angle` clockwise in radians, −π/4 … π/4 for lines, so that `width` runs along it. */
export interface SlantedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The box of least area around points, of any slant: one of its sides lies on a side of the convex hull (Freeman and
 * Shapira 1975). `x`, `y` is its middle, the angle within ±45°.
 */
export function leastBox(points: readonly Point[]): SlantedBox {
  const hull = convexHull(points);
  let best: SlantedBox | undefined;
  for (const [i, a] of hull.entries()) {
    const b = hull[(i + 1) % hull.length] ?? a;
    const box = boxAt(hull, a === b ? 0 : Math.atan2(b.y - a.y, b.x - a.x));
    if (!best || box.width * box.height < best.width * best.height) best = box;
  }
  return best ?? { x: 0, y: 0, width: 0, height: 0, angle: 0 };
}

/** The box around points whose sides lie at an angle; angles a quarter apart give the same box. */
function boxAt(points: readonly Point[], direction: number): SlantedBox {
  const quarter = Math.PI / 2;
  const angle = direction - Math.round(direction / quarter) * quarter;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    const [along, across] = [x * cos + y * sin, y * cos - x * sin];
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const [u, v] = [(left + right) / 2, (top + bottom) / 2];
  return { x: u * cos - v * sin, y: u * sin + v * cos, width: right - left, height: bottom - top, angle };
}

/** Corners of the hull, in order (Andrew's monotone chain). */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const chain = (from: readonly Point[]): Point[] => {
    const half: Point[] = [];
    for (const point of from) {
      for (;;) {
        const [a, b] = [half.at(-2), half.at(-1)];
        if (!a || !b || (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0) break;
        half.pop();
      }
      half.push(point);
    }
    return half.slice(0, -1);
  };
  return sorted.length < 3 ? [...sorted] : [...chain(sorted), ...chain(sorted.toReversed())];
}

/** The upright box around a slanted one. */
export function uprightAround({ x, y, width, height, angle }: SlantedBox): Box {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [w, h] = [width * cos + height * sin, width * sin + height * cos];
  return { x: x - w / 2, y: y - h / 2, width: w, height: h };
}

/** The box as it lies when the whole picture is turned back by an angle about its origin. */
export function turnedBack({ x, y, width, height }: SlantedBox, angle: number): Box {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: x * cos + y * sin - width / 2, y: y * cos - x * sin - height / 2, width, height };
}
