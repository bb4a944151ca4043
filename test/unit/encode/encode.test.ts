import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../src/domain.ts';
import { joinUtterances } from '../../../src/encode/encode-audio.ts';
import { encodeAssets } from '../../../src/encode/encode.ts';
import { imageTextQuery, imageTextSpace } from '../../../src/encode/image-text.ts';
import type { DecodedAsset } from '../../../src/ingest/decoded.ts';
import { splitPassages } from '../../../src/ingest/split.ts';
import type { Encoders, TextInput, TranscribedSpan } from '../../../src/ports/encoders.ts';

const asset = (id: string, modality: Asset['modality'], more: Partial<Asset> = {}): Asset => ({
  id: `Asset:${id}`,
  modality,
  mediaType: 'x/y',
  byteSize: 1,
  title: 'Green Island',
  blobKey: id,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...more,
});
const said = (text: string, startSeconds: number, endSeconds: number, score = 0.9): TranscribedSpan => ({
  text,
  startSeconds,
  endSeconds,
  score,
});
const passages = (id: string, text: string): DecodedAsset => ({
  asset: asset(id, 'TEXT'),
  content: { type: 'text', segments: splitPassages(`Asset:${id}`, text) },
});
const picture: DecodedAsset = {
  asset: asset('p', 'IMAGE', { width: 200, height: 100 }),
  content: { type: 'image', image: { width: 100, height: 50, data: new Uint8Array(100 * 50 * 3) }, scale: 2 },
};
const sound: DecodedAsset = {
  asset: asset('s', 'AUDIO', { durationSeconds: 4 }),
  content: { type: 'audio', samples: new Float32Array(64_000) },
};

/** Encoders that see what the test says: labels 0 and 1 with 0.6 and 0.3, one line, two spans. */
function fakes(): { encoders: Encoders; calls: TextInput[][] } {
  const calls: TextInput[][] = [];
  const info = { id: 'm', version: '1', licence: 'MIT', device: 'cpu' };
  const space = (name: string, dimension: number) => ({ name, model: 'm', version: '1', dimension });
  // A vector that tells texts of different length apart.
  const vector = (text: string) => {
    const angle = text.length / 50;
    return Float32Array.of(Math.cos(angle), Math.sin(angle), 0);
  };
  const encoders: Encoders = {
    text: {
      info,
      space: space('text', 3),
      async embed(inputs, _, signal) {
        signal?.throwIfAborted();
        calls.push([...inputs]);
        return inputs.map(({ text, spans = [] }) => ({
          vector: vector(text),
          spanVectors: spans.map(({ start, end }) => vector(text.slice(start, end))),
        }));
      },
    },
    image: {
      info,
      space: space('image', 2),
      labels: ['Cat', 'Mug', 'Lighthouse'].map((label, index) => ({ index, label, synonyms: [], synset: index })),
      classify: async (images) =>
        images.map(() => ({ scores: Float32Array.of(0.6, 0.3, 0.01), feature: Float32Array.of(3, 4) })),
    },
    reader: {
      info,
      read: async () => [
        { text: 'Lantern Room', score: 0.9, box: { type: 'ImageRegion', x: 10, y: 5, width: 30, height: 8 } },
      ],
    },
    transcriber: {
      info,
      transcribe: async () => [said('The bell rang.', 0, 2), said('Then it stopped.', 2, 4, 0.5)],
    },
    close: async () => {},
  };
  return { encoders, calls };
}

