import type { PassageReading, SpanReader } from '../ports/span-reader.ts';
import type { Passage } from './passages.ts';
import { behindWhatLeads, isRead, leadOf, sureness, type SubAnswer } from './sub-answers.ts';

/** Passages that are read behind what leads to them, and those that are read as they are. */
const LED = 6;
const PLAIN = 4;

/** What the reader says to the question itself of a passage. */
export interface AnswerReading {
  readonly segmentId: string;
  /** All that was read: what leads there, the title, the passage. */
  readonly text: string;
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
  const led = behindWhatLeads(passages, found).slice(0, LED);
  const isLed = new Set(led.map(({ segment }) => segment.id));
  const plain = passages
    .filter(({ segment }) => isRead(segment.kind) && !isLed.has(segment.id))
    .slice(0, PLAIN)
    .map(({ title, segment }) => ({ lead: leadOf(title, segment.text), segment }));
  const texts = [...led, ...plain].map(({ lead, segment }) => ({ lead, id: segment.id, text: lead + segment.text }));
  const readings = await reader.read(
    question,
    texts.map(({ text }) => text),
    signal,
  );
  return readings.map((reading, i): AnswerReading => {
    const { lead = '', id = '', text = '' } = texts[i] ?? {};
    const best = reading.spans.find(({ start }) => start >= lead.length);
    return { segmentId: id, text, reading, sure: best ? sureness(best.score - reading.absent) : 0 };
  });
}
