import { logProbabilities, type TokenReader, type WriteLimits, type WrittenTokens } from './token-reader.ts';

/** Chooses the next token. `logs`: natural log-probability of every token. */
export type PickToken = (logs: Float32Array) => number | Promise<number>;

/** Writes token by token behind a prompt, each chosen by `pick`, until a closing one. */
export async function write<Cache>(
  reader: TokenReader<Cache>,
  prompt: readonly number[],
  pick: PickToken,
  { ends, mostTokens, pause }: WriteLimits,
): Promise<WrittenTokens> {
  const tokens: number[] = [];
  let logProbability = 0;
  let cache: Cache | undefined;
  let next: readonly number[] = prompt;
  while (tokens.length < mostTokens) {
    await pause();
    const read = await reader.read([next], cache, 'last');
    cache = read.cache;
    const logs = logProbabilities(read.logits[0]?.[0] ?? new Float32Array());
    const token = await pick(logs);
    logProbability += logs[token] ?? -Infinity;
    if (ends.has(token)) return { tokens, logProbability, ended: true };
    tokens.push(token);
    next = [token];
  }
  return { tokens, logProbability, ended: false };
}
