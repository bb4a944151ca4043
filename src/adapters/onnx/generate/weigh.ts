import { logProbabilities, type TokenReader, type WriteLimits } from './token-reader.ts';

/** Texts read in one batch. */
const MOST_ROWS = 8;

export interface WeighedTokens {
  /** Sum over the text's tokens and the closing one, natural logarithm. */
  readonly logProbability: number;
  /** How many those are. */
  readonly tokens: number;
}

/**
 * How likely each given text is behind a prompt, closing token included. The prompt is read once; texts of one length
 * are read together behind it.
 */
export async function weigh<Cache>(
  reader: TokenReader<Cache>,
  prompt: readonly number[],
  texts: readonly (readonly number[])[],
  { end, pause }: { readonly end: number; readonly pause: WriteLimits['pause'] },
): Promise<WeighedTokens[]> {
  await pause();
  const { cache, logits } = await reader.read([prompt], undefined, 'last');
  const first = logProbabilities(logits[0]?.[0] ?? new Float32Array());
  const weighed: WeighedTokens[] = [];
  for (const [length, same] of Map.groupBy(texts.keys(), (i) => texts[i]?.length ?? 0)) {
    for (let from = 0; from < same.length; from += MOST_ROWS) {
      const part = same.slice(from, from + MOST_ROWS);
      const after = length === 0 ? part.map(() => []) : await readBehind(part);
      for (const [row, i] of part.entries()) {
        const steps = [first, ...(after[row] ?? []).map(logProbabilities)];
        const wanted = [...(texts[i] ?? []), end];
        const sum = wanted.reduce((total, token, k) => total + (steps[k]?.[token] ?? -Infinity), 0);
        weighed[i] = { logProbability: sum, tokens: wanted.length };
      }
    }
  }
  return weighed;

  async function readBehind(part: readonly number[]): Promise<readonly (readonly Float32Array[])[]> {
    await pause();
    const rows = part.map((i) => texts[i] ?? []);
    const behind = reader.pick(
      cache,
      part.map(() => 0),
    );
    return (await reader.read(rows, behind, 'all')).logits;
  }
}

/** Log-probabilities → probabilities that sum to 1. */
export function shares(logs: readonly number[]): number[] {
  const greatest = Math.max(...logs);
  const powers = logs.map((log) => Math.exp(log - greatest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
