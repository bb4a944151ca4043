import { createHash } from 'node:crypto';
import type { Box, Evidence, Locator, Segment, Span } from '../domain.ts';
import { placeOf } from '../place.ts';
import type { RankedSegment } from './retrieval.ts';

/** The segment's best sentence as evidence; the whole segment where it has no sentences. A heading says too little, if there is more. */
export function bestEvidence(ranked: RankedSegment): Evidence {
  const { text, sentences } = ranked.segment;
  const isHeading = (i: number) => /^#{1,6}\s/.test(text.slice(sentences[i]?.start, sentences[i]?.end));
  const score = (i: number) => (ranked.sentenceScores[i] ?? 0) - (isHeading(i) ? 2 : 0);
  let best = -1;
  for (const i of ranked.sentenceScores.keys()) if (best < 0 || score(i) > score(best)) best = i;
  return evidenceAt(ranked, best);
}

/** A sentence of a segment as evidence; `sentence` −1 is the whole segment. */
export function evidenceAt(ranked: Citable, sentence: number): Evidence {
  return evidenceWithin(ranked, ranked.segment.sentences[sentence]);
}

/** A range of a segment's text as evidence; the whole segment without one. */
export function evidenceWithin({ segment, asset, readings, score }: Citable, span?: Span): Evidence {
  const { quote, locator } = wordsOf(segment, span);
  // A caption is one sentence of a picture's words.
  const reading = readings.find(({ text }) => text === quote) ?? readings[0];
  return { id: evidenceId(segment, locator), segment, asset, locator, quote, score, ...(reading ? { reading } : {}) };
}

/** A place on a picture as evidence, with no words: what is there is seen, not read. Pixels of the upright original. */
export function evidenceOfBox({ segment, asset, score }: RankedSegment, { x, y, width, height }: Box): Evidence {
  const locator: Locator = { type: 'ImageRegion', x, y, width, height };
  return { id: evidenceId(segment, locator), segment, asset, locator, quote: '', score };
}

function evidenceId(segment: Segment, locator: Locator): string {
  const hash = createHash('sha256')
    .update(`${segment.id}#${JSON.stringify(locator)}`)
    .digest('hex');
  return `Evidence:${hash.slice(0, 24)}`;
}

type Citable = Pick<RankedSegment, 'segment' | 'asset' | 'readings' | 'score'>;

/** Words and place of one sentence. Characters for text; a recording's or picture's segment keeps its own locator. */
export function sentenceOf(segment: Segment, sentence: number): { quote: string; locator: Locator } {
  return wordsOf(segment, segment.sentences[sentence]);
}

function wordsOf(segment: Segment, span?: Span): { quote: string; locator: Locator } {
  const quote = span ? segment.text.slice(span.start, span.end) : segment.text;
  return { quote, locator: placeOf(segment, span) };
}
