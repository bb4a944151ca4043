import type { Asset, Entity, Evidence, EvidencePath, Reading, Segment } from '../domain.ts';
import type { GraphEdge, GraphNode } from '../ports/graph-store.ts';
import type { AnswerReading } from './answer-readings.ts';
import type { Census } from './census.ts';
import type { Related } from './related.ts';
import type { SubAnswer } from './sub-answer.ts';

export interface Question {
  readonly text: string;
  /** The picture, recording or text the question is about. */
  readonly asset?: Asset;
}

/** An entity the question names (or that the asked asset shows). */
export interface QuestionEntity {
  readonly entity: Entity;
  /** The words of the question, or '' when it comes from the asset. */
  readonly surface: string;
  readonly score: number;
}

export interface RankedSegment {
  readonly segment: Segment;
  readonly asset: Asset;
  readonly readings: readonly Reading[];
  /** Fused score, 0…1; the list is in this order. */
  readonly score: number;
  /** The channels behind the score, by name, for explanation and for fitting the ranker. */
  readonly features: Readonly<Record<string, number>>;
  /** Similarity of each sentence with the question. */
  readonly sentenceScores: readonly number[];
}

/** What retrieve gives reason. */
export interface Retrieval {
  readonly question: Question;
  /** The question in the text space, unit norm. */
  readonly vector: Float32Array;
  readonly entities: readonly QuestionEntity[];
  /** Best first; then those that are not ranked: the other rows of a table at hand, and where a census found something. */
  readonly segments: readonly RankedSegment[];
  /** The ranked as evidence, each with its best sentence as quote. */
  readonly evidence: readonly Evidence[];
  /** Best paths that join the question's entities (or asset) with the evidence. */
  readonly paths: readonly EvidencePath[];
  /** The bounded neighbourhood that was walked. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly GraphEdge[];
  /** What the best passages say of that which has to be found first, where a reader has looked for it. */
  readonly subAnswers?: readonly SubAnswer[];
  /** What a reader says of passages to the question itself, where it was asked. */
  readonly readings?: readonly AnswerReading[];
  /** Of a question that asks for one: which of all assets have a thing. */
  readonly census?: Census;
  /** For a question for all that stand in a relation to one thing. */
  readonly related?: Related;
}

/** What is at hand without a graph around it: the given segments, in their order. */
export function ofSegments(question: Question, segments: readonly RankedSegment[]): Retrieval {
  return {
    question,
    vector: new Float32Array(),
    entities: [],
    segments,
    evidence: [],
    paths: [],
    nodes: new Map(),
    edges: [],
  };
}
