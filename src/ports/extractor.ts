import type { EntityKind, Segment } from '../domain.ts';

/** A name found in a segment's text. */
export interface FoundName {
  readonly surface: string;
  /** Clean form: no leading article, no possessive, whitespace folded. */
  readonly name: string;
  readonly kind: EntityKind;
  /** Range in `segment.text`. */
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly score: number;
}

/** A relation between two of the found names, by their index. */
export interface FoundRelation {
  readonly subject: number;
  readonly predicate: string;
  readonly object: number;
  readonly type: 'IS_A' | 'RELATES_TO' | 'CO_OCCURS';
  readonly sentence: number;
  readonly confidence: number;
}

export interface Extraction {
  readonly names: readonly FoundName[];
  readonly relations: readonly FoundRelation[];
}

/** Names and relations from text. Deterministic, no language model needed; another may stand behind the same port. */
export interface Extractor {
  readonly id: string;
  readonly version: string;
  extract(segment: Pick<Segment, 'text' | 'sentences'>): Extraction;
}

/** WordNet's nouns: hypernyms of concepts. */
export interface Lexicon {
  /** Singular of a noun in lower case, also of several words; undefined when it is unknown. */
  lemma(noun: string): string | undefined;
  /** Synset offsets of a noun (singular or plural), most common sense first; empty when unknown. */
  synsets(noun: string): number[];
  /** Words of a synset, spaces for underscores. */
  words(synset: number): string[];
  /** Chain from the synset's hypernym upwards, nearest first, stopped before words too general to help. */
  hypernyms(synset: number): number[];
}
