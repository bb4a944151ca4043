import { wordsOf } from '../reason/words.ts';
import { dot } from '../retrieve/vectors.ts';

/** Something to choose among others that may say the same. */
export interface Choosable {
  readonly text: string;
  /** How much it is worth by itself; 0…1 as a rule. */
  readonly worth: number;
  /** Of its sentence, unit norm. */
  readonly vector?: Float32Array | undefined;
  /** What it is good to have told of once, with how good that is. */
  readonly covers?: ReadonlyMap<string, number>;
}

/** How much of its worth a sentence loses that says just what another said. */
const REDUNDANCY = 0.8;
/** Cosine of sentences that have nothing in common, as the text space has it. */
const UNRELATED = 0.55;

/**
 * The `most` best that don't say the same and tell of the most between them, best first
 * (maximal marginal relevance, Carbonell and Goldstein 1998).
 */
export function choose<T extends Choosable>(all: readonly T[], most: number): T[] {
  const left = new Set(all);
  const stems = new Map(all.map((one) => [one, stemsOf(one.text)]));
  const chosen: T[] = [];
  const covered = new Set<string>();
  while (chosen.length < most && left.size > 0) {
    let best: T | undefined;
    let bestGain = -Infinity;
    for (const one of left) {
      const said = Math.max(0, ...chosen.map((other) => likeness(one, other, stems)));
      if (said >= 0.999) {
        left.delete(one);
        continue;
      }
      let gain = one.worth - REDUNDANCY * said;
      for (const [what, worth] of one.covers ?? []) if (!covered.has(what)) gain += worth;
      if (gain > bestGain) [best, bestGain] = [one, gain];
    }
    if (!best) break;
    left.delete(best);
    chosen.push(best);
    for (const what of best.covers?.keys() ?? []) covered.add(what);
  }
  return chosen;
}

/** Each one's mean likeness with the others: how much it is in the middle of what is said. 0…1, parallel to `all`. */
export function centralities(all: readonly Choosable[]): number[] {
  if (all.length < 2) return all.map(() => 1);
  const stems = new Map(all.map((one) => [one, stemsOf(one.text)]));
  const sums = all.map((one) =>
    all.reduce((sum, other) => (other === one ? sum : sum + likeness(one, other, stems)), 0),
  );
  const most = Math.max(...sums);
  return sums.map((sum) => (most > 0 ? sum / most : 0));
}

/** How much two say the same, 0…1: by their vectors, else by the words they share. */
function likeness<T extends Choosable>(a: T, b: T, stems: ReadonlyMap<T, ReadonlySet<string>>): number {
  if (a.text === b.text) return 1;
  if (a.vector?.length && a.vector.length === b.vector?.length)
    return Math.min(0.99, Math.max(0, (dot(a.vector, b.vector) - UNRELATED) / (1 - UNRELATED)));
  const [one, other] = [stems.get(a) ?? new Set<string>(), stems.get(b) ?? new Set<string>()];
  const shared = [...one].filter((stem) => other.has(stem)).length;
  return Math.min(0.99, shared / Math.max(1, one.size + other.size - shared));
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).flatMap(({ stem, stop }) => (stop ? [] : [stem])));
}
