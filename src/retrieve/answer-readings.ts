import type { PassageReading, SpanReader } from '../ports/span-reader.ts';
import type { Passage } from './passages.ts';
import { marginOf, NOTHING_READ, readEach, type AskedText, sureness } from './read-each.ts';
import type { SubAnswer } from './sub-answer.ts';
import { behindWhatLeads, isRead, leadOf } from './sub-answers.ts';

/** Passages that are read behind what leads to them, and those that are read as they are. */
const LED = 6;
const PLAIN = 4;

/** What the reader says of a passage to the question, or to what a sub-answer leaves of it. */
export interface AnswerReading extends AskedText {
  readonly segmentId: string;
  readonly reading: PassageReading;
  /** Score of the best span of the passage over that of "not here", as a probability. */
  readonly sure: number;
}

/**
 * How surely passages answer the question itself: the best of those that name a sub-answer, each behind the sentences
 * that lead there, and the best of the others. The reader as a cross-encoder of few passages.
 */
export async function answerReadings(
  question: string,
  passages: readonly Pick<Passage, 'segment' | 'title'>[],
  found: readonly SubAnswer[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<AnswerReading[]> {
  const led = behindWhatLeads(question, passages, found).slice(0, LED);
  const isLed = new Set(led.map(({ segment }) => segment.id));
  const plain = passages
    .filter(({ segment }) => isRead(segment.kind) && !isLed.has(segment.id))
    .slice(0, PLAIN)
    .map(({ title, segment }) => ({ asked: question, lead: leadOf(title, segment.text), segment, trust: 1 }));
  const texts = [...led, ...plain].map(({ segment, asked, lead, trust }) => ({
    asked,
    lead,
    trust,
    text: segment.text,
    segmentId: segment.id,
  }));
  const readings = await readEach(reader, texts, signal);
  return texts.map(({ trust, ...one }, i): AnswerReading => {
    const reading = readings[i] ?? NOTHING_READ;
    const best = reading.spans.find(({ start }) => start >= one.lead.length);
    return { ...one, reading, sure: best ? sureness(marginOf(best.score, reading, trust)) : 0 };
  });
}
