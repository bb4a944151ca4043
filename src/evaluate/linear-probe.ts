/** Weight of the penalty on the squared weights. Features are standardised, so one value serves all encoders. */
const PENALTY = 0.001;
const STEPS = 600;
/** Step of the first iteration; it grows while the loss falls, and halves when it rises. */
const FIRST_STEP = 0.5;

interface Probe {
  /** [classes × (dimension + 1)], the bias last. */
  readonly weights: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

/**
 * Multinomial logistic regression on frozen features (a linear probe, arXiv 1610.01644) by gradient descent with an
 * adaptive step; no randomness. Features are standardised by the training rows. Gives the class index of each test row.
 */
export function probe(
  train: readonly Float32Array[],
  classes: readonly number[],
  test: readonly Float32Array[],
): number[] {
  const [first] = train;
  if (!first) return test.map(() => 0);
  const standard = standardiser(train);
  const rows = train.map(standard);
  const count = Math.max(...classes) + 1;
  const width = first.length + 1;
  let at = evaluate(new Float64Array(count * width), rows, classes, count);
  let step = FIRST_STEP;
  for (let i = 0; i < STEPS; i++) {
    const weights = at.weights.map((value, k) => value - step * (at.gradient[k] ?? 0));
    const next = evaluate(weights, rows, classes, count);
    if (next.loss <= at.loss) {
      const gain = at.loss - next.loss;
      at = next;
      step *= 1.2;
      if (gain < 1e-9) break;
    } else step /= 2;
  }
  return test.map((row) => {
    const scores = classScores(standard(row), at.weights, count);
    return scores.indexOf(Math.max(...scores));
  });
}

/** Class of each test row among its `k` nearest training rows by cosine; a tie goes to the nearer ones. */
export function nearest(
  train: readonly Float32Array[],
  classes: readonly number[],
  test: readonly Float32Array[],
  k: number,
): number[] {
  const length = (row: Float32Array) => Math.hypot(...row) || 1;
  const norms = train.map(length);
  return test.map((row) => {
    const norm = length(row);
    const near = train
      .map((other, i) => ({ i, score: dot(row, other) / (norm * (norms[i] ?? 1)) }))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, k);
    const votes = new Map<number, number>();
    for (const { i, score } of near) {
      const label = classes[i] ?? 0;
      // Counts first; the likeness, below 1, decides among equals.
      votes.set(label, (votes.get(label) ?? 0) + 1 + (score + 1) / (4 * k));
    }
    return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  });
}

function standardiser(rows: readonly Float32Array[]): (row: Float32Array) => Float32Array {
  const width = rows[0]?.length ?? 0;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (const row of rows) for (let d = 0; d < width; d++) mean[d] = (mean[d] ?? 0) + (row[d] ?? 0) / rows.length;
  for (const row of rows)
    for (let d = 0; d < width; d++)
      deviation[d] = (deviation[d] ?? 0) + ((row[d] ?? 0) - (mean[d] ?? 0)) ** 2 / rows.length;
  return (row) =>
    row.map((value, d) => {
      const spread = Math.sqrt(deviation[d] ?? 0);
      return spread < 1e-6 ? 0 : (value - (mean[d] ?? 0)) / (spread * Math.sqrt(width));
    });
}

/** Mean cross-entropy plus the penalty, and its gradient. */
function evaluate(
  weights: Float64Array,
  rows: readonly Float32Array[],
  classes: readonly number[],
  count: number,
): Probe {
  const width = weights.length / count;
  const gradient = weights.map((value) => PENALTY * value);
  let loss = (PENALTY / 2) * weights.reduce((sum, value) => sum + value * value, 0);
  for (const [i, row] of rows.entries()) {
    const scores = classScores(row, weights, count);
    const greatest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - greatest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    const own = classes[i] ?? 0;
    loss += (Math.log(total) + greatest - (scores[own] ?? 0)) / rows.length;
    for (let c = 0; c < count; c++) {
      const error = ((powers[c] ?? 0) / total - (c === own ? 1 : 0)) / rows.length;
      const base = c * width;
      for (let d = 0; d < width - 1; d++) gradient[base + d] = (gradient[base + d] ?? 0) + error * (row[d] ?? 0);
      gradient[base + width - 1] = (gradient[base + width - 1] ?? 0) + error;
    }
  }
  return { weights, loss, gradient };
}

function classScores(row: Float32Array, weights: Float64Array, count: number): number[] {
  const width = weights.length / count;
  return Array.from({ length: count }, (_, c) => {
    let sum = weights[c * width + width - 1] ?? 0;
    for (let d = 0; d < width - 1; d++) sum += (weights[c * width + d] ?? 0) * (row[d] ?? 0);
    return sum;
  });
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] ?? 0) * (b[d] ?? 0);
  return sum;
}
