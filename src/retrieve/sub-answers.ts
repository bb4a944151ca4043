import type { SegmentKind } from '../domain.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import type { Passage } from './passages.ts';

/** Who or what a question in the question asks for ("the town where *the builder of the bell* was born"), as the reader finds it in a passage. */
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
/** Characters of a title that are the text's own first words. */
const OWN_WORDS = 30;
/** Below this nothing was found. */
const LEAST = 0.05;
/** Scores are sums of two logits: flattened to the slope at which they tell right from wrong. */
const SLOPE = 3;

/** A reader's score by how much it is over that of "not here", as a probability. */
export function sureness(margin: number): number {
  return 1 / (1 + Math.exp(-margin / SLOPE));
}

/** Labels of pictures and names of sounds are no sentences to read. */
export function isRead(kind: SegmentKind): boolean {
  return kind === 'PASSAGE' || kind === 'SPEECH' || kind === 'TEXT_LINE';
}

/** Reads the first of the given passages that have sentences, best first, for what has to be found before the question can be answered. */
export async function findSubAnswers(
  question: string,
  passages: readonly Pick<Passage, 'segment' | 'title'>[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<SubAnswer[]> {
  const texts = passages.filter(({ segment }) => isRead(segment.kind)).slice(0, PASSAGES);
  // A text without a title of its own is called by its first words, which are read anyway.
  const leads = texts.map(({ title, segment }) =>
    title === '' || (title.length > OWN_WORDS && segment.text.startsWith(title.slice(0, OWN_WORDS)))
      ? ''
      : `${title}: `,
  );
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
      .map((span) => ({
        segmentId: segment.id,
        start: span.start - lead,
        end: span.end - lead,
        text: segment.text.slice(Math.max(0, span.start - lead), Math.max(0, span.end - lead)),
        sure: sureness(span.score - absent),
      }))
      .filter(({ start, text, sure }) => start >= 0 && text !== '' && sure >= LEAST)
      .slice(0, SPANS);
  });
}
