import type { Asset, Embedding, Reading, Segment } from '../domain.ts';

/** What encode gives link: all segments of the asset (those made by reading it too), what was read, and the vectors. */
export interface EncodedAsset {
  readonly asset: Asset;
  readonly segments: readonly Segment[];
  readonly readings: readonly Reading[];
  /** Labels seen in a picture, strongest first. */
  readonly labels: readonly SeenLabel[];
  /** By space name. */
  readonly embeddings: Readonly<Record<string, readonly Embedding[]>>;
  /** Segment id → [sentences × dimension], unit norm. */
  readonly sentenceVectors: ReadonlyMap<string, Float32Array>;
}

export interface SeenLabel {
  readonly segmentId: string;
  readonly label: string;
  readonly synonyms: readonly string[];
  /** WordNet 3.1 noun synset offset. */
  readonly synset: number;
  readonly score: number;
  readonly readingId: string;
}
