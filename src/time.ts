import type { Locator, Segment } from './domain.ts';

/** Seconds of a segment of a film or recording; undefined for any other. */
export function timeOf({
  locator,
}: Pick<Segment, 'locator'>): Extract<Locator, { type: 'TimeSpan' | 'VideoSpan' }> | undefined {
  return locator.type === 'TimeSpan' || locator.type === 'VideoSpan' ? locator : undefined;
}

/** Seconds that two segments share; 0 where they don't meet. */
export function sharedSeconds(a: Pick<Segment, 'locator'>, b: Pick<Segment, 'locator'>): number {
  const [one, two] = [timeOf(a), timeOf(b)];
  if (!one || !two) return 0;
  return Math.max(0, Math.min(one.endSeconds, two.endSeconds) - Math.max(one.startSeconds, two.startSeconds));
}
