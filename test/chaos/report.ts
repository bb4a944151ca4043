import type { ChaosResult } from './run.ts';

const rounded = (value: number): number => Math.round(value * 10) / 10;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

/** Figures of a run; times in seconds. */
export function report({ rows, settledSeconds, account }: ChaosResult): object {
  const recovery = rows.map((row) => row.recoveredSeconds);
  return {
    faults: rows.length,
    recoveredSeconds: { p50: quantile(recovery, 0.5), p95: quantile(recovery, 0.95), max: quantile(recovery, 1) },
    settledSeconds: settledSeconds.map(rounded),
    longestRequestSeconds: rounded(account.longestMs / 1000),
    acknowledged: account.acknowledged,
    refused: account.refused,
    kept: {
      jobs: account.jobs.size,
      assets: account.kept.size,
      deleted: account.deleted.size,
      merged: account.merged.size,
      answers: account.answers.size,
    },
  };
}
