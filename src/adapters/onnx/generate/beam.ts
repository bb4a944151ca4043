import { logProbabilities, type TokenReader, type WriteLimits, type WrittenTokens } from './token-reader.ts';

export interface BeamOptions {
  /** Texts that are written side by side. */
  readonly width: number;
  /** Ended texts are compared by their log-probability over their length to this power: 0 prefers short ones, 1 does not. */
  readonly lengthPower: number;
}

interface Beam {
  readonly tokens: readonly number[];
  readonly log: number;
}

/**
 * Beam search: the `width` likeliest beginnings go on at each step, read as one batch. It ends when `width` texts have
 * ended and no open one is better than the best of them as it stands.
 */
export async function writeBeams<Cache>(
  reader: TokenReader<Cache>,
  prompt: readonly number[],
  { width, lengthPower }: BeamOptions,
  { ends, mostTokens, pause }: WriteLimits,
): Promise<WrittenTokens> {
  const worth = (beam: Beam, length: number) => beam.log / Math.max(1, length) ** lengthPower;
  const ended: { beam: Beam; worth: number }[] = [];
  let open: Beam[] = [{ tokens: [], log: 0 }];
  await pause();
  let read = await reader.read([prompt], undefined, 'last');
  for (let step = 0; ; step++) {
    const next: { from: number; beam: Beam }[] = [];
    for (const [rank, { from, token, log }] of continuations(open, read.logits, width).entries()) {
      const { tokens } = open[from] as Beam;
      // An end that is not among the best continuations would close a text that its beginning does not deserve.
      if (ends.has(token)) {
        if (rank < width) ended.push({ beam: { tokens, log }, worth: worth({ tokens, log }, tokens.length + 1) });
      } else if (next.length < width) next.push({ from, beam: { tokens: [...tokens, token], log } });
    }
    open = next.map(({ beam }) => beam);
    const best = ended.toSorted((a, b) => b.worth - a.worth)[0];
    const [first] = open;
    const done = ended.length >= width && best && (!first || worth(first, first.tokens.length) <= best.worth);
    if (done || !first || step + 1 >= mostTokens) {
      if (best) return { tokens: best.beam.tokens, logProbability: best.beam.log, ended: true };
      return { tokens: first?.tokens ?? [], logProbability: first?.log ?? 0, ended: false };
    }
    await pause();
    const cache = reader.pick(
      read.cache,
      next.map(({ from }) => from),
    );
    read = await reader.read(
      open.map(({ tokens }) => tokens.slice(-1)),
      cache,
      'last',
    );
  }
}

/** The best continuations of all open texts, best first: twice the width, so that ends do not starve it. */
function continuations(
  open: readonly Beam[],
  logits: readonly (readonly Float32Array[])[],
  width: number,
): { from: number; token: number; log: number }[] {
  const all = open.flatMap(({ log }, from) => {
    const logs = logProbabilities(logits[from]?.[0] ?? new Float32Array());
    return topTokens(logs, 2 * width).map((token) => ({ from, token, log: log + (logs[token] ?? -Infinity) }));
  });
  return all.toSorted((a, b) => b.log - a.log || a.from - b.from || a.token - b.token).slice(0, 2 * width);
}

/** The k likeliest tokens, likeliest first. */
function topTokens(logs: Float32Array, k: number): number[] {
  const top: number[] = [];
  for (let token = 0; token < logs.length; token++) {
    const log = logs[token] ?? -Infinity;
    if (top.length === k && log <= (logs[top[k - 1] ?? 0] ?? -Infinity)) continue;
    const at = top.findIndex((other) => (logs[other] ?? -Infinity) < log);
    top.splice(at < 0 ? top.length : at, 0, token);
    if (top.length > k) top.pop();
  }
  return top;
}
