import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runWhole } from '../../src/adapters/ffmpeg/run.ts';

export const WIDTH = 320;
export const HEIGHT = 180;
export const FPS = 25;
const FRAME = WIDTH * HEIGHT * 3;
const LIMITS = { idleMs: 60_000, totalMs: 600_000 };

/** A clip to join: a film, or a photograph that is panned over. `set` names what it shares its scenery with. */
export interface Clip {
  readonly file: string;
  readonly set: string;
  readonly still: boolean;
}

/** What was joined where, in seconds. */
export interface Join {
  readonly kind: 'CUT' | 'DISSOLVE' | 'FADE';
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Both sides have the same scenery. */
  readonly sameSet: boolean;
}

/** Numbers in 0…1 from a seed (mulberry32). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Joins parts of the clips in random order into an MP4 (H.264), a third by dissolves, a tenth through black, with lightning now and then. */
export async function joinClips(
  clips: readonly Clip[],
  parts: number,
  out: string,
  next: () => number,
): Promise<Join[]> {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-r', String(FPS), '-i', 'pipe:0'];
  const coded = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '27', '-pix_fmt', 'yuv420p', out];
  const encoder = spawn('ffmpeg', ['-v', 'error', '-y', ...raw, ...coded], { stdio: ['pipe', 'inherit', 'inherit'] });
  const joins: Join[] = [];
  let written = 0;
  const write = async (frame: Uint8Array) => {
    written += 1;
    if (!encoder.stdin.write(frame)) await once(encoder.stdin, 'drain');
  };
  let tail: Uint8Array[] = [];
  let before: Clip | undefined;
  for (let i = 0; i < parts; i++) {
    let clip = clips[Math.floor(next() * clips.length)] as Clip;
    while (clip.file === before?.file) clip = clips[Math.floor(next() * clips.length)] as Clip;
    const frames = await readPart(clip, 1.6 + next() * 2.6, next);
    if (next() < 0.15) flash(frames, Math.floor(frames.length / 2));
    const chance = next();
    const sameSet = before?.set === clip.set;
    const most = Math.min(tail.length, frames.length) - 12;
    if (!before) {
      // Nothing to join with.
    } else if (chance < 0.57 || most < 10) {
      for (const frame of tail) await write(frame);
      joins.push({ kind: 'CUT', startSeconds: written / FPS, endSeconds: written / FPS, sameSet });
      tail = [];
    } else {
      const kind = chance < 0.9 ? 'DISSOLVE' : 'FADE';
      const length = Math.min(most, Math.round((0.4 + next() * 1.1) * FPS));
      for (const frame of tail.splice(0, tail.length - length)) await write(frame);
      joins.push({ kind, startSeconds: written / FPS, endSeconds: (written + length) / FPS, sameSet });
      const head = frames.splice(0, length);
      for (const [t, frame] of tail.entries())
        await write(mix(frame, head[t] as Uint8Array, (t + 1) / (length + 1), kind));
      tail = [];
    }
    tail.push(...frames);
    before = clip;
    for (const frame of tail.splice(0, Math.max(0, tail.length - 60))) await write(frame);
  }
  for (const frame of tail) await write(frame);
  encoder.stdin.end();
  const [code] = (await once(encoder, 'close')) as [number];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  return joins;
}

async function readPart(clip: Clip, seconds: number, next: () => number): Promise<Uint8Array[]> {
  const cover = `scale=${WIDTH}:${HEIGHT}:force_original_aspect_ratio=increase,crop=${WIDTH}:${HEIGHT}`;
  const count = Math.round(seconds * FPS);
  // A photograph is panned and zoomed over, at most by a third of it.
  const [x0, y0, x1, y1, z0, z1] = [next(), next(), next(), next(), 1 + next() * 0.4, 1 + next() * 0.4];
  const pan = `scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,zoompan=d=${count}:s=${WIDTH}x${HEIGHT}:fps=${FPS}:z='${z0}+(${z1 - z0})*on/${count}':x='(iw-iw/zoom)*(${x0}+(${x1 - x0})*on/${count})':y='(ih-ih/zoom)*(${y0}+(${y1 - y0})*on/${count})'`;
  const args = clip.still
    ? ['-i', clip.file, '-vf', pan, '-frames:v', String(count)]
    : ['-i', clip.file, '-vf', `fps=${FPS},${cover}`];
  const tail = ['-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'];
  const { stdout, code } = await runWhole('ffmpeg', ['-v', 'error', ...args, ...tail], 3e9, LIMITS);
  if (code !== 0) throw new Error(`${clip.file} can't be read.`);
  const frames = Math.floor(stdout.length / FRAME);
  const first = Math.floor(next() * Math.max(0, frames - count));
  return Array.from(
    { length: Math.min(count, frames - first) },
    (_, i) => new Uint8Array(stdout.subarray((first + i) * FRAME, (first + i + 1) * FRAME)),
  );
}

/** `a` at 0, `b` at 1; a fade passes through black. */
function mix(a: Uint8Array, b: Uint8Array, at: number, kind: 'DISSOLVE' | 'FADE'): Uint8Array {
  const [wa, wb] = kind === 'DISSOLVE' ? [1 - at, at] : [Math.max(0, 1 - 2 * at), Math.max(0, 2 * at - 1)];
  return a.map((value, i) => Math.round(value * wa + (b[i] ?? 0) * wb));
}

/** Two frames of lightning, which is no cut. */
function flash(frames: Uint8Array[], at: number): void {
  for (const i of [at, at + 1]) {
    const frame = frames[i];
    if (frame) frames[i] = frame.map((value) => Math.min(255, value * 1.5 + 70));
  }
}
