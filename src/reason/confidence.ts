import type { Signals } from './answer-span.ts';
import { CONFIDENCE, CONFIDENCE_NESTED, CONFIDENCE_UNREAD } from './weights.ts';

/** What an answer was found by: a span reader of one text, one of a question whose way may lead through several, or none. */
export type ReadBy = 'READ' | 'NESTED' | 'UNREAD';

const WEIGHTS_OF = { READ: CONFIDENCE, NESTED: CONFIDENCE_NESTED, UNREAD: CONFIDENCE_UNREAD } as const;

/** Logistic regression over the signals of an answer: the chance that it is right. */
export function confidenceOf(signals: Signals, readBy: ReadBy): number {
  const weights = WEIGHTS_OF[readBy];
  let z = weights['bias'] ?? 0;
  for (const [name, value] of Object.entries(signals)) z += value * (weights[name] ?? 0);
  return 1 / (1 + Math.exp(-z));
}
