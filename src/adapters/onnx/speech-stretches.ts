import type { SpeechStretch } from '../../ports/encoders.ts';

/** Thresholds of speech; seconds. */
export interface SpeechRules {
  /** Speech begins at a frame of this probability… */
  readonly enter: number;
  /** …and ends at one below this, if for `pause` none is above `enter` again. */
  readonly leave: number;
  readonly pause: number;
  /** A shorter stretch is none. */
  readonly shortest: number;
  /** Left on either side, as long as it is no other's. */
  readonly margin: number;
}

/** As the makers of the model set them (silero-vad, get_speech_timestamps) but for the shortest, which loses short words at 0.25. */
export const SPEECH_RULES: SpeechRules = { enter: 0.5, leave: 0.35, pause: 0.1, shortest: 0.1, margin: 0.03 };

/**
 * Probabilities of speech, one a frame of `frameSeconds`, as stretches of speech: with two thresholds, so that a
 * probability that wavers about one does not cut a word (hysteresis). In order, apart, within the recording.
 */
export function findStretches(
  probabilities: Float32Array,
  frameSeconds: number,
  durationSeconds: number,
  rules: SpeechRules = SPEECH_RULES,
): SpeechStretch[] {
  const found: { startSeconds: number; endSeconds: number }[] = [];
  let start: number | undefined;
  let end: number | undefined;
  const close = (at: number) => {
    if (start !== undefined && at - start >= rules.shortest) found.push({ startSeconds: start, endSeconds: at });
    start = undefined;
    end = undefined;
  };
  for (const [i, probability] of probabilities.entries()) {
    const at = i * frameSeconds;
    if (probability >= rules.enter) {
      start ??= at;
      end = undefined;
    } else if (start !== undefined && (end !== undefined || probability < rules.leave)) {
      end ??= at;
      if (at - end >= rules.pause) close(end);
    }
  }
  close(end ?? durationSeconds);
  return found.map(({ startSeconds, endSeconds }, i) => {
    const before = (startSeconds - (found[i - 1]?.endSeconds ?? -Infinity)) / 2;
    const after = ((found[i + 1]?.startSeconds ?? Infinity) - endSeconds) / 2;
    return {
      startSeconds: Math.max(0, startSeconds - Math.min(rules.margin, before)),
      endSeconds: Math.min(durationSeconds, endSeconds + Math.min(rules.margin, after)),
    };
  });
}
