import { createHash } from 'node:crypto';
import type { Evidence, Locator, Segment } from '../domain.ts';
import type { RankedSegment } from './retrieval.ts';

/** The segment's best sentence as evidence; the whole segment where it has no sentences. */
export function bestEvidence(ranked: RankedSegment): Evidence {
  let best = -1;
  for (const [i, score] of ranked.sentenceScores.entries())
    if (best < 0 || score > (ranked.sentenceScores[best] ?? 0)) best = i;
  return evidenceAt(ranked, best);
}

/** A sentence of a segment as evidence; `sentence` −1 is the whole segment. */
export function evidenceAt(
  ranked: Pick<RankedSegment, 'segment' | 'asset' | 'readings' | 'score'>,
  sentence: number,
): Evidence {
  const { segment, asset, readings, score } = ranked;
  const { quote, locator } = sentenceOf(segment, sentence);
  const reading = readings[0];
  const id = createHash('sha256')
    .update(`${segment.id}#${JSON.stringify(locator)}`)
    .digest('hex')
    .slice(0, 24);
  return { id: `Evidence:${id}`, segment, asset, locator, quote, score, ...(reading ? { reading } : {}) };
}

/** Words and place of one sentence. Characters for text; a recording's or picture's segment keeps its own locator. */
export function sentenceOf(segment: Segment, sentence: number): { quote: string; locator: Locator } {
  const span = segment.sentences[sentence];
  if (!span) return { quote: segment.text, locator: segment.locator };
  const quote = segment.text.slice(span.start, span.end);
  if (segment.locator.type !== 'TextSpan') return { quote, locator: segment.locator };
  const { start } = segment.locator;
  return { quote, locator: { ...segment.locator, start: start + span.start, end: start + span.end, quote } };
}
