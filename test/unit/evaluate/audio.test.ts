import { describe, expect, it } from 'vitest';
import { audioFigures, type HeardClip } from '../../../src/evaluate/audio.ts';
import { nearest, probe } from '../../../src/evaluate/linear-probe.ts';

/** A made point near the corner of its class in three dimensions; the k-th differs a little from the others. */
const point = (label: number, k: number) =>
  Float32Array.from({ length: 3 }, (_, d) => (d === label ? 1 : 0) + 0.3 * Math.sin(7 * k + 3 * d + label));
const rows = [0, 1, 2].flatMap((label) => Array.from({ length: 8 }, (_, k) => ({ label, vector: point(label, k) })));

describe('the linear probe', () => {
  it('names what lies near its class, also in dimensions of very different size', () => {
    const stretched = (v: Float32Array) => v.map((value, d) => value * [1, 1000, 0.001][d]! + 50);
    const train = rows.map(({ vector }) => stretched(vector));
    const guesses = probe(
      train,
      rows.map(({ label }) => label),
      [0, 1, 2].map((label) => stretched(point(label, 20))),
    );
    expect(guesses).toEqual([0, 1, 2]);
  });

  it('tells classes apart that no single neighbour does: a direction among noise', () => {
    let state = 1;
    const random = () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5;
    const made = (label: number) => Float32Array.from({ length: 20 }, (_, d) => random() + (d === 0 ? label : 0));
    const train = Array.from({ length: 120 }, (_, i) => made(i % 2));
    const test = Array.from({ length: 60 }, (_, i) => made(i % 2));
    const classes = train.map((_, i) => i % 2);
    const right = (guesses: number[]) => guesses.filter((guess, i) => guess === i % 2).length / guesses.length;
    expect(right(probe(train, classes, test))).toBeGreaterThan(0.9);
    expect(right(nearest(train, classes, test, 5))).toBeLessThan(right(probe(train, classes, test)));
  });
});

describe('nearest neighbours', () => {
  it('takes the class of most of the five nearest, whatever their length', () => {
    const train = rows.map(({ vector }) => vector);
    const classes = rows.map(({ label }) => label);
    expect(nearest(train, classes, [point(2, 30).map((v) => v * 100)], 5)).toEqual([2]);
  });
});

describe('audioFigures', () => {
  const clip = (id: string, label: string, fold: number | undefined, vector: Float32Array): HeardClip => ({
    clip: { id, file: `${id}.ogg`, label, source: 'Made', ...(fold === undefined ? {} : { fold }) },
    vector,
    top5: ['a', 'b', 'c', 'd', 'e'],
  });
  const heard = rows.map(({ label, vector }, i) => clip(String(i), `class ${label}`, (i % 2) + 1, vector));

  it('measures each source over its folds, with n and intervals', () => {
    const { Made } = audioFigures(heard, new Map(), 0);
    expect(Made).toMatchObject({ n: 24, classes: 3, folds: 2, probe_accuracy: 100, knn5_accuracy: 100 });
    expect(Made).toHaveProperty('probe_accuracy_95');
    expect(Made).not.toHaveProperty('top5_agreement');
  });

  it('gives chance when the labels say nothing', () => {
    const shuffled = heard.map((one, i) => ({ ...one, clip: { ...one.clip, label: `class ${(i * 7) % 3}` } }));
    const { Made } = audioFigures(shuffled, new Map(), 0);
    expect(Made?.['probe_accuracy']).toBeLessThan(70);
  });

  it('counts what it shares with the teacher, over the clips that the teacher heard', () => {
    const teacher = new Map([
      ['0', ['e', 'd', 'x', 'y', 'z']],
      ['1', ['a', 'b', 'c', 'd', 'e']],
    ]);
    expect(audioFigures(heard, teacher, 0)['Made']).toMatchObject({ top5_agreement: 70, top5_agreement_n: 2 });
  });

  it('makes folds from the seed where the lines have none, and says why it can’t measure', () => {
    const bare = rows.map(({ label, vector }, i) => clip(String(i), `class ${label}`, undefined, vector));
    expect(audioFigures(bare, new Map(), 0)['Made']).toMatchObject({ folds: 5, probe_accuracy: 100 });
    expect(audioFigures(bare.slice(0, 4), new Map(), 0)['Made']).toHaveProperty('skipped');
  });
});
