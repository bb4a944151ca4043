import { describe, expect, it } from 'vitest';
import { asSentence, captionPicture, LEAST_CAPTION, pictureWords } from '../../../src/encode/caption.ts';
import { encodeAssets } from '../../../src/encode/encode.ts';
import { look } from '../../../src/encode/look.ts';
import { Reencoder } from '../../../src/encode/reencode.ts';
import type { DecodedAsset } from '../../../src/ingest/decoded.ts';
import type { Captioner, Encoders, PerceivedImage, TextInput } from '../../../src/ports/encoders.ts';

const info = { id: 'eyes', version: '2', licence: 'MIT', device: 'cpu' };
const image = { width: 100, height: 50, data: new Uint8Array(100 * 50 * 3) };
const picture: DecodedAsset = {
  asset: {
    id: 'Asset:p',
    modality: 'IMAGE',
    mediaType: 'image/png',
    byteSize: 1,
    title: 'p.png',
    blobKey: 'p',
    createdAt: '2026-01-01T00:00:00.000Z',
    width: 100,
    height: 50,
  },
  content: { type: 'image', image, scale: 1 },
};

/** A captioner that says one thing with one probability a token, and remembers what it was shown. */
function captioner(text: string, score: number, more: Partial<Captioner> = {}): Captioner & { shown: unknown[] } {
  const shown: unknown[] = [];
  const written = { text, logProbability: 4 * Math.log(score), tokens: 4 };
  return {
    info,
    shown,
    caption: async (one) => (shown.push(one), written),
    answer: async (_, question) => ({ ...written, text: `${question} ${text}` }),
    choose: async (_, __, choices) => ({ index: 0, probabilities: choices.map((___, i) => (i === 0 ? 0.7 : 0.3)) }),
    verify: async () => 0.9,
    weigh: async (_, captions) => captions.map((one, i) => ({ text: one, logProbability: i - 100, tokens: 3 })),
    ...more,
  };
}

function encoders(more: Partial<Encoders>): { encoders: Encoders; embedded: TextInput[] } {
  const embedded: TextInput[] = [];
  const space = (name: string, dimension: number) => ({ name, model: 'm', version: '1', dimension });
  return {
    embedded,
    encoders: {
      text: {
        info,
        space: space('text', 2),
        embed: async (inputs) => {
          embedded.push(...inputs);
          return inputs.map(({ spans = [] }) => ({
            vector: Float32Array.of(1, 0),
            spanVectors: spans.map(() => Float32Array.of(0, 1)),
          }));
        },
      },
      image: {
        info,
        space: space('image', 2),
        labels: [{ index: 0, label: 'Cat', synonyms: [], synset: 1 }],
        classify: async (images) =>
          images.map(() => ({ scores: Float32Array.of(0.6), feature: Float32Array.of(3, 4) })),
      },
      reader: { info, read: async () => [] },
      transcriber: { info, transcribe: async () => [] },
      detector: { info, labels: [], detect: async () => ({ things: [], scores: new Float32Array() }) },
      close: async () => {},
      ...more,
    },
  };
}

