import type { Candidate } from './candidates.ts';
import { WEIGHTS } from './weights.ts';

/** A candidate with its score; equal phrases are one, at their best place. */
export interface ScoredCandidate {
  readonly candidate: Candidate;
  readonly score: number;
}

/** Weighted sum of the features. */
export function scoreOf(
  features: Readonly<Record<string, number>>,
  weights: Readonly<Record<string, number>> = WEIGHTS,
): number {
  let score = 0;
  for (const [name, value] of Object.entries(features)) score += value * (weights[name] ?? 0);
  return score;
}

/** Best first, each phrase once. */
export function rankCandidates(candidates: readonly Candidate[], weights = WEIGHTS): ScoredCandidate[] {
  const best = new Map<string, ScoredCandidate>();
  for (const candidate of candidates) {
    const score = scoreOf(candidate.features, weights);
    const known = best.get(candidate.normal);
    if (!known || score > known.score) best.set(candidate.normal, { candidate, score });
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score);
}
