import type { Box } from './domain.ts';

export const right = ({ x, width }: Box): number => x + width;
export const bottom = ({ y, height }: Box): number => y + height;
export const area = ({ width, height }: Box): number => width * height;

/** Pixels of width that two boxes share; negative where they stand apart. */
export function overlapX(a: Box, b: Box): number {
  return Math.min(right(a), right(b)) - Math.max(a.x, b.x);
}

/** Square pixels that two boxes share. */
export function sharedArea(a: Box, b: Box): number {
  const height = Math.min(bottom(a), bottom(b)) - Math.max(a.y, b.y);
  return Math.max(0, overlapX(a, b)) * Math.max(0, height);
}

/** Pixels between two boxes, 0 where they meet. */
export function gap(a: Box, b: Box): number {
  const dx = Math.max(0, a.x - right(b), b.x - right(a));
  const dy = Math.max(0, a.y - bottom(b), b.y - bottom(a));
  return Math.hypot(dx, dy);
}

/** What two boxes share over what both cover, 0…1. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  return shared === 0 ? 0 : shared / (area(a) + area(b) - shared);
}
