import { z } from 'zod';
import shippedHops from './hop-ranker-weights.json' with { type: 'json' };
import shipped from './ranker-weights.json' with { type: 'json' };

const Weights = z.object({ intercept: z.number(), weights: z.record(z.string(), z.number()) });
export type RankerWeights = z.infer<typeof Weights>;

/** Fitted by `npm run fit:ranker` on the development questions; see docs/retrieval.md. */
export const WEIGHTS: RankerWeights = Weights.parse(shipped);
/** The same for the second stage, over its features and the first one's. */
export const HOP_WEIGHTS: RankerWeights = Weights.parse(shippedHops);

/** Logistic regression: probability that a candidate with these features belongs to the answer's evidence, 0…1. */
export function rankScore(features: Readonly<Record<string, number>>, weights: RankerWeights = WEIGHTS): number {
  return 1 / (1 + Math.exp(-rankLogit(features, weights)));
}

/** The same before it is made a probability: tells apart also those that are all but certain. */
export function rankLogit(
  features: Readonly<Record<string, number>>,
  { intercept, weights }: RankerWeights = WEIGHTS,
): number {
  let sum = intercept;
  for (const [name, weight] of Object.entries(weights)) sum += weight * (features[name] ?? 0);
  return sum;
}
