import { CompromiseExtractor } from '../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../src/adapters/wordnet/wordnet.ts';
import type { Extraction, Extractor } from '../../src/ports/extractor.ts';

const product = new CompromiseExtractor(new WordNet());
const known = new Map<string, Extraction>();

/** The extractor of the product; each text is read once. */
export const extractor: Extractor = {
  id: product.id,
  version: product.version,
  extract: (segment) => {
    const extraction = known.get(segment.text) ?? product.extract(segment);
    known.set(segment.text, extraction);
    return extraction;
  },
};
