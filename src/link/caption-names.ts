import type { Segment } from '../domain.ts';
import type { EncodedAsset } from '../encode/encoded.ts';
import type { Extractor, Lexicon } from '../ports/extractor.ts';
import type { FoundInAsset } from './link.ts';

/** Share of the caption's score that a thing has which nothing else saw: captions name things that are not there. */
const ALONE = 0.5;
/** The same where a label names the thing more generally ("a kitten" where a cat was seen). */
const BORNE_OUT = 0.8;

/**
 * Things that a picture's caption names, as mentions of the picture with less weight than what was seen. What a label
 * tells already is left to the label. Relations of a caption are not taken over: it may be wrong.
 */
export function addCaption(
  segment: Segment,
  { readings, labels }: EncodedAsset,
  { extractor, lexicon }: { readonly extractor: Extractor; readonly lexicon: Lexicon },
  found: FoundInAsset,
): void {
  const caption = readings.find(({ kind, segmentId }) => kind === 'CAPTION' && segmentId === segment.id);
  if (!caption) return;
  const { names } = extractor.extract({ text: caption.text, sentences: [{ start: 0, end: caption.text.length }] });
  const seen = labels.filter(({ segmentId }) => segmentId === segment.id);
  const told = new Set<string>();
  for (const { name, kind, surface } of names) {
    const synsets = lexicon.synsets(name);
    const isTold = seen.some(
      ({ synset }) => synsets.includes(synset) || lexicon.hypernyms(synset).some((above) => synsets.includes(above)),
    );
    if (kind !== 'CONCEPT' || isTold || told.has(name)) continue;
    told.add(name);
    const [sense] = synsets;
    const above = sense === undefined ? [] : lexicon.hypernyms(sense);
    const isBorneOut = seen.some(({ synset }) => above.includes(synset));
    found.occurrences.push({
      segment,
      name: { name, kind },
      surface,
      method: 'DEPICTED',
      score: caption.score * (isBorneOut ? BORNE_OUT : ALONE),
      sentence: 0,
      locator: segment.locator,
    });
  }
}
