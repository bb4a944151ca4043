import type { Asset, Embedding, Locator, Reading, Segment } from '../domain.ts';
import type { ModelInfo, TranscribedWord } from '../ports/encoders.ts';

/** Names the rule that found a document's caption by its place (ingest/pdf/figures.ts) where a reading names its model. */
export const BY_PLACE = { model: 'caption-by-place', modelVersion: '1' } as const;

/** What encode gives link: all segments of the asset (those made by reading it too), what was read, and the vectors. */
export interface EncodedAsset {
  readonly asset: Asset;
  readonly segments: readonly Segment[];
  readonly readings: readonly Reading[];
  /** Labels seen in a picture, strongest first. */
  readonly labels: readonly SeenLabel[];
  /** Things heard in a recording; none where nothing listens for sounds. */
  readonly heard?: readonly HeardLabel[];
  /** Words of SPEECH segments with their times, by segment, where the transcriber gives them. */
  readonly words?: ReadonlyMap<string, readonly TranscribedWord[]>;
  /** By space name. */
  readonly embeddings: Readonly<Record<string, readonly Embedding[]>>;
  /** Segment id → [sentences × dimension], unit norm. */
  readonly sentenceVectors: ReadonlyMap<string, Float32Array>;
}

/** A label heard over a stretch of a recording that means a thing. */
export interface HeardLabel {
  readonly segmentId: string;
  readonly label: string;
  readonly thing: { readonly name: string; readonly synset: number };
  readonly score: number;
  readonly locator: Locator;
  readonly readingId: string;
}

export interface SeenLabel {
  readonly segmentId: string;
  readonly label: string;
  readonly synonyms: readonly string[];
  /** WordNet 3.1 noun synset offset. */
  readonly synset: number;
  readonly score: number;
  readonly readingId: string;
  /** The box that a detector found; none where the label is of the whole picture. */
  readonly locator?: Locator;
  /** Of a sure label of the whole picture: the region that fits its name most. */
  readonly region?: Locator;
  readonly model: Pick<ModelInfo, 'id' | 'version'>;
}
