import type { Cut, FrameTrace } from './cuts.ts';

/** A shot is no longer than this, in seconds: what happens late in a long one is looked at, too. */
const LONGEST = 60;
/** Two neighbouring parts of a long shot whose mean brightness differs by less, block for block, are one: nothing happened. */
const SAME = 6;
/** A frame whose blocks stray less from their mean, and that has hardly an edge within them, is blank: black between two scenes. */
const BLANK = 3;
const EDGELESS = 100;
/** Frames this near to a cut are not chosen, in seconds, if there are others: a dissolve is neither of its sides. */
const EDGE = 0.3;

/** A stretch of frames `[from, to)` and the one that stands for it. */
export interface Shot {
  readonly from: number;
  readonly to: number;
  readonly key: number;
}

/**
 * The shots between the cuts, without blank ones; at most `most`, the weakest cuts left out first. The key frame is the
 * sharpest of the half that is nearest to the shot's mean. A film that is blank throughout is one shot.
 */
export function findShots(traces: readonly FrameTrace[], cuts: readonly Cut[], fps: number, most: number): Shot[] {
  let kept = [...cuts];
  for (;;) {
    const shots = between(traces, kept, fps);
    if (shots.length === 0 && traces.length > 0)
      return [{ from: 0, to: traces.length, key: Math.floor(traces.length / 2) }];
    if (shots.length <= most || kept.length === 0) return shots.slice(0, most);
    const over = Math.max(1, Math.min(shots.length - most, kept.length));
    const weakest = new Set(kept.toSorted((a, b) => a.strength - b.strength).slice(0, over));
    kept = kept.filter((cut) => !weakest.has(cut));
  }
}

function between(traces: readonly FrameTrace[], cuts: readonly Cut[], fps: number): Shot[] {
  const bounds = [0, ...cuts.map(({ frame }) => frame), traces.length];
  const shots: Shot[] = [];
  for (const [i, to] of bounds.slice(1).entries()) {
    const from = bounds[i] ?? 0;
    for (const part of parts(traces, from, to, fps)) {
      const key = keyFrame(traces, part.from, part.to, fps);
      if (key !== undefined) shots.push({ from: part.from, to: part.to, key });
    }
  }
  return shots;
}

/** A long shot in equal parts; one part where it looks the same throughout. */
function parts(
  traces: readonly FrameTrace[],
  from: number,
  to: number,
  fps: number,
): { readonly from: number; readonly to: number }[] {
  const count = Math.max(1, Math.ceil((to - from) / (LONGEST * fps)));
  const found: { from: number; to: number; mean: Float32Array }[] = [];
  for (let i = 0; i < count; i++) {
    const [begin, end] = [0, 1].map((n) => from + Math.round(((to - from) * (i + n)) / count)) as [number, number];
    if (end <= begin) continue;
    const mean = meanThumb(traces.slice(begin, end));
    const last = found.at(-1);
    if (last && thumbDistance(last.mean, mean) < SAME) last.to = end;
    else found.push({ from: begin, to: end, mean });
  }
  return found;
}

function keyFrame(traces: readonly FrameTrace[], from: number, to: number, fps: number): number | undefined {
  const edge = Math.min(Math.round(EDGE * fps), Math.floor((to - from) / 4));
  const frames = Array.from({ length: to - from - 2 * edge }, (_, i) => from + edge + i).filter(
    (frame) => spread(traces[frame]) >= BLANK || (traces[frame]?.sharpness ?? 0) >= EDGELESS,
  );
  const mean = meanThumb(frames.map((frame) => traces[frame] as FrameTrace));
  const typical = frames
    .map((frame) => ({ frame, away: thumbDistance(mean, traces[frame]?.thumb ?? mean) }))
    .toSorted((a, b) => a.away - b.away || a.frame - b.frame)
    .slice(0, Math.ceil(frames.length / 2));
  let best = typical[0]?.frame;
  for (const { frame } of typical)
    if (best !== undefined && (traces[frame]?.sharpness ?? 0) > (traces[best]?.sharpness ?? 0)) best = frame;
  // A frame that stands still is to be asked for where it begins: a decoder looks forward from there.
  while (best !== undefined && best > from && traces[best]?.step === 0) best -= 1;
  return best;
}

function meanThumb(traces: readonly FrameTrace[]): Float32Array {
  const mean = new Float32Array(traces[0]?.thumb.length ?? 0);
  for (const { thumb } of traces)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (thumb[i] ?? 0) / traces.length;
  return mean;
}

function thumbDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / Math.max(1, a.length);
}

/** Mean distance of a frame's blocks from their mean, 0…255. */
function spread(trace: FrameTrace | undefined): number {
  const thumb = trace?.thumb ?? new Uint8Array();
  const mean = thumb.reduce((sum, value) => sum + value, 0) / Math.max(1, thumb.length);
  return thumb.reduce((sum, value) => sum + Math.abs(value - mean), 0) / Math.max(1, thumb.length);
}
