/**
 * The words of Sensegraph as plain data. Every stage takes and gives these; nothing here does I/O.
 * Ids are typed and readable (`Asset:<sha256>`, `Segment:<asset sha>:<ordinal>`, `Entity:<hash>`), deterministic
 * where the same input must give the same node, and are the ids of the graph, the ledger and the API alike.
 */

export type Modality = 'TEXT' | 'IMAGE' | 'AUDIO' | 'VIDEO' | 'DOCUMENT';

/** A half-open range `[start, end)` of UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A printed line: its first character in the segment's text, y, height, then left and right of each word (points). */
export type TextLine = readonly number[];

/** A stretch of words: first character in the segment's text, length, first character of the original and one past the last. */
export type TextRun = readonly [at: number, length: number, start: number, end: number];

/** Where in its asset a thing is. The tags and fields are those of the GraphQL union `Locator`. */
export type Locator =
  /** Characters (UTF-16) of the asset's text, or of one page's text where `page` (from 1) is given. */
  | {
      readonly type: 'TextSpan';
      readonly page?: number;
      readonly start: number;
      readonly end: number;
      readonly quote: string;
      /** Where the words stand on that page, a box a line: points (1/72 inch), origin top left. */
      readonly boxes?: readonly Box[];
      /** On a segment's own locator alone (see place.ts): where the words of its text stand on the page. */
      readonly lines?: readonly TextLine[];
      /** The same for a text whose words stand among marks: characters of the segment's text and of the original. */
      readonly runs?: readonly TextRun[];
    }
  /** Pixels of the original picture held upright, origin top left; points (1/72 inch) where it is a part of a document's `page` (from 1). */
  | {
      readonly type: 'ImageRegion';
      readonly page?: number;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  /** Seconds from the start of the recording. */
  | { readonly type: 'TimeSpan'; readonly startSeconds: number; readonly endSeconds: number }
  /** Seconds of a film and pixels of its upright frame. */
  | {
      readonly type: 'VideoSpan';
      readonly startSeconds: number;
      readonly endSeconds: number;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };

/** One ingested thing. Its id holds the SHA-256 of its bytes, so the same bytes are the same asset. */
export interface Asset {
  readonly id: string;
  readonly modality: Modality;
  readonly mediaType: string;
  readonly byteSize: number;
  readonly title: string;
  /** Key of the bytes in the blob store (the SHA-256, hex). */
  readonly blobKey: string;
  readonly createdAt: string;
  /** Pixels of the upright picture; seconds of the recording; pages of the document. */
  readonly width?: number;
  readonly height?: number;
  readonly durationSeconds?: number;
  readonly pages?: number;
}

/** PASSAGE: text of a text or document. IMAGE: a whole picture. FIGURE: a picture within a document. SHOT: a stretch of a film between two cuts. TEXT_LINE: a line read in a picture. SPEECH: a stretch of a recording in words. SOUND: one with other sounds, or a whole recording in which nothing is made out. */
export type SegmentKind = 'PASSAGE' | 'IMAGE' | 'FIGURE' | 'SHOT' | 'TEXT_LINE' | 'SPEECH' | 'SOUND';

/** Segments that are looked at: a picture by itself, in a document, or from a film. */
export function isPicture({ kind }: Pick<Segment, 'kind'>): boolean {
  return kind === 'IMAGE' || kind === 'FIGURE' || kind === 'SHOT';
}

export interface Segment {
  readonly id: string;
  readonly assetId: string;
  readonly ordinal: number;
  readonly kind: SegmentKind;
  readonly locator: Locator;
  /** What a search in words finds here: the passage, the line, the transcript; for a picture its labels. */
  readonly text: string;
  /** Sentence boundaries within `text`, in order, without overlap. */
  readonly sentences: readonly Span[];
}

export type ReadingKind = 'LABEL' | 'TEXT_LINE' | 'TRANSCRIPT' | 'CAPTION' | 'SOUND_EVENT';

/** What a model read off a segment. */
export interface Reading {
  readonly id: string;
  readonly segmentId: string;
  readonly kind: ReadingKind;
  readonly text: string;
  /** Probability or confidence in 0…1. */
  readonly score: number;
  readonly locator: Locator;
  readonly model: string;
  readonly modelVersion: string;
}

/** Whether a LABEL is the name of a thing that a detector found, rather than one of the whole picture. */
export function isThing({ id }: Pick<Reading, 'id'>): boolean {
  return /:thing:\d+$/.test(id);
}

/** One encoder, one version, one dimension. Vectors of two spaces never meet in one index. */
export interface Space {
  readonly name: string;
  readonly model: string;
  readonly version: string;
  readonly dimension: number;
}

/** A unit-norm vector of a segment or an entity in one space. */
export interface Embedding {
  readonly nodeId: string;
  readonly vector: Float32Array;
}

export type EntityKind =
  | 'PERSON'
  | 'PLACE'
  | 'ORGANISATION'
  | 'WORK'
  | 'EVENT'
  | 'DATE'
  | 'QUANTITY'
  /** A kind of thing ("lighthouse", "beagle"), from a noun phrase or a picture's label; may carry a WordNet synset. */
  | 'CONCEPT'
  /** A proper name whose kind the text does not tell. */
  | 'NAME';

export interface Entity {
  readonly id: string;
  readonly kind: EntityKind;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Byte offset in WordNet 3.1's data.noun, where the entity is a concept known there. */
  readonly synset?: number;
}

/** NAMED: in text. READ: in a line read off a picture. DEPICTED: seen. HEARD: in speech or sound. SPEAKS: whose voice it is. TITLE: the asset is about it. */
export type MentionMethod = 'NAMED' | 'READ' | 'DEPICTED' | 'HEARD' | 'SPEAKS' | 'TITLE';

export interface Mention {
  readonly id: string;
  readonly segmentId: string;
  readonly entityId: string;
  readonly surface: string;
  readonly method: MentionMethod;
  readonly score: number;
  readonly locator: Locator;
  /** Index into the segment's sentences; -1 where it has none or the whole segment is meant. */
  readonly sentence: number;
}

/** Entity → entity. `predicate` is a free lower-case verb phrase ("built", "is a"); `type` the allow-listed edge type. */
export interface Relation {
  readonly id: string;
  readonly subjectId: string;
  readonly predicate: string;
  readonly objectId: string;
  readonly type: 'IS_A' | 'RELATES_TO' | 'CO_OCCURS';
  readonly confidence: number;
  readonly evidence: readonly RelationEvidence[];
}

export interface RelationEvidence {
  readonly segmentId: string;
  readonly sentence: number;
  readonly locator: Locator;
}

/** Why two names were taken for one entity; kept so that it can be split again. */
export interface Merge {
  readonly id: string;
  readonly intoId: string;
  /** The entity the surface would have been on its own. */
  readonly fromId: string;
  readonly fromName: string;
  readonly reason: 'EXACT' | 'ALIAS' | 'TRIGRAM' | 'VECTOR' | 'MANUAL';
  readonly score: number;
  readonly createdAt: string;
}

/** Something an answer rests on. */
export interface Evidence {
  readonly id: string;
  readonly segment: Segment;
  readonly asset: Asset;
  readonly locator: Locator;
  /** The words at the locator (sentence, line, transcript, label). */
  readonly quote: string;
  readonly reading?: Reading;
  readonly score: number;
}

/** One step of a path: a node, the relation taken, the next node, and what supports it. */
export interface Hop {
  readonly fromId: string;
  readonly predicate: string;
  readonly toId: string;
  /** The graph's edge that was walked, in either direction. */
  readonly edgeId: string;
  /** Captions of the two nodes, so that a path reads without another look-up. */
  readonly fromCaption: string;
  readonly toCaption: string;
  readonly evidence: readonly Evidence[];
  readonly score: number;
}

/** Ordered hops question → … → answer. */
export interface EvidencePath {
  readonly id: string;
  readonly hops: readonly Hop[];
  readonly score: number;
  readonly summary: string;
}

export type StepKind = 'DESCRIBE' | 'KEY_ELEMENTS' | 'RELATE' | 'ANSWER';

export interface Claim {
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

export interface Step {
  readonly kind: StepKind;
  readonly text: string;
  readonly claims: readonly Claim[];
  /** Model that wrote the step; absent when it was made without a language model. */
  readonly model?: string;
}

/** What a question is answered with. */
export type AnswerForm = 'SPAN' | 'YES_NO' | 'COMPARISON' | 'CHOICE';

/** How an answer was come to: by the form of its question, or from a table. */
export type Way = AnswerForm | 'TABLE';

export interface Answer {
  readonly id: string;
  readonly question: string;
  readonly assetId?: string;
  /** A full sentence; null when abstained. */
  readonly text: string | null;
  /** The span itself; null when abstained. */
  readonly shortAnswer: string | null;
  readonly confidence: number;
  /** Absent where the confidence is not brought to what such answers are worth (src/reason/calibrate.ts). */
  readonly way?: Way;
  readonly abstained: boolean;
  readonly steps: readonly Step[];
  /** What would change the answer, and where that stands; absent where nothing is near the question, and of answers made before 2026-12. */
  readonly wouldChange?: Claim;
  readonly paths: readonly EvidencePath[];
  readonly createdAt: string;
}

export type JobState = 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'CANCELLED';

export interface Job {
  readonly id: string;
  readonly kind: 'INGEST';
  readonly state: JobState;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly createdAt: string;
  readonly finishedAt?: string;
}

export interface UserError {
  readonly code: string;
  readonly message: string;
  /** Path of the input field at fault, e.g. `items.3.text`. */
  readonly field: readonly string[];
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque cursor of each item, parallel to `items`. */
  readonly cursors: readonly string[];
  /** Opaque cursor of the last item; null when there are no more. */
  readonly next: string | null;
}
