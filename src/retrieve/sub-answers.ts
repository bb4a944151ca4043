import type { SpanReader } from '../ports/span-reader.ts';
import type { Passage } from './passages.ts';

/**
 * What the reader says of a passage: who or what a question in the question asks for ("the town where *the builder of the
 * bell* was born"), and how surely the passage answers the whole.
 */
export interface SubAnswer {
  readonly segmentId: string;
  /** UTF-16 range in the segment's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Score over that of "not here", as a probability. */
  readonly sure: number;
}

/** The reader was taught with this before a question that asks for what has to be found first (training/reading/composed.py). */
const FIRST_STEP = 'first step: ';
/** Passages that are read: each costs 5 to 20 ms on two cores. */
const PASSAGES = 8;
/** Spans of a passage that are kept. */
const SPANS = 2;
/** Below this nothing was found. */
const LEAST = 0.05;
/** Scores are sums of two logits: flattened to the slope at which they tell right from wrong. */
const SLOPE = 3;

/** Reads the given passages, best first, for what has to be found before the question can be answered. */
export async function findSubAnswers(
  question: string,
  passages: readonly Pick<Passage, 'segment' | 'title'>[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const texts = passages.filter(({ segment }) => segment.sentences.length > 0).slice(0, PASSAGES);
  const leads = texts.map(({ title }) => (title === '' ? '' : `${title}: `));
  const read = await reader.read(
    FIRST_STEP + question,
    texts.map(({ segment }, i) => (leads[i] ?? '') + segment.text),
    signal,
  );
  return read.flatMap(({ spans, absent }, i) => {
    const { segment } = texts[i] ?? {};
    const lead = leads[i]?.length ?? 0;
    if (!segment) return [];
    return spans
      .slice(0, SPANS)
      .map((span) => ({
        segmentId: segment.id,
        start: span.start - lead,
        end: span.end - lead,
        text: segment.text.slice(Math.max(0, span.start - lead), Math.max(0, span.end - lead)),
        sure: 1 / (1 + Math.exp((absent - span.score) / SLOPE)),
      }))
      .filter(({ start, text, sure }) => start >= 0 && text !== '' && sure >= LEAST);
  });
}
