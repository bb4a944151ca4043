import type { PassageReading, SpanReader } from '../ports/span-reader.ts';

/** A text as the reader is given it, and what is asked of it. */
export interface AskedText {
  readonly asked: string;
  /** What is read before it: sentences that led there, and its title. Spans are counted from its beginning. */
  readonly lead: string;
  readonly text: string;
}

/** The same for the same reading. */
export function keyOf({ asked, lead, text }: AskedText): string {
  return `${asked}\n${lead}${text}`;
}

/** One reading for each, in order: those of the same question are read together. */
export async function readEach(
  reader: SpanReader,
  texts: readonly AskedText[],
  signal?: AbortSignal,
): Promise<PassageReading[]> {
  const found = new Map<AskedText, PassageReading>();
  await Promise.all(
    [...Map.groupBy(texts, (one) => one.asked)].map(async ([asked, own]) => {
      const readings = await reader.read(
        asked,
        own.map(({ lead, text }) => lead + text),
        signal,
      );
      for (const [i, one] of own.entries()) found.set(one, readings[i] ?? NOTHING_READ);
    }),
  );
  return texts.map((one) => found.get(one) ?? NOTHING_READ);
}

export const NOTHING_READ: PassageReading = { spans: [], absent: 0 };

/** Scores are sums of two logits: flattened to the slope at which they tell right from wrong. */
const SLOPE = 3;

/**
 * How much a span's score is over that of "not here", less what is not trusted of the question that was asked (0…1): one
 * in which a wrong name was put is answered as readily as the right one.
 */
export function marginOf(score: number, { absent }: PassageReading, trust = 1): number {
  return score - absent + SLOPE * Math.log(trust);
}

/** A reader's score by how much it is over that of "not here", as a probability. */
export function sureness(margin: number): number {
  return 1 / (1 + Math.exp(-margin / SLOPE));
}
