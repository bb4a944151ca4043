import { ACROSS, blockDistance, colourDistance, DOWN, mixDistance, type FrameFeatures } from './small-frame.ts';

/** A shared colour's worth in steps of brightness: half the pixels in other colours weigh as 50 levels. */
const COLOUR_WEIGHT = 100;
/** A hard cut is this far from the frame before, and this many times as far as any other step around it… */
const LEAST_CUT = 14;
const LEAST_RATIO = 3;
/** …within this many seconds; and half of it must be left this long before and after: lightning passes. */
const AROUND = 0.24;
const BEFORE_AFTER = 0.18;
const LASTING = 0.5;
/** Half lengths of the windows in which dissolves are looked for, in seconds. */
const HALVES = [0.24, 0.44, 0.8, 1.2] as const;
/** Within a dissolve, frames stray from the mixture of its two ends by less than this share of the ends' distance. */
const MOST_STRAY = 0.3;
/** Distance of the ends, less what their middle strays: from here on it is a dissolve. */
const LEAST_DISSOLVE = 9;
/** It moves at least so many times as far a frame as the calmer of its two sides does before or after: steady motion mixes, too. */
const LEAST_SPEED = 1.2;
/** Fewer frames before or after tell nothing of the motion there. */
const LEAST_FRAMES = 4;
/** Two hard cuts are this far apart; a dissolve is this far from any other join. Seconds. */
const APART = 0.2;
const APART_SOFT = 0.8;

/** A join between two shots. */
export interface Cut {
  /** The first frame of the later shot; of a dissolve, its middle. */
  readonly frame: number;
  readonly kind: 'CUT' | 'DISSOLVE';
  /** How far apart the two sides are. */
  readonly strength: number;
}

/** What is kept of each frame of a film until its shots are known: about 170 bytes. */
export interface FrameTrace {
  /** Distance from the frame before; 0 exactly where nothing moved. */
  readonly step: number;
  readonly sharpness: number;
  /** Brightness of 16 × 9 blocks. */
  readonly thumb: Uint8Array;
}

interface Join {
  readonly hard: number;
  /** Blocks alone. */
  readonly move: number;
  lasting: number;
  /** By the windows of HALVES. */
  readonly soft: number[];
  readonly speed: number[];
}

/**
 * Finds the joins of a film whose frames are pushed one by one, remembering the last 1.6 s of them. Hard cuts: a step in
 * blocks and colours that stands out from its neighbours and lasts. Dissolves and fades: a stretch whose frames are the
 * linear mixture of its ends (Hampapur et al., "Digital video segmentation", ACM Multimedia 1994).
 */
export class CutFinder {
  readonly traces: FrameTrace[] = [];
  readonly #fps: number;
  readonly #halves: readonly number[];
  readonly #recent: FrameFeatures[] = [];
  readonly #joins: Join[] = [];

  constructor(fps: number) {
    this.#fps = fps;
    this.#halves = HALVES.map((seconds) => Math.max(2, Math.round(seconds * fps)));
  }

