import type { Segment } from '../domain.ts';
import type { EncodedAsset, SeenLabel } from '../encode/encoded.ts';
import type { Lexicon } from '../ports/extractor.ts';
import { labelNames, thingNames } from './label-names.ts';
import type { FoundInAsset } from './link.ts';
import type { NameToResolve } from './resolve.ts';

/** From here on a label of the whole picture is trusted more than the detector's name for a box. */
const SPECIAL_SCORE = 0.3;

/** What a picture shows are concepts, and each is a kind of more general ones: "a beagle seen" meets "a dog read". */
export function addLabels(segment: Segment, { labels }: EncodedAsset, lexicon: Lexicon, found: FoundInAsset): void {
  const told = new Set<number>();
  const own = labels.filter(({ segmentId }) => segmentId === segment.id);
  for (const label of mostSpecific(own, lexicon)) {
    const [name, ...hypernyms] = labelNames(label, lexicon);
    if (!name) continue;
    found.occurrences.push({
      segment,
      name,
      surface: label.label,
      method: 'DEPICTED',
      score: label.score,
      sentence: -1,
      locator: label.locator ?? label.region ?? segment.locator,
    });
    // Three dogs are three mentions, but one statement that a dog is an animal.
    if (!told.has(label.synset)) addKinds(segment, name, hypernyms, label.score, found);
    told.add(label.synset);
  }
}

/**
 * Without the names that a surer, more special one says better: where an Egyptian cat is seen, the box around "a cat" is
 * the Egyptian cat's, and that it is a cat follows.
 */
function mostSpecific(labels: readonly SeenLabel[], lexicon: Lexicon): SeenLabel[] {
  const special = labels.filter(({ locator, score }) => locator === undefined && score >= SPECIAL_SCORE);
  const saidBy = (thing: SeenLabel) => special.find(({ synset }) => lexicon.hypernyms(synset).includes(thing.synset));
  const boxes = Map.groupBy(
    labels.filter(({ locator }) => locator !== undefined),
    (thing) => saidBy(thing)?.readingId,
  );
  return labels.flatMap((label) => {
    if (label.locator !== undefined) return saidBy(label) ? [] : [label];
    const [box, ...others] = boxes.get(label.readingId) ?? [];
    return [box?.locator && others.length === 0 ? { ...label, locator: box.locator } : label];
  });
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
