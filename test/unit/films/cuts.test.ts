import { describe, expect, it } from 'vitest';
import { CutFinder } from '../../../src/ingest/cuts.ts';
import { findShots } from '../../../src/ingest/shots.ts';
import { readFrame } from '../../../src/ingest/small-frame.ts';

const [WIDTH, HEIGHT, FPS] = [64, 36, 25];
type Painter = (x: number, y: number, frame: number) => number;

/** Scenes of waves in different directions and colours; they move a little from frame to frame. */
const scene =
  (seed: number): Painter =>
  (x, y, frame) =>
    100 + 20 * seed + 60 * Math.sin((x * (1 + seed) + frame * 0.2) / 9) * Math.cos((y * (5 - seed)) / 11);
const black: Painter = () => 4;
const dissolve =
  (a: Painter, b: Painter, first: number, length: number): Painter =>
  (x, y, frame) => {
    const share = (frame - first + 1) / (length + 1);
    return a(x, y, frame) * (1 - share) + b(x, y, frame) * share;
  };

/** A film of stretches of `length` frames each. */
function film(...stretches: readonly (readonly [painter: Painter, length: number])[]): CutFinder {
  return filmAt(FPS, ...stretches);
}

function filmAt(fps: number, ...stretches: readonly (readonly [painter: Painter, length: number])[]): CutFinder {
  const finder = new CutFinder(fps);
  let frame = 0;
  for (const [paint, length] of stretches) {
    for (let i = 0; i < length; i++, frame++) {
      const data = new Uint8Array(WIDTH * HEIGHT * 3);
      for (let at = 0; at < WIDTH * HEIGHT; at++) {
        const value = Math.max(0, Math.min(255, paint(at % WIDTH, Math.floor(at / WIDTH), frame)));
        data.set([value, value * 0.8, 255 - value], at * 3);
      }
      finder.push(readFrame(data, WIDTH, HEIGHT));
    }
  }
  return finder;
}

describe('CutFinder', () => {
  it('finds the first frame of each new shot', () => {
    const cuts = film([scene(0), 50], [scene(1), 40], [scene(2), 60]).cuts();
    expect(cuts.map(({ frame, kind }) => [frame, kind])).toEqual([
      [50, 'CUT'],
      [90, 'CUT'],
    ]);
  });

  it('finds none where a scene only moves, or brightens slowly', () => {
    const slow: Painter = (x, y, frame) => scene(1)(x, y, frame) + frame / 4;
    expect(film([scene(1), 150]).cuts()).toEqual([]);
    expect(film([slow, 150]).cuts()).toEqual([]);
  });

  it('takes two frames of lightning for no cut', () => {
    const bright: Painter = (x, y, frame) => scene(1)(x, y, frame) * 1.5 + 70;
    expect(film([scene(1), 50], [bright, 2], [scene(1), 50]).cuts()).toEqual([]);
  });

  it('finds the middle of a dissolve, once', () => {
    const length = 20;
    const cuts = film([scene(0), 50], [dissolve(scene(0), scene(3), 50, length), length], [scene(3), 50]).cuts();
    expect(cuts).toHaveLength(1);
    expect(cuts[0]?.kind).toBe('DISSOLVE');
    expect(Math.abs((cuts[0]?.frame ?? 0) - 60)).toBeLessThanOrEqual(5);
  });
});

describe('findShots', () => {
  const shotsOf = (finder: CutFinder, most = 100) => findShots(finder.traces, finder.cuts(), FPS, most);

  it('leaves out the black between two scenes', () => {
    const finder = film([scene(0), 50], [black, 30], [scene(2), 50]);
    expect(shotsOf(finder).map(({ from, to }) => [from, to])).toEqual([
      [0, 50],
      [80, 130],
    ]);
  });

  it('chooses a key frame within the shot, away from its edges', () => {
    for (const { from, to, key } of shotsOf(film([scene(0), 50], [scene(2), 50]))) {
      expect(key).toBeGreaterThan(from + 5);
      expect(key).toBeLessThan(to - 5);
    }
  });

  it('chooses the sharp frame among blurred ones', () => {
    const stripes: Painter = (x, y) => 128 + 100 * Math.sin(x * 2) * Math.sin(y / 4);
    const blurred: Painter = (x, y) => 128 + 8 * Math.sin(x * 2) * Math.sin(y / 4);
    const finder = film([blurred, 40], [stripes, 10], [blurred, 40]);
    const [shot] = findShots(finder.traces, [], FPS, 10);
    expect(shot?.key).toBeGreaterThanOrEqual(40);
    expect(shot?.key).toBeLessThan(50);
  });

  it('asks for a frame that stands still where it begins', () => {
    const still: Painter = (x, y) => scene(1)(x, y, 0);
    const [shot] = shotsOf(film([still, 100]));
    expect(shot).toEqual({ from: 0, to: 100, key: 0 });
  });

  it('keeps the strongest cuts where there are more shots than are taken', () => {
    const finder = film([scene(0), 30], [scene(1), 30], [scene(2), 30], [scene(3), 30], [scene(0), 30]);
    const shots = shotsOf(finder, 3);
    expect(shots).toHaveLength(3);
    expect(shots[0]?.from).toBe(0);
    expect(shots.at(-1)?.to).toBe(150);
  });

  it('parts what lasts long where it changes, and does not where nothing happens', () => {
    const change: Painter = (x, y, frame) => scene(1)(x, y, 0) + frame / 5;
    expect(findShots(filmAt(2, [change, 280]).traces, [], 2, 10)).toHaveLength(3);
    const still: Painter = (x, y) => scene(1)(x, y, 0);
    expect(findShots(filmAt(2, [still, 280]).traces, [], 2, 10)).toHaveLength(1);
  });

  it('takes a film that is black throughout for one shot', () => {
    expect(shotsOf(film([black, 60]))).toEqual([{ from: 0, to: 60, key: 30 }]);
  });

  it('finds no shot where there is no frame', () => {
    expect(shotsOf(new CutFinder(FPS))).toEqual([]);
  });
});
