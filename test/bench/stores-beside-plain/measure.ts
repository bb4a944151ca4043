import { loadavg } from 'node:os';

/** Rows written before the clock runs. */
const WARM_UP = 100;

export type Figures = Record<string, number | string>;

export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

export function parts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Load of the machine, one minute's average. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

/**
 * Does each part both ways, in turns and each first half of the time, so that what else the machine does weighs on both
 * alike. Gives rows a second.
 */
export async function ratesBeside<T>(
  all: readonly T[],
  size: number,
  ours: (part: readonly T[]) => Promise<unknown>,
  plain: (part: readonly T[]) => Promise<unknown>,
): Promise<{ ours: number; plain: number }> {
  const took = { ours: 0, plain: 0 };
  // Warm, written again below.
  for (const write of [ours, plain]) await write(all.slice(0, WARM_UP));
  for (const [i, part] of parts(all, size).entries()) {
    const turns = [
      async () => (took.ours += await seconds(() => ours(part))),
      async () => (took.plain += await seconds(() => plain(part))),
    ];
    for (const turn of i % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  return { ours: Math.round(all.length / took.ours), plain: Math.round(all.length / took.plain) };
}

/** The same of questions: median milliseconds. */
export async function mediansBeside<T>(
  all: readonly T[],
  ours: (one: T) => Promise<unknown>,
  plain: (one: T) => Promise<unknown>,
): Promise<{ ours: number; plain: number }> {
  const took = { ours: [] as number[], plain: [] as number[] };
  for (const [i, one] of all.entries()) {
    const turns = [
      async () => took.ours.push((await seconds(() => ours(one))) * 1000),
      async () => took.plain.push((await seconds(() => plain(one))) * 1000),
    ];
    for (const turn of i % 2 === 0 ? turns : turns.toReversed()) await turn();
  }
  return { ours: rounded(median(took.ours)), plain: rounded(median(took.plain)) };
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
