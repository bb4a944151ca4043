import { captionWords, nGrams } from './caption-words.ts';
import type { Captioned } from './cider.ts';

const LONGEST = 4;

/**
 * BLEU-4 of all pictures together (Papineni et al. 2002): geometric mean of the clipped precisions of 1 to 4 words,
 * times a penalty where the candidates are shorter than their nearest references. 0…1; 0 where no run of four is right.
 */
export function bleu4(pictures: readonly Captioned[]): number {
  const right = Array<number>(LONGEST).fill(0);
  const all = Array<number>(LONGEST).fill(0);
  let [length, referenceLength] = [0, 0];
  for (const { candidate, references } of pictures) {
    const words = captionWords(candidate);
    const own = references.map(captionWords);
    length += words.length;
    referenceLength += nearestLength(words.length, own);
    for (let n = 1; n <= LONGEST; n++) {
      const counts = own.map((reference) => nGrams(reference, n));
      for (const [gram, count] of nGrams(words, n)) {
        const most = Math.max(0, ...counts.map((one) => one.get(gram) ?? 0));
        right[n - 1] = (right[n - 1] ?? 0) + Math.min(count, most);
        all[n - 1] = (all[n - 1] ?? 0) + count;
      }
    }
  }
  if (right.some((count) => count === 0)) return 0;
  const logs = right.map((count, i) => Math.log(count / (all[i] ?? 1)));
  const precision = Math.exp(logs.reduce((sum, log) => sum + log, 0) / LONGEST);
  return precision * (length < referenceLength ? Math.exp(1 - referenceLength / length) : 1);
}

/** Length of the reference nearest in length, the shorter of two as near. */
function nearestLength(length: number, references: readonly (readonly string[])[]): number {
  const lengths = references.map((reference) => reference.length);
  return lengths.toSorted((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b)[0] ?? 0;
}
