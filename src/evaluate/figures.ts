/** A percentage with one decimal. */
export function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

/** The p-quantile (0…1) by linear interpolation; 0 for no values. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 95 % interval of a mean of values in 0…1 (normal approximation), as percentages. */
export function interval95(values: readonly number[]): [number, number] {
  const average = mean(values);
  const variance = mean(values.map((value) => (value - average) ** 2));
  const half = 1.96 * Math.sqrt(variance / Math.max(1, values.length - 1));
  return [percent(Math.max(0, average - half)), percent(Math.min(1, average + half))];
}

/** 95 % interval of a proportion (Wilson score), as percentages: also near 0 and 1, and for few. */
export function wilson95(hits: number, n: number): [number, number] {
  if (n === 0) return [0, 100];
  const z = 1.96;
  const share = hits / n;
  const middle = share + z ** 2 / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return [percent(Math.max(0, (middle - half) / scale)), percent(Math.min(1, (middle + half) / scale))];
}

/** The same numbers in another order, from a seed (mulberry32, Fisher–Yates). */
export function shuffle<T>(values: readonly T[], seed: number): T[] {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}

/** Expected calibration error: how far confidence and accuracy lie apart, over ten bins of confidence (Guo et al. 2017). */
export function calibrationError(probabilities: readonly number[], hits: readonly number[]): number {
  const bins = Map.groupBy(probabilities.keys(), (i) => Math.min(9, Math.floor((probabilities[i] ?? 0) * 10)));
  let error = 0;
  for (const own of bins.values()) {
    const confidence = mean(own.map((i) => probabilities[i] ?? 0));
    const accuracy = mean(own.map((i) => hits[i] ?? 0));
    error += (own.length / probabilities.length) * Math.abs(confidence - accuracy);
  }
  return error;
}
