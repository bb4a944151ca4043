import { describe, expect, it } from 'vitest';
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Segment } from '../../../src/domain.ts';
import type { EncodedAsset, SeenLabel } from '../../../src/encode/encoded.ts';
import { addCaption } from '../../../src/link/caption-names.ts';
import type { FoundInAsset } from '../../../src/link/link.ts';

const lexicon = new WordNet();
const extractor = new CompromiseExtractor(lexicon);
const locator = { type: 'ImageRegion', x: 0, y: 0, width: 10, height: 10 } as const;
const segment: Segment = {
  id: 'Segment:p:0',
  assetId: 'Asset:p',
  ordinal: 0,
  kind: 'IMAGE',
  locator,
  text: '',
  sentences: [],
};
const model = { id: 'm', version: '1' };

function mentions(caption: string, score: number, labels: readonly string[]): [string, number][] {
  const found: FoundInAsset = { occurrences: [], statements: [] };
  const seen = labels.map((label): SeenLabel => ({
    segmentId: segment.id,
    label,
    synonyms: [],
    synset: lexicon.synsets(label)[0] ?? 0,
    score: 0.9,
    readingId: label,
    model,
  }));
  const reading = {
    id: 'r',
    segmentId: segment.id,
    kind: 'CAPTION',
    text: caption,
    score,
    locator,
    model: 'm',
    modelVersion: '1',
  } as const;
  const asset = { segments: [segment], readings: [reading], labels: seen } as unknown as EncodedAsset;
  addCaption(segment, asset, { extractor, lexicon }, found);
  expect(found.statements).toEqual([]);
  for (const { method, locator: place } of found.occurrences) expect([method, place]).toEqual(['DEPICTED', locator]);
  return found.occurrences.map(({ name, score: weight }) => [name.name, Number(weight.toFixed(2))]);
}

describe('things that a caption names', () => {
  it('are mentions with half the caption’s score where nothing else saw them', () => {
    const found = mentions('A man holds an umbrella.', 0.6, []);
    expect(found).toContainEqual(['umbrella', 0.3]);
    for (const [, weight] of found) expect(weight).toBeLessThanOrEqual(0.3);
  });

  it('are left to the labels that tell them already, also more specially', () => {
    expect(mentions('A dog sits on a bench.', 0.8, ['beagle', 'bench'])).toEqual([]);
  });

  it('weigh more where a label names them more generally', () => {
    expect(mentions('A beagle sits on the grass.', 0.5, ['dog'])).toContainEqual(['beagle', 0.4]);
  });
});
