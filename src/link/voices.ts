import type { Segment } from '../domain.ts';

/**
 * Cosine from which two voices are one person's. Fitted on the training part of the spoken digits, joined to two
 * seconds (see the model's card): none of 5,568 pairs of two speakers is as like, and 9 % of the pairs of one are less;
 * a wrong link spoils every path over it, a missed one can be made by hand.
 */
export const SAME_VOICE = 0.75;

/** A stretch of speech whose voice is told. */
export interface Utterance {
  readonly segment: Segment;
  /** Unit norm. */
  readonly vector: Float32Array;
  readonly seconds: number;
}

/** Utterances of one voice. */
export interface VoiceGroup {
  readonly utterances: readonly Utterance[];
  /** Their mean by length, unit norm. */
  readonly vector: Float32Array;
}

/**
 * The voices of one recording: the two likest groups are joined, again and again, as long as they are as like as
 * SAME_VOICE (agglomerative clustering by centroids). In the order in which they are first heard.
 */
export function groupVoices(utterances: readonly Utterance[]): VoiceGroup[] {
  const groups = utterances.map((one) => groupOf([one]));
  for (;;) {
    let best: { a: number; b: number; score: number } | undefined;
    for (let a = 0; a < groups.length; a++) {
      for (let b = a + 1; b < groups.length; b++) {
        const score = likeness(groups[a] as VoiceGroup, groups[b] as VoiceGroup);
        if (score >= SAME_VOICE && score > (best?.score ?? -1)) best = { a, b, score };
      }
    }
    if (!best) return groups;
    const [other] = groups.splice(best.b, 1);
    groups[best.a] = groupOf([...(groups[best.a]?.utterances ?? []), ...(other?.utterances ?? [])]);
  }
}

/** Cosine of two groups. */
export function likeness(a: VoiceGroup, b: VoiceGroup): number {
  return a.vector.reduce((sum, value, i) => sum + value * (b.vector[i] ?? 0), 0);
}

function groupOf(utterances: readonly Utterance[]): VoiceGroup {
  const sum = new Float32Array(utterances[0]?.vector.length ?? 0);
  for (const { vector, seconds } of utterances)
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + seconds * (vector[d] ?? 0);
  const norm = Math.hypot(...sum) || 1;
  return { utterances, vector: sum.map((value) => value / norm) };
}
