/** Samples a second. */
export const RATE = 16_000;
/** Root mean square below which a stretch counts as silent (−50 dB of full scale). */
const SILENCE = 0.003;
/** Length of the stretches whose loudness is looked at, in samples. */
const FRAME = RATE / 10;
/** A silence this long ends a region, in frames; this much of it is left on either side. */
const LONG_PAUSE = 30;
const MARGIN = 3;

/** Samples `[start, end)`. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/**
 * The parts of a recording in which something sounds, without the long silences between them: a transcriber invents
 * words in silence, and its times drift over it. Empty where nothing sounds.
 */
export function soundingRegions(samples: Float32Array): Region[] {
  const regions: { start: number; end: number }[] = [];
  const frames = Math.ceil(samples.length / FRAME);
  for (let frame = 0; frame < frames; frame++) {
    if (!isSounding(samples, frame * FRAME)) continue;
    const last = regions.at(-1);
    if (last && frame - last.end < LONG_PAUSE) last.end = frame + 1;
    else regions.push({ start: frame, end: frame + 1 });
  }
  return regions.map(({ start, end }) => ({
    start: Math.max(0, start - MARGIN) * FRAME,
    end: Math.min(samples.length, (end + MARGIN) * FRAME),
  }));
}

function isSounding(samples: Float32Array, start: number): boolean {
  const end = Math.min(samples.length, start + FRAME);
  let sum = 0;
  for (let i = start; i < end; i++) sum += (samples[i] ?? 0) ** 2;
  return Math.sqrt(sum / (end - start)) >= SILENCE;
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
