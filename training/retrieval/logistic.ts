import { mean } from '../../src/evaluate/figures.ts';
import type { RankerWeights } from '../../src/retrieve/ranker.ts';

/** Rows that are wanted or not, with their features. */
interface Sorted {
  readonly rows: readonly { readonly features: Readonly<Record<string, number>>; readonly wanted: boolean }[];
}

/**
 * Logistic regression by Newton's method; wanted and unwanted candidates weigh the same in total. L2 on the weights of
 * standardised features, so that the scale of a feature is no matter; the weights given are those of the features as they are.
 */
export function fit(from: readonly Sorted[], names: readonly string[]): RankerWeights {
  const rows = from.flatMap((one) => one.rows);
  const wanted = rows.filter((row) => row.wanted).length;
  const weightOf = (is: boolean) => rows.length / 2 / (is ? wanted : rows.length - wanted);
  const scales = names.map((name) => {
    const values = rows.map((row) => row.features[name] ?? 0);
    const middle = mean(values);
    return { middle, spread: Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) || 1 };
  });
  const x = rows.map((row) => [
    1,
    ...names.map((name, i) => ((row.features[name] ?? 0) - (scales[i]?.middle ?? 0)) / (scales[i]?.spread ?? 1)),
  ]);
  const n = names.length + 1;
  let w = Array.from({ length: n }, () => 0);
  for (let round = 0; round < 12; round++) {
    const gradient = w.map((value, i) => (i === 0 ? 0 : -value));
    const hessian = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j): number => (i !== j ? 0 : i > 0 ? 1 : 1e-6)),
    );
    for (const [k, row] of rows.entries()) {
      const values = x[k] ?? [];
      const p = 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * (w[i] ?? 0), 0)));
      const c = weightOf(row.wanted);
      for (let i = 0; i < n; i++) {
        gradient[i] = (gradient[i] ?? 0) + c * ((row.wanted ? 1 : 0) - p) * (values[i] ?? 0);
        const line = hessian[i] ?? [];
        for (let j = 0; j < n; j++) line[j] = (line[j] ?? 0) + c * p * (1 - p) * (values[i] ?? 0) * (values[j] ?? 0);
      }
    }
    const step = solve(hessian, gradient);
    w = w.map((value, i) => value + (step[i] ?? 0));
  }
  const round = (value: number) => Number(value.toFixed(4));
  const weights = names.map((_, i) => (w[i + 1] ?? 0) / (scales[i]?.spread ?? 1));
  const shift = weights.reduce((sum, weight, i) => sum + weight * (scales[i]?.middle ?? 0), 0);
  return {
    intercept: round((w[0] ?? 0) - shift),
    weights: Object.fromEntries(names.map((name, i) => [name, round(weights[i] ?? 0)])),
  };
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = a.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r]?.[c] ?? 0) > Math.abs(a[pivot]?.[c] ?? 0)) pivot = r;
    [a[c], a[pivot]] = [a[pivot] ?? [], a[c] ?? []];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = (a[r]?.[c] ?? 0) / (a[c]?.[c] || 1e-12);
      for (let k = c; k <= n; k++) (a[r] ?? [])[k] = (a[r]?.[k] ?? 0) - factor * (a[c]?.[k] ?? 0);
    }
  }
  return a.map((row, i) => (row[n] ?? 0) / (row[i] || 1e-12));
}
