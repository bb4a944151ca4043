import type { Fact } from './facts.ts';
import type { ReadFacts } from './read.ts';
import type { PhraseSpan } from './spans.ts';

/** What the reader says of a phrase, each 0…1; nothing where nothing was read. */
export function readFeatures(
  read: ReadFacts | undefined,
  fact: Fact,
  span: PhraseSpan,
  normal: string,
): Readonly<Record<'readShare' | 'readSure' | 'readNear' | 'readFirst', number>> {
  const own = read?.get(fact) ?? [];
  const exact = own.filter((one) => one.normal === normal);
  const share = exact.reduce((sum, one) => sum + one.share, 0);
  const sure = Math.max(0, ...exact.map((one) => one.sure));
  const near = Math.max(0, ...own.map((one) => one.sure * overlap(one.span, span)));
  const top = Math.max(0, ...[...(read?.values() ?? [])].flat().map((one) => one.share));
  return { readShare: share, readSure: sure, readNear: near, readFirst: share > 0 && share >= top ? 1 : 0 };
}

/** Shared characters over those of both. */
function overlap(a: PhraseSpan, b: PhraseSpan): number {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}
