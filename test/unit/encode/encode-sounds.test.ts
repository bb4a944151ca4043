import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../src/domain.ts';
import { encodeAudio } from '../../../src/encode/encode-audio.ts';
import { soundSpaces, SOUND_TEXT_SPACE } from '../../../src/encode/sound-spaces.ts';
import { soundTextQuery } from '../../../src/encode/sound-text.ts';
import { findNames } from '../../../src/link/link.ts';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Encoders, SoundLabel, TranscribedSpan } from '../../../src/ports/encoders.ts';

const lexicon = new WordNet();
const dog = lexicon.synsets('dog')[0] ?? 0;
const labels: SoundLabel[] = [
  { index: 0, label: 'Speech', says: 'SPEECH' },
  { index: 1, label: 'Bark', thing: { name: 'dog', synset: dog } },
  { index: 2, label: 'Creak' },
];
const asset: Asset = {
  id: 'Asset:s',
  modality: 'AUDIO',
  mediaType: 'audio/wav',
  byteSize: 1,
  title: 'Yard',
  blobKey: 's',
  createdAt: '2026-01-01T00:00:00.000Z',
  durationSeconds: 4,
};
const info = { id: 'ears', version: '2', licence: 'MIT', device: 'cpu' };
const space = (name: string, dimension: number) => ({ name, model: name, version: '1', dimension });

/** Encoders that hear the given probabilities in windows of 1 s, one a second, and the given words. */
function hearing(rows: readonly number[][], said: readonly TranscribedSpan[]): Encoders {
  return {
    text: {
      info,
      space: space('text', 2),
      embed: async (inputs) =>
        inputs.map(({ text }) => ({
          vector: text.includes('bark') ? Float32Array.of(1, 0) : Float32Array.of(0, 1),
          spanVectors: [],
        })),
    },
    transcriber: { info, transcribe: async () => [...said] },
    sound: {
      info,
      space: space('ears', 2),
      labels,
      listen: async () =>
        rows.map((scores, i) => ({
          startSeconds: i,
          endSeconds: i + 1,
          scores: Float32Array.from(scores),
          vector: Float32Array.of(0.6, 0.8),
        })),
    },
  } as Partial<Encoders> as Encoders;
}
const samples = new Float32Array(64_000);
const words: TranscribedSpan = { text: 'Down, Biscuit!', startSeconds: 0, endSeconds: 2, score: 0.9 };

describe('encodeAudio with a sound encoder', () => {
  it('gives the words first, then the sounds beside them as segments of their own', async () => {
    const heard = hearing(
      [
        [0.9, 0, 0],
        [0.9, 0, 0],
        [0, 0.8, 0],
        [0, 0.6, 0.4],
      ],
      [words],
    );
    const { segments, readings, embeddings } = await encodeAudio(asset, samples, heard);
    expect(segments.map(({ id, kind, text }) => [id, kind, text])).toEqual([
      ['Segment:s:0', 'SPEECH', 'Down, Biscuit!'],
      ['Segment:s:1', 'SOUND', 'Bark, Creak'],
    ]);
    expect(segments[1]?.locator).toEqual({ type: 'TimeSpan', startSeconds: 2, endSeconds: 4 });
    expect(readings.map(({ kind, text, model }) => [kind, text, model])).toEqual([
      ['TRANSCRIPT', 'Down, Biscuit!', 'ears'],
      ['SOUND_EVENT', 'Bark', 'ears'],
      ['SOUND_EVENT', 'Creak', 'ears'],
    ]);
    expect(readings[2]?.locator).toEqual({ type: 'TimeSpan', startSeconds: 3, endSeconds: 4 });
    for (const name of ['ears', SOUND_TEXT_SPACE]) {
      expect(embeddings[name]?.map(({ nodeId }) => nodeId)).toEqual(['Segment:s:1']);
      expect(Math.hypot(...(embeddings[name]?.[0]?.vector ?? []))).toBeCloseTo(1, 5);
    }
  });

  it('keeps a recording in which nothing is made out as one segment that can be compared', async () => {
    const { segments, readings, embeddings } = await encodeAudio(asset, samples, hearing([[0, 0, 0]], []));
    expect(segments).toMatchObject([{ kind: 'SOUND', text: '', locator: { startSeconds: 0, endSeconds: 4 } }]);
    expect(readings).toEqual([]);
    expect(Object.keys(embeddings)).toEqual(['ears']);
  });

  it('puts a question about barking where the bark is', async () => {
    const heard = hearing([[0, 0.9, 0]], []);
    const { embeddings } = await encodeAudio(asset, samples, heard);
    const query = await soundTextQuery('a bark', Float32Array.of(1, 0), heard);
    const vector = embeddings[SOUND_TEXT_SPACE]?.[0]?.vector ?? new Float32Array();
    expect(query.reduce((sum, value, d) => sum + value * (vector[d] ?? 0), 0)).toBeGreaterThan(0.9);
  });

  it('makes the bark a mention of the dog, which is a kind of animal', async () => {
    const encoded = await encodeAudio(asset, samples, hearing([[0, 0.9, 0.5]], []));
    const [found] = await findNames([encoded], { lexicon, extractor: new CompromiseExtractor(lexicon) });
    expect(found?.occurrences).toMatchObject([
      {
        method: 'HEARD',
        surface: 'Bark',
        name: { name: 'dog', kind: 'CONCEPT', synset: dog },
        locator: { endSeconds: 1 },
      },
    ]);
    expect(found?.statements[0]).toMatchObject({ subject: { name: 'dog' }, type: 'IS_A' });
    expect(found?.statements.map(({ object }) => object.name)).toContain('animal');
  });

  it('adds no space where nothing hears', () => {
    const { sound: _, ...deaf } = hearing([], []);
    expect(soundSpaces(deaf)).toEqual([]);
    expect(soundSpaces(hearing([], [])).map(({ name }) => name)).toEqual(['ears', SOUND_TEXT_SPACE]);
  });
});
