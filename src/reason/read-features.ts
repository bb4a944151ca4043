import type { Fact } from './facts.ts';
import type { ReadFacts } from './read.ts';
import type { PhraseSpan } from './spans.ts';

const NAMES = ['Share', 'Sure', 'Close', 'Near', 'First', 'Left'] as const;
type Name = (typeof NAMES)[number];

/**
 * What the reader says of a phrase, each 0…1; nothing where nothing was read. Under names of their own where the way may lead
 * through several texts: it reads one passage, so that it is less to be believed there.
 */
export function readFeatures(
  read: ReadFacts | undefined,
  fact: Fact,
  span: PhraseSpan,
  normal: string,
  inPart: boolean,
): Readonly<Record<`read${Name}` | `nestedRead${Name}`, number>> {
  const own = read?.get(fact) ?? [];
  const exact = own.filter((one) => one.normal === normal);
  const share = exact.reduce((sum, one) => sum + one.share, 0);
  // A passage that is sure not to answer has a best span, too.
  const close = Math.max(0, ...exact.map((one) => one.closeness * Math.min(1, 2 * one.sure)));
  const values: Record<Name, number> = {
    Share: share,
    Sure: Math.max(0, ...exact.map((one) => one.sure)),
    Close: close,
    Near: Math.max(0, ...own.map((one) => one.sure * overlap(one.span, span))),
    // What is left of the question is one step, of which the reader sees all.
    Left: Math.max(0, ...exact.map((one) => one.left * one.closeness * Math.min(1, 2 * one.sure))),
    First: exact.some((one) => one.closeness === 1) ? 1 : 0,
  };
  const of = (prefix: 'read' | 'nestedRead', isMeant: boolean) =>
    Object.fromEntries(NAMES.map((name) => [`${prefix}${name}`, isMeant ? values[name] : 0]));
  return { ...of('read', !inPart), ...of('nestedRead', inPart) } as Record<`read${Name}` | `nestedRead${Name}`, number>;
}

/** Shared characters over those of both. */
function overlap(a: PhraseSpan, b: PhraseSpan): number {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}
