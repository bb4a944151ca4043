import { captionWords, nGrams } from './caption-words.ts';

/** One picture: what is said of it, and what people said. */
export interface Captioned {
  readonly candidate: string;
  readonly references: readonly string[];
}

const LONGEST = 4;
/** Width of the penalty on another length than the reference's, in words. */
const SIGMA = 6;

interface Vector {
  readonly weights: ReadonlyMap<string, number>;
  readonly norm: number;
}

/**
 * CIDEr-D of each picture (Vedantam et al., arXiv 1411.5726, section 5.1): the likeness of n-grams of 1 to 4 words,
 * weighted by how rare they are among the references of all pictures given, clipped to the reference's count, with a
 * Gaussian penalty on the difference in length; mean over references and n, times 10. The paper stems words; like the
 * reference implementation this does not.
 */
export function ciderD(pictures: readonly Captioned[]): number[] {
  const references = pictures.map((picture) => picture.references.map(captionWords));
  const logPictures = Math.log(Math.max(1, pictures.length));
  const totals = pictures.map(() => 0);
  for (let n = 1; n <= LONGEST; n++) {
    const frequency = pictureFrequency(references, n);
    const vectorOf = (words: readonly string[]): Vector => {
      const weights = new Map<string, number>();
      for (const [gram, count] of nGrams(words, n))
        weights.set(gram, count * (logPictures - Math.log(Math.max(1, frequency.get(gram) ?? 0))));
      return { weights, norm: Math.hypot(...weights.values()) };
    };
    for (const [i, { candidate }] of pictures.entries()) {
      const words = captionWords(candidate);
      const said = vectorOf(words);
      const own = references[i] ?? [];
      for (const reference of own) {
        const difference = words.length - reference.length;
        const penalty = Math.exp(-(difference ** 2) / (2 * SIGMA ** 2));
        totals[i] =
          (totals[i] ?? 0) + (10 * penalty * clippedCosine(said, vectorOf(reference))) / (LONGEST * own.length);
      }
    }
  }
  return totals;
}

/** Pictures whose references hold each n-gram. */
function pictureFrequency(references: readonly (readonly string[][])[], n: number): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const own of references) {
    const grams = new Set(own.flatMap((words) => [...nGrams(words, n).keys()]));
    for (const gram of grams) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  }
  return frequency;
}

/** A word said more often than the reference says it wins nothing. */
function clippedCosine(said: Vector, reference: Vector): number {
  if (said.norm === 0 || reference.norm === 0) return 0;
  let sum = 0;
  for (const [gram, weight] of said.weights) {
    const other = reference.weights.get(gram) ?? 0;
    sum += Math.min(weight, other) * other;
  }
  return sum / (said.norm * reference.norm);
}