  push(frame: FrameFeatures): void {
    const last = this.traces.length;
    this.#recent.push(frame);
    if (this.#recent.length > 2 * Math.max(...this.#halves) + 1) this.#recent.shift();
    const ago = (frames: number): FrameFeatures => this.#recent[this.#recent.length - 1 - frames] ?? frame;
    const hard = last === 0 ? 0 : distance(ago(1), frame);
    this.traces.push({ step: hard, sharpness: frame.sharpness, thumb: thumbOf(frame) });
    const move = last === 0 ? 0 : blockDistance(ago(1), frame);
    this.#joins.push({ hard, move, lasting: 0, soft: [], speed: [] });
    const side = Math.max(1, Math.round(BEFORE_AFTER * this.#fps));
    const middle = this.#joins[last - side];
    if (middle && last >= 2 * side) middle.lasting = distance(ago(2 * side), frame);
    for (const [i, half] of this.#halves.entries()) {
      const join = this.#joins[last - half];
      if (!join || last < 2 * half) continue;
      const { length, stray } = dissolveAt(ago, half);
      join.soft[i] = length === 0 ? 0 : length * (1 - stray / length / MOST_STRAY);
      join.speed[i] = length / (2 * half);
    }
  }

  /** The joins so far, in order. */
  cuts(): Cut[] {
    const around = Math.max(2, Math.round(AROUND * this.#fps));
    const near = (frame: number) => this.#joins.slice(Math.max(0, frame - around), frame + around + 1);
    const found: Cut[] = [];
    for (const [frame, { hard, lasting }] of this.#joins.entries()) {
      if (hard < LEAST_CUT || lasting < LASTING * hard) continue;
      const others = near(frame).filter((join) => join !== this.#joins[frame]);
      if (others.every((other) => hard >= LEAST_RATIO * other.hard || other.lasting < LASTING * other.hard))
        found.push({ frame, kind: 'CUT', strength: hard });
    }
    const hard = found.map(({ frame }) => frame);
    for (const frame of this.#joins.keys()) {
      const strength = this.#dissolve(frame, hard);
      if (strength >= LEAST_DISSOLVE) found.push({ frame, kind: 'DISSOLVE', strength });
    }
    return apart(found, this.#fps);
  }

  /** The strongest window around a frame that moves faster than what is before or after it; 0 where none does. */
  #dissolve(frame: number, hard: readonly number[]): number {
    const { soft = [], speed = [] } = this.#joins[frame] ?? {};
    let strongest = 0;
    for (const [i, half] of this.#halves.entries()) {
      const value = soft[i] ?? 0;
      if (value < LEAST_DISSOLVE || value <= strongest) continue;
      const [begin, end] = [frame - half, frame + half + 1];
      // Another shot's motion tells nothing.
      const before = Math.max(begin - half, ...hard.filter((cut) => cut <= begin).map((cut) => cut + 1));
      const after = Math.min(end + half, ...hard.filter((cut) => cut >= end));
      const calm = Math.min(this.#motion(before, begin), this.#motion(end, after));
      if (calm === Infinity || (speed[i] ?? 0) >= LEAST_SPEED * calm) strongest = value;
    }
    return strongest;
  }

  /** Mean step of the frames `[from, to)`; infinite where there are too few. */
  #motion(from: number, to: number): number {
    const moves = this.#joins.slice(Math.max(1, from), Math.max(1, to)).map(({ move }) => move);
    return moves.length < LEAST_FRAMES ? Infinity : moves.reduce((sum, move) => sum + move, 0) / moves.length;
  }
}

/** How far two frames are apart, in blocks and colours. */
function distance(a: FrameFeatures, b: FrameFeatures): number {
  return blockDistance(a, b) + COLOUR_WEIGHT * colourDistance(a, b);
}

/** The distance of the ends of a window, and what a quarter, the middle and three quarters stray from their mixture at most. */
function dissolveAt(ago: (frames: number) => FrameFeatures, half: number): { length: number; stray: number } {
  const [begin, end] = [ago(2 * half), ago(0)];
  const length = blockDistance(begin, end);
  if (length < LEAST_DISSOLVE) return { length: 0, stray: 0 };
  let stray = 0;
  for (const frames of [Math.round(half / 2), half, Math.round((3 * half) / 2)])
    stray = Math.max(stray, mixDistance(ago(frames), begin, end, 1 - frames / (2 * half)));
  return { length, stray };
}

/** Hard cuts first, then the strongest; what is too near to one that is kept is a part of it. */
function apart(cuts: readonly Cut[], fps: number): Cut[] {
  const kept: Cut[] = [];
  const order = cuts.toSorted((a, b) => Number(b.kind === 'CUT') - Number(a.kind === 'CUT') || b.strength - a.strength);
  for (const cut of order) {
    const gap = (cut.kind === 'CUT' ? APART : APART_SOFT) * fps;
    if (kept.every((other) => Math.abs(other.frame - cut.frame) >= gap)) kept.push(cut);
  }
  return kept.toSorted((a, b) => a.frame - b.frame);
}

function thumbOf({ blocks }: FrameFeatures): Uint8Array {
  const across = ACROSS / 2;
  const thumb = new Uint8Array(across * (DOWN / 2));
  for (let i = 0; i < thumb.length; i++) {
    const at = (Math.floor(i / across) * 2 * ACROSS + (i % across) * 2) * 3;
    let sum = 0;
    for (const corner of [at, at + 3, at + ACROSS * 3, at + ACROSS * 3 + 3])
      sum += 0.299 * (blocks[corner] ?? 0) + 0.587 * (blocks[corner + 1] ?? 0) + 0.114 * (blocks[corner + 2] ?? 0);
    thumb[i] = Math.round(sum / 4);
  }
  return thumb;
}
