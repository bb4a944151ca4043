import type { Signals } from './answer-span.ts';
import { CONFIDENCE } from './weights.ts';

/** Logistic regression over the signals of an answer: the chance that it is right. */
export function confidenceOf(signals: Signals): number {
  let z = CONFIDENCE['bias'] ?? 0;
  for (const [name, value] of Object.entries(signals)) z += value * (CONFIDENCE[name] ?? 0);
  return 1 / (1 + Math.exp(-z));
}
