import { describe, expect, it } from 'vitest';
import { findSoundPlaces } from '../../../src/encode/sound-events.ts';
import type { HeardWindow, SoundLabel } from '../../../src/ports/encoders.ts';

const labels: SoundLabel[] = [
  { index: 0, label: 'Speech', says: 'SPEECH' },
  { index: 1, label: 'Bark', thing: { name: 'dog', synset: 1 } },
  { index: 2, label: 'Animal' },
  { index: 3, label: 'Rain' },
  { index: 4, label: 'Silence', says: 'QUALITY' },
];
/** Windows of 1 s every half second; each row has the probabilities of the labels. */
const windows = (...rows: number[][]): HeardWindow[] =>
  rows.map((scores, i) => ({
    startSeconds: i / 2,
    endSeconds: i / 2 + 1,
    scores: Float32Array.from(scores),
    vector: Float32Array.of(1),
  }));
const nothing = [0, 0, 0, 0, 0.9];
const told = (heard: HeardWindow[], utterances: Parameters<typeof findSoundPlaces>[2] = []) =>
  findSoundPlaces(heard, { labels }, utterances).map(({ startSeconds, endSeconds, events }) => [
    startSeconds,
    endSeconds,
    ...events.map(({ label }) => label.label),
  ]);

describe('findSoundPlaces', () => {
  it('joins neighbouring windows of a label and keeps the best score', () => {
    const heard = windows(nothing, [0, 0.2, 0, 0, 0], [0, 0.9, 0, 0, 0], [0, 0.4, 0, 0, 0], nothing);
    expect(told(heard)).toEqual([[0.5, 2.5, 'Bark']]);
    expect(findSoundPlaces(heard, { labels }, [])[0]?.events[0]?.score).toBeCloseTo(0.9, 5);
  });

  it('takes no label that is faint everywhere, and no quality for an event', () => {
    expect(told(windows([0, 0.2, 0.24, 0, 1], [0, 0.2, 0, 0, 1]))).toEqual([]);
  });

  it('keeps two barks apart when there is quiet between them', () => {
    const bark = [0, 0.8, 0, 0, 0];
    expect(told(windows(bark, nothing, nothing, nothing, nothing, nothing, bark))).toEqual([
      [0, 1, 'Bark'],
      [3, 4, 'Bark'],
    ]);
  });

  it('puts what sounds together at one place, and a bark in a long rain at its own', () => {
    const rain = [0, 0, 0, 0.6, 0];
    const both = [0, 0.9, 0.7, 0.5, 0];
    const heard = windows(...Array.from({ length: 20 }, (_, i) => (i === 8 || i === 9 ? both : rain)));
    expect(told(heard)).toEqual([
      [0, 10.5, 'Rain'],
      [4, 5.5, 'Bark', 'Animal'],
    ]);
  });

  it('leaves speech to its transcript, and keeps it where none was made', () => {
    const heard = windows([0.9, 0, 0, 0, 0], [0.9, 0, 0, 0, 0], [0.9, 0, 0, 0, 0]);
    expect(told(heard)).toEqual([[0, 2, 'Speech']]);
    expect(told(heard, [{ text: 'Hello.', startSeconds: 0.2, endSeconds: 1.9, score: 1 }])).toEqual([]);
    expect(told(heard, [{ text: 'Hello.', startSeconds: 1.8, endSeconds: 2, score: 1 }])).toEqual([[0, 2, 'Speech']]);
  });

  it('finds nothing in no windows', () => {
    expect(told([])).toEqual([]);
  });
});
