import type { HeardLabel, SeenLabel } from '../encode/encoded.ts';
import type { Lexicon } from '../ports/extractor.ts';
import type { NameToResolve } from './resolve.ts';

/** The concept that a picture's label means, then the more general ones above it, nearest first. */
export function labelNames(label: SeenLabel, lexicon: Lexicon): NameToResolve[] {
  const own: NameToResolve = {
    name: label.label.toLowerCase(),
    kind: 'CONCEPT',
    synset: label.synset,
    aliases: label.synonyms.map((synonym) => synonym.toLowerCase()),
  };
  return [own, ...namesAbove(label.synset, lexicon)];
}

/** The same for a thing that is heard; its other names are the lexicon's. */
export function thingNames({ name, synset }: HeardLabel['thing'], lexicon: Lexicon): NameToResolve[] {
  const aliases = lexicon.words(synset).map((word) => word.toLowerCase());
  return [
    { name, kind: 'CONCEPT', synset, aliases: aliases.filter((alias) => alias !== name) },
    ...namesAbove(synset, lexicon),
  ];
}

function namesAbove(synset: number, lexicon: Lexicon): NameToResolve[] {
  return lexicon.hypernyms(synset).flatMap((above): NameToResolve[] => {
    const [name, ...aliases] = lexicon.words(above).map((word) => word.toLowerCase());
    return name === undefined ? [] : [{ name, kind: 'CONCEPT', synset: above, aliases }];
  });
}
