import type { Span } from '../domain.ts';
import type { ModelInfo } from './encoders.ts';

/** A span that may answer a question. */
export interface ReadSpan extends Span {
  /** Sum of the model's scores of its first and last token (logits). */
  readonly score: number;
}

/** What a passage says to a question of yes or no: probabilities that add up to one. */
export interface ReadVerdict {
  readonly yes: number;
  readonly no: number;
  /** It says nothing of it. */
  readonly unsaid: number;
}

/** What a passage has to say to a question. */
export interface PassageReading {
  /** Best spans first, by UTF-16 offsets in the passage; none in an empty passage. */
  readonly spans: readonly ReadSpan[];
  /** The same sum for "the answer is not here"; a span that scores less is no answer as far as the model sees. */
  readonly absent: number;
  /** Of use for questions of yes or no alone. Absent where the model gives none. */
  readonly verdict?: ReadVerdict;
}

/** Reads passages for the spans that answer a question (extractive question answering). */
export interface SpanReader {
  readonly info: ModelInfo;
  /** One reading for each passage, in order. Throws MODEL_MISSING | MODEL_CORRUPT, CANCELLED. */
  read(question: string, passages: readonly string[], signal?: AbortSignal): Promise<PassageReading[]>;
}
