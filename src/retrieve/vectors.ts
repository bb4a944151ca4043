/** Dot product of two vectors of one length; of unit-norm vectors, their cosine. */
export function dot(a: Float32Array, b: Float32Array, offsetInB = 0): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[offsetInB + i] ?? 0);
  return sum;
}

/** The vector at unit norm; as it is where it has no length. */
export function unit(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(dot(vector, vector));
  return norm > 0 ? vector.map((value) => value / norm) : vector;
}

/** The sum of two vectors of one length at unit norm. */
export function added(a: Float32Array, b: Float32Array, offsetInB = 0): Float32Array {
  return unit(a.map((value, i) => value + (b[offsetInB + i] ?? 0)));
}

/** Each value on 0…1 between the least and the greatest; all 0 when they are the same. */
export function minMax(values: readonly number[]): number[] {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const range = greatest - least;
  return values.map((value) => (range > 0 ? (value - least) / range : 0));
}

/** 1 / rank (from 1) of each value, best highest; equal values share their better rank. */
export function reciprocalRank(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const result: number[] = Array.from({ length: values.length }, () => 0);
  let rank = 0;
  for (const [position, i] of order.entries()) {
    if (position === 0 || values[i] !== values[order[position - 1] ?? 0]) rank = position + 1;
    result[i] = 1 / rank;
  }
  return result;
}
