/** One step of an alignment: a said thing at `said`, a heard one at `heard`, or both. */
export interface Aligned {
  readonly said?: number;
  readonly heard?: number;
}

/**
 * Two sequences side by side with the fewest insertions, deletions and substitutions (Levenshtein), and how many that
 * are; where several ways are as short, like stands beside like.
 */
export function align<T>(said: readonly T[], heard: readonly T[]): { errors: number; steps: Aligned[] } {
  const width = heard.length + 1;
  const cost = new Uint32Array((said.length + 1) * width);
  for (let j = 0; j < width; j++) cost[j] = j;
  for (let i = 1; i <= said.length; i++) {
    cost[i * width] = i;
    for (let j = 1; j < width; j++) {
      const both = at(cost, (i - 1) * width + j - 1) + (said[i - 1] === heard[j - 1] ? 0 : 1);
      cost[i * width + j] = Math.min(both, at(cost, (i - 1) * width + j) + 1, at(cost, i * width + j - 1) + 1);
    }
  }
  const steps: Aligned[] = [];
  for (let i = said.length, j = heard.length; i > 0 || j > 0;) {
    const here = at(cost, i * width + j);
    const same = i > 0 && j > 0 && said[i - 1] === heard[j - 1];
    if (i > 0 && j > 0 && at(cost, (i - 1) * width + j - 1) + (same ? 0 : 1) === here) {
      steps.push({ said: --i, heard: --j });
    } else if (i > 0 && at(cost, (i - 1) * width + j) + 1 === here) steps.push({ said: --i });
    else steps.push({ heard: --j });
  }
  return { errors: at(cost, cost.length - 1), steps: steps.toReversed() };
}

/** The errors of `align` alone: its memory grows with one sequence, not with the product of both. Of texts, UTF-16 units are compared. */
export function editDistance(said: ArrayLike<unknown>, heard: ArrayLike<unknown>): number {
  let row = Uint32Array.from({ length: heard.length + 1 }, (_, j) => j);
  let next = new Uint32Array(heard.length + 1);
  for (let i = 1; i <= said.length; i++) {
    next[0] = i;
    for (let j = 1; j <= heard.length; j++) {
      const both = at(row, j - 1) + (said[i - 1] === heard[j - 1] ? 0 : 1);
      next[j] = Math.min(both, at(row, j) + 1, at(next, j - 1) + 1);
    }
    [row, next] = [next, row];
  }
  return at(row, heard.length);
}

function at(values: Uint32Array, index: number): number {
  return values[index] ?? 0;
}
