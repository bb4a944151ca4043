import type { EntityKind, Segment, Span } from '../../domain.ts';
import type { Extraction, Extractor, FoundName, Lexicon } from '../../ports/extractor.ts';
import { findConcepts } from './concepts.ts';
import { findProperNames } from './proper-names.ts';
import { DATE, QUANTITY, QUOTED } from './patterns.ts';
import { findRelations } from './relations.ts';
import type { RawName } from './raw-name.ts';
import { tagTerms } from './terms.ts';

/** Longest text looked at, in characters: segments are shorter. */
const LONGEST = 20_000;

/**
 * Names, concepts, dates, quantities and relations by part-of-speech tags (compromise), capital letters and patterns.
 * Deterministic; English. About 4 ms for a passage of a hundred words.
 */
export class CompromiseExtractor implements Extractor {
  readonly id = 'compromise';
  readonly version = '14.17.0-1';
  readonly #lexicon: Lexicon;

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  extract({ text: whole, sentences }: Pick<Segment, 'text' | 'sentences'>): Extraction {
    const text = whole.slice(0, LONGEST);
    const terms = tagTerms(text);
    const concepts = findConcepts(terms, this.#lexicon);
    // Earlier kinds win where ranges overlap: a date inside quotation marks stays part of the work's title.
    const dates = matches(text, DATE, 'DATE', 0.9);
    const found = withoutOverlaps([
      ...matches(text, QUOTED, 'WORK', 0.8, 1),
      ...dates,
      ...matches(text, QUANTITY, 'QUANTITY', 0.8),
      // "Egyptian cat" is one kind of thing before "Egyptian" is a name.
      ...concepts.filter((concept) => concept.name.includes(' ')),
      ...findProperNames(text, terms, this.#lexicon, dates),
      ...concepts,
    ]);
    const names = found.map((raw): FoundName => ({
      ...raw,
      surface: text.slice(raw.start, raw.end),
      sentence: sentenceAt(sentences, raw.start),
    }));
    return { names, relations: findRelations(text, terms, names) };
  }
}

function matches(text: string, pattern: RegExp, kind: EntityKind, score: number, group = 0): RawName[] {
  const names: RawName[] = [];
  for (const match of text.matchAll(pattern)) {
    const name = match[group] ?? '';
    const start = match.index + match[0].indexOf(name);
    names.push({ start, end: start + name.length, name: name.replace(/\s+/g, ' ').trim(), kind, score });
  }
  return names;
}

function withoutOverlaps(names: readonly RawName[]): RawName[] {
  const kept: RawName[] = [];
  for (const name of names)
    if (name.name !== '' && !kept.some((other) => name.start < other.end && other.start < name.end)) kept.push(name);
  return kept.toSorted((a, b) => a.start - b.start);
}

function sentenceAt(sentences: readonly Span[], offset: number): number {
  return sentences.findIndex((span) => offset >= span.start && offset < span.end);
}
