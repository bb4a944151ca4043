/**
 * Greedy CTC (Graves et al. 2006): the best class of each step, repeats joined, blanks (class 0) dropped.
 * `data` [steps × classes] probabilities; the score is the mean probability of what is kept, 0 where nothing is.
 */
export function decodeCtc(
  data: Float32Array,
  steps: number,
  classes: number,
  alphabet: readonly string[],
): { text: string; score: number } {
  let text = '';
  let sum = 0;
  let kept = 0;
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if ((data[step * classes + c] ?? 0) > (data[step * classes + best] ?? 0)) best = c;
    if (best !== 0 && best !== previous) {
      text += alphabet[best] ?? '';
      sum += data[step * classes + best] ?? 0;
      kept += 1;
    }
    previous = best;
  }
  return { text, score: kept > 0 ? sum / kept : 0 };
}
