import { SensegraphError } from '../../../errors.ts';
import type { PickToken } from './write.ts';

export interface SampleOptions {
  /** 1 draws as the model thinks, less draws surer; above 0. */
  readonly temperature: number;
  /** Draws among the likeliest tokens that hold this share of the probability, 0…1 (nucleus sampling, arXiv 1904.09751). */
  readonly topP: number;
  /** The same seed draws the same. */
  readonly seed: number;
}

/** Draws tokens by their probability. BAD_INPUT where the options are out of their bounds. */
export function pickSampled({ temperature, topP, seed }: SampleOptions): PickToken {
  if (!(temperature > 0) || !(topP > 0 && topP <= 1))
    throw new SensegraphError('BAD_INPUT', 'Sampling takes a temperature above 0 and a top-p above 0 and up to 1.');
  const random = seeded(seed);
  return (logs) => {
    const order = nucleus(logs, temperature, topP);
    const total = order.reduce((sum, { weight }) => sum + weight, 0);
    let left = random() * total;
    for (const { token, weight } of order) {
      left -= weight;
      if (left < 0) return token;
    }
    return order.at(-1)?.token ?? 0;
  };
}

/** The likeliest tokens that together hold `topP`, likeliest first, with their weight at this temperature. */
export function nucleus(
  logs: Float32Array,
  temperature: number,
  topP: number,
): { readonly token: number; readonly weight: number }[] {
  let greatest = -Infinity;
  for (const log of logs) if (log > greatest) greatest = log;
  const weights = logs.map((log) => Math.exp((log - greatest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const order = [...weights.keys()]
    .filter((token) => (weights[token] ?? 0) > 0)
    .toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const kept: { token: number; weight: number }[] = [];
  let held = 0;
  for (const token of order) {
    const weight = weights[token] ?? 0;
    kept.push({ token, weight });
    held += weight;
    if (held >= topP * total) break;
  }
  return kept;
}

/** Numbers in 0…1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
