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

/** Seconds as minutes and seconds: "0:03". */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