describe('a picture’s caption', () => {
  it('is a reading with its model and the mean probability of its tokens, and the first sentence of the picture’s words', async () => {
    const { encoders: all, embedded } = encoders({ captioner: captioner('a cat sits  on a mat', 0.8) });
    const [seen] = await encodeAssets([picture], all);
    const caption = seen?.readings.find(({ kind }) => kind === 'CAPTION');
    expect(caption).toMatchObject({
      text: 'A cat sits on a mat.',
      model: 'eyes',
      modelVersion: '2',
      segmentId: 'Segment:p:0',
    });
    expect(caption?.score).toBeCloseTo(0.8, 6);
    const [whole] = seen?.segments ?? [];
    expect(whole?.text).toBe('A cat sits on a mat. Cat');
    expect(whole?.sentences.map(({ start, end }) => whole.text.slice(start, end))).toEqual([
      'A cat sits on a mat.',
      'Cat',
    ]);
    // The caption alone is embedded: labels are no sentence.
    expect(embedded.at(-1)?.text).toBe('A cat sits on a mat.');
    expect(seen?.embeddings['text']?.map(({ nodeId }) => nodeId)).toEqual(['Segment:p:0']);
    expect(seen?.sentenceVectors.get('Segment:p:0')).toHaveLength(2);
  });

  it('is written from what was seen already where the captioner takes that', async () => {
    const given: PerceivedImage[] = [];
    const eyes = captioner('', 1, {
      captionSeen: async (seen) => (given.push(seen), { text: 'a dog', logProbability: -0.1, tokens: 2 }),
    });
    const [seen] = await encodeAssets([picture], encoders({ captioner: eyes }).encoders);
    expect(seen?.readings.find(({ kind }) => kind === 'CAPTION')?.text).toBe('A dog.');
    expect(given[0]?.crops).toHaveLength(6);
    expect(eyes.shown).toEqual([]);
  });

  it('is not told where the model is not sure, has nothing to say, or captions are switched off', async () => {
    const seen = { image, crops: [], found: undefined };
    const told = async (more: Partial<Encoders>) => captionPicture(seen, encoders(more).encoders);
    expect(await told({ captioner: captioner('a cat', LEAST_CAPTION - 0.01) })).toBeUndefined();
    expect(await told({ captioner: captioner('  ', 0.9) })).toBeUndefined();
    expect(await told({ captioner: captioner('a cat', 0.9), captions: false })).toBeUndefined();
    expect(await told({})).toBeUndefined();
    expect(await told({ captioner: captioner('a cat', LEAST_CAPTION + 0.01) })).toBeDefined();
  });

  it('is one sentence, whatever the model writes', () => {
    expect(asSentence('  a man\nand a dog ')).toBe('A man and a dog.');
    expect(asSentence('What a day!')).toBe('What a day!');
    expect(asSentence('')).toBe('');
    expect(pictureWords(undefined, 'Cat, Mug')).toEqual({ text: 'Cat, Mug', sentences: [] });
    expect(pictureWords({ text: 'A cat.', score: 1 }, '').sentences).toEqual([{ start: 0, end: 6 }]);
  });

  it('is embedded anew from the ledger, without another look', async () => {
    const first = encoders({ captioner: captioner('a cat sits', 0.8) });
    const [seen] = await encodeAssets([picture], first.encoders);
    const eyes = captioner('something else', 0.9);
    const { encoders: other, embedded } = encoders({ captioner: eyes });
    const stored = { asset: picture.asset, segments: seen?.segments ?? [], readings: seen?.readings ?? [] };
    const again = await new Reencoder(other).reencode([stored], async () => picture.content, undefined);
    expect(embedded.map(({ text }) => text)).toContain('A cat sits.');
    expect(eyes.shown).toEqual([]);
    expect(again.embeddings['text']?.map(({ nodeId }) => nodeId)).toEqual(['Segment:p:0']);
    expect(again.embeddings['image']).toHaveLength(1);
  });
});

describe('look', () => {
  const { encoders: all } = encoders({ captioner: captioner('a cat', 0.5) });

  it('gives a caption, an answer, or the likeliest of given answers, with probability and model', async () => {
    const caption = await look(image, {}, all);
    expect(caption).toMatchObject({ text: 'a cat', choices: [], model: { id: 'eyes' } });
    expect(caption.probability).toBeCloseTo(0.5, 6);
    expect((await look(image, { question: ' What? ' }, all)).text).toBe('What? a cat');
    expect(await look(image, { question: 'Which?', choices: ['red', 'blue'] }, all)).toMatchObject({
      text: 'red',
      probability: 0.7,
      choices: [
        { text: 'red', probability: 0.7 },
        { text: 'blue', probability: 0.3 },
      ],
    });
  });

  it('weighs given captions where nothing is asked', async () => {
    const { text, probability, choices } = await look(image, { choices: ['a cat', 'a dog'] }, all);
    expect(text).toBe('a dog');
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    expect(choices.reduce((sum, choice) => sum + choice.probability, 0)).toBeCloseTo(1, 6);
  });

  it('says what to do without a model that looks, and for a single choice', async () => {
    await expect(look(image, {}, encoders({}).encoders)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('SENSEGRAPH_CAPTIONER_MODEL'),
    });
    await expect(look(image, { question: 'Which?', choices: ['red'] }, all)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
