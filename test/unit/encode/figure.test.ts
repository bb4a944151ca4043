import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Asset, Segment } from '../../../src/domain.ts';
import { encodeAssets } from '../../../src/encode/encode.ts';
import { encodeFigure, type Caption } from '../../../src/encode/encode-figure.ts';
import type { Encoders, TextInput } from '../../../src/ports/encoders.ts';
import { findNames } from '../../../src/link/link.ts';

const info = { id: 'eyes', version: '1', licence: 'MIT', device: 'cpu' };
const image = { width: 40, height: 20, data: new Uint8Array(40 * 20 * 3) };
const asset: Asset = {
  id: 'Asset:d',
  modality: 'DOCUMENT',
  mediaType: 'application/pdf',
  byteSize: 1,
  title: 'd.pdf',
  blobKey: 'd',
  createdAt: '2026-01-01T00:00:00Z',
};
const written = { text: 'a boat at the sea', logProbability: -0.1, tokens: 4 };
const embedded: TextInput[] = [];
const space = (name: string) => ({ name, model: 'm', version: '1', dimension: 2 });
const encoders: Encoders = {
  text: {
    info,
    space: space('text'),
    embed: async (inputs) => {
      embedded.push(...inputs);
      const vector = Float32Array.of(1, 0);
      return inputs.map(({ spans = [] }) => ({ vector, spanVectors: spans.map(() => vector) }));
    },
  },
  image: {
    info,
    space: space('image'),
    labels: [{ index: 0, label: 'Lighthouse', synonyms: [], synset: 2817213 }],
    classify: async (images) => images.map(() => ({ scores: Float32Array.of(0.6), feature: Float32Array.of(3, 4) })),
  },
  reader: { info, read: async () => [] },
  transcriber: { info, transcribe: async () => [] },
  captioner: {
    info,
    caption: async () => written,
    answer: async () => written,
    choose: async () => ({ index: 0, probabilities: [1] }),
    verify: async () => 1,
    weigh: async () => [],
  },
  close: async () => {},
};

const lexicon = new WordNet();
const deps = { extractor: new CompromiseExtractor(lexicon), lexicon };
const figure = (caption?: Caption) =>
  encodeFigure(
    { asset, page: 1, box: { x: 0, y: 0, width: 40, height: 20 }, ordinal: 0, ...(caption ? { caption } : {}) },
    async () => ({ image, scale: 1 }),
    encoders,
  );
const embed = async (segment: Segment | undefined) => {
  embedded.length = 0;
  const segments = segment ? [segment] : [];
  const [one] = await encodeAssets([{ asset, content: { type: 'text', segments } }], encoders);
  return one?.sentenceVectors.get(segment?.id ?? '')?.length;
};
const methods = async (seen: Awaited<ReturnType<typeof figure>>) => {
  const [found] = await findNames([{ asset, ...seen, sentenceVectors: new Map() }], deps);
  return new Map(found?.occurrences.map(({ surface, method }) => [surface.toLowerCase(), method]));
};

describe('a figure of a document', () => {
  const words = 'Figure 1. The Northern Light at Westbrook. Thomas Miller built her.';
  const locator = { type: 'TextSpan', page: 1, start: 0, end: words.length, quote: words } as const;

  it('is embedded by every sentence of its own caption, and names what that says', async () => {
    const seen = await figure({ text: words, locator });
    const [whole] = seen.segments;
    expect(whole?.sentences.length).toBeGreaterThan(1);
    expect(await embed(whole)).toBe(2 * (whole?.sentences.length ?? 0));
    expect(embedded[0]?.text).toBe(words);
    expect((await methods(seen)).get('thomas miller')).toBe('NAMED');
  });

  it('without one of its own has the words of a model for it, which are weaker than what is said', async () => {
    const seen = await figure();
    const [whole] = seen.segments;
    expect(whole?.sentences).toHaveLength(1);
    expect(await embed(whole)).toBe(2);
    expect(embedded[0]?.text).toBe('A boat at the sea.');
    const found = await methods(seen);
    expect([...found.values()]).not.toContain('NAMED');
    expect(found.get('boat')).toBe('DEPICTED');
  });
});
