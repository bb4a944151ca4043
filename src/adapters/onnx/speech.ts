import type { SpeechStretch } from '../../ports/encoders.ts';

/** Samples a second. */
export const RATE = 16_000;
/** A pause this long ends a region, in seconds; this much of it is left on either side. */
const LONG_PAUSE = 3;
const MARGIN = 0.3;

/** Samples `[start, end)`. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a recording that a transcriber listens to, without the long pauses between them: it invents words where
 * nobody speaks, and its times drift over it. Empty where nobody speaks.
 */
export function speechRegions(stretches: readonly SpeechStretch[], length: number): Region[] {
  const regions: SpeechStretch[] = [];
  for (const stretch of stretches) {
    const last = regions.at(-1);
    if (last && stretch.startSeconds - last.endSeconds < LONG_PAUSE)
      regions[regions.length - 1] = { startSeconds: last.startSeconds, endSeconds: stretch.endSeconds };
    else regions.push(stretch);
  }
  return regions.map(({ startSeconds, endSeconds }) => ({
    start: Math.max(0, Math.round((startSeconds - MARGIN) * RATE)),
    end: Math.min(length, Math.round((endSeconds + MARGIN) * RATE)),
  }));
}

/** What the model wrote in one window: tokens of words between tokens of times. */
export interface HeardPart {
  /** Seconds from the start of the window; `to` is undefined where the model named no end. */
  readonly from: number;
  readonly to: number | undefined;
  readonly tokens: readonly number[];
  /** Natural logarithms, parallel to `tokens`. */
  readonly logProbabilities: readonly number[];
}

/**
 * Whisper's tokens of a window, cut into parts at its time tokens. The last part has no end where the model broke off
 * inside it: the next window begins at that part again (Radford et al., arXiv 2212.04356, section 3.8).
 */
export function cutAtTimes(
  tokens: readonly number[],
  logProbabilities: readonly number[],
  firstTime: number,
): HeardPart[] {
  const parts: HeardPart[] = [];
  let from = 0;
  let first = 0;
  for (const [i, token] of [...tokens, Infinity].entries()) {
    if (token < firstTime) continue;
    const to = token === Infinity ? undefined : (token - firstTime) * 0.02;
    if (i > first)
      parts.push({ from, to, tokens: tokens.slice(first, i), logProbabilities: logProbabilities.slice(first, i) });
    from = to ?? from;
    first = i + 1;
  }
  return parts;
}
