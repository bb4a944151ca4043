import type { SeenLabel } from '../encode/encoded.ts';
import type { Lexicon } from '../ports/extractor.ts';
import type { NameToResolve } from './resolve.ts';

/** The concept that a label means, then the more general ones above it, nearest first. */
export function labelNames(label: SeenLabel, lexicon: Lexicon): NameToResolve[] {
  const own: NameToResolve = {
    name: label.label.toLowerCase(),
    kind: 'CONCEPT',
    synset: label.synset,
    aliases: label.synonyms.map((synonym) => synonym.toLowerCase()),
  };
  const above = lexicon.hypernyms(label.synset).flatMap((synset): NameToResolve[] => {
    const [name, ...aliases] = lexicon.words(synset).map((word) => word.toLowerCase());
    return name === undefined ? [] : [{ name, kind: 'CONCEPT', synset, aliases }];
  });
  return [own, ...above];
}
