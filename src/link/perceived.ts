import type { Segment } from '../domain.ts';
import type { EncodedAsset } from '../encode/encoded.ts';
import type { Lexicon } from '../ports/extractor.ts';
import { labelNames, thingNames } from './label-names.ts';
import type { FoundInAsset } from './link.ts';
import type { NameToResolve } from './resolve.ts';

/** What a picture shows are concepts, and each is a kind of more general ones: "a beagle seen" meets "a dog read". */
export function addLabels(segment: Segment, { labels }: EncodedAsset, lexicon: Lexicon, found: FoundInAsset): void {
  const told = new Set<number>();
  for (const label of labels) {
    const [name, ...hypernyms] = labelNames(label, lexicon);
    if (!name) continue;
    found.occurrences.push({
      segment,
      name,
      surface: label.label,
      method: 'DEPICTED',
      score: label.score,
      sentence: -1,
      locator: label.locator ?? segment.locator,
    });
    // Three dogs are three mentions, but one statement that a dog is an animal.
    if (!told.has(label.synset)) addKinds(segment, name, hypernyms, label.score, found);
    told.add(label.synset);
  }
}

/** What a recording lets one hear are concepts, too: the bark is a dog's, and meets the dog seen or read of. */
export function addHeard(segment: Segment, { heard = [] }: EncodedAsset, lexicon: Lexicon, found: FoundInAsset): void {
  for (const label of heard.filter(({ segmentId }) => segmentId === segment.id)) {
    const [name, ...hypernyms] = thingNames(label.thing, lexicon);
    if (!name) continue;
    found.occurrences.push({
      segment,
      name,
      surface: label.label,
      method: 'HEARD',
      score: label.score,
      sentence: -1,
      locator: label.locator,
    });
    addKinds(segment, name, hypernyms, label.score, found);
  }
}

/** A concept is a kind of the next more general one, and so on up. */
function addKinds(
  segment: Segment,
  name: NameToResolve,
  hypernyms: readonly NameToResolve[],
  confidence: number,
  found: FoundInAsset,
): void {
  let kind = name;
  for (const parent of hypernyms) {
    found.statements.push({
      segment,
      subject: kind,
      predicate: 'is a kind of',
      object: parent,
      type: 'IS_A',
      confidence,
      sentence: -1,
    });
    kind = parent;
  }
}
