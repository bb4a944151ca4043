/** What a language model makes of tokens. The ways of writing stand on this alone, so that a table worked out by hand may stand in for a model. */
export interface TokenReader<Cache> {
  /**
   * Reads tokens, rows of one length, behind what `cache` holds (from the start without it; its rows are these rows).
   * Logits of the token after the last one of each row, or after every one: [row][position].
   */
  read(
    rows: readonly (readonly number[])[],
    cache: Cache | undefined,
    wanted: 'last' | 'all',
  ): Promise<{ readonly cache: Cache; readonly logits: readonly (readonly Float32Array[])[] }>;
  /** These rows of a cache, in this order; a row may be taken several times. The given cache stays as it is. */
  pick(cache: Cache, rows: readonly number[]): Cache;
}

/** When writing ends, and the moment between two steps in which a call is cancelled. */
export interface WriteLimits {
  /** Tokens that close a text. */
  readonly ends: ReadonlySet<number>;
  readonly mostTokens: number;
  /** Before every step; what it throws ends the writing. */
  readonly pause: () => Promise<void>;
}

export interface WrittenTokens {
  /** Without the closing one. */
  readonly tokens: readonly number[];
  /** Sum over the tokens and the closing one, natural logarithm, as the model itself thinks (temperature 1). */
  readonly logProbability: number;
  /** False where `mostTokens` cut it off. */
  readonly ended: boolean;
}

/** Logits → natural log-probabilities. */
export function logProbabilities(logits: Float32Array): Float32Array {
  let greatest = -Infinity;
  for (const value of logits) if (value > greatest) greatest = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - greatest);
  const shift = greatest + Math.log(sum);
  return logits.map((value) => value - shift);
}
