import type { Signals } from './answer-span.ts';
import { CONFIDENCE, CONFIDENCE_UNREAD } from './weights.ts';

/** Logistic regression over the signals of an answer: the chance that it is right. `isRead`: whether a span reader was asked. */
export function confidenceOf(signals: Signals, isRead: boolean): number {
  const weights = isRead ? CONFIDENCE : CONFIDENCE_UNREAD;
  let z = weights['bias'] ?? 0;
  for (const [name, value] of Object.entries(signals)) z += value * (weights[name] ?? 0);
  return 1 / (1 + Math.exp(-z));
}