describe('encodeAssets', () => {
  it('embeds the words of all assets in one call and gives the assets back in order', async () => {
    const { encoders, calls } = fakes();
    const encoded = await encodeAssets([passages('a', 'One bell. Two bells.'), picture, sound], encoders);
    expect(encoded.map((one) => one.asset.id)).toEqual(['Asset:a', 'Asset:p', 'Asset:s']);
    // The labels' names once, then everything else together.
    expect(calls.map((inputs) => inputs.length)).toEqual([3, 3]);
    await encodeAssets([picture], encoders);
    expect(calls.map((inputs) => inputs.length)).toEqual([3, 3, 1]);
  });

  it('puts the title before a passage and moves the sentences along', async () => {
    const { encoders, calls } = fakes();
    const [encoded] = await encodeAssets([passages('a', 'One bell. Two bells.')], encoders);
    const [input] = calls[0] ?? [];
    expect(input?.text).toBe('Green Island\nOne bell. Two bells.');
    expect(input?.spans?.map(({ start, end }) => input.text.slice(start, end))).toEqual(['One bell.', 'Two bells.']);
    expect(encoded?.sentenceVectors.get('Segment:a:0')).toHaveLength(6);
    expect(encoded?.segments[0]?.text).toBe('One bell. Two bells.');
  });

  it('gives the same ids for the same asset, each once', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => encodeAssets([picture, sound], fakes().encoders)));
    expect(first).toEqual(second);
    const ids = (first ?? []).flatMap((one) => [...one.segments, ...one.readings].map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(first?.[0]?.segments.map(({ id }) => id)).toEqual(['Segment:p:0', 'Segment:p:1']);
  });

  it('keeps labels with a score, strongest first, and places lines in the original picture', async () => {
    const [seen] = await encodeAssets([picture], fakes().encoders);
    expect(seen?.labels.map(({ label, score }) => [label, Number(score.toFixed(2))])).toEqual([
      ['Cat', 0.6],
      ['Mug', 0.3],
    ]);
    expect(seen?.segments[0]).toMatchObject({
      kind: 'IMAGE',
      text: 'Cat, Mug, Lantern Room',
      locator: { x: 0, y: 0, width: 200, height: 100 },
    });
    expect(seen?.segments[1]?.locator).toEqual({ type: 'ImageRegion', x: 20, y: 10, width: 60, height: 16 });
    const vector = seen?.embeddings['image']?.[0]?.vector ?? new Float32Array();
    expect(vector[0]).toBeCloseTo(0.6, 5);
    const [placed] = seen?.embeddings[imageTextSpace(fakes().encoders).name] ?? [];
    expect(Math.hypot(...(placed?.vector ?? []))).toBeCloseTo(1, 5);
  });

  it('centres a question by the mean of the labels, at length 1', async () => {
    const { encoders } = fakes();
    const [{ vector } = { vector: new Float32Array() }] = await encoders.text.embed([{ text: 'cat' }], 'query');
    const query = await imageTextQuery('cat', vector, encoders);
    expect(Math.hypot(...query)).toBeCloseTo(1, 5);
    expect(query).not.toEqual(vector);
  });

  it('rejects when it is cancelled', async () => {
    await expect(encodeAssets([passages('a', 'Words.')], fakes().encoders, AbortSignal.abort())).rejects.toThrow();
  });
});

describe('joinUtterances', () => {
  it('joins a sentence that was cut, and short sentences up to ten seconds', () => {
    const joined = joinUtterances([
      said('The boat to', 0, 4),
      said('Green Island left.', 4, 8),
      said('It sank.', 8, 12),
    ]);
    expect(joined.map(({ text, startSeconds, endSeconds }) => [text, startSeconds, endSeconds])).toEqual([
      ['The boat to Green Island left.', 0, 8],
      ['It sank.', 8, 12],
    ]);
  });

  it('never joins over a pause or beyond twenty seconds, and keeps the least score', () => {
    expect(joinUtterances([said('One', 0, 2), said('two.', 5, 6)])).toHaveLength(2);
    expect(joinUtterances([said('One', 0, 12), said('two.', 12, 21)])).toHaveLength(2);
    expect(joinUtterances([said('One', 0, 2, 0.9), said('two.', 2, 3, 0.4)])).toMatchObject([{ score: 0.4 }]);
    expect(joinUtterances([])).toEqual([]);
  });
});
