/** Scores as probabilities that add up to one. */
export function softmax(values: Float32Array): Float32Array {
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - greatest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((value) => value / sum);
}
