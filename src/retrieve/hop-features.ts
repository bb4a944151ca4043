import type { AnswerReading } from './answer-readings.ts';
import type { HopQuery } from './hop-queries.ts';
import { bestSentence } from './hop-queries.ts';
import type { Passage } from './passages.ts';
import { SUB_ANSWER_FEATURES, subAnswerFeatures } from './sub-answer-features.ts';
import type { SubAnswer } from './sub-answer.ts';
import { dot, reciprocalRank, unit } from './vectors.ts';

/** First passages that a candidate is held against. */
export const PARTNERS = 8;
/** How much of what a first passage's best sentence says is taken out of the question. */
const RESOLVED = 0.6;
/** Shared names that count, the rarest. */
const MOST_SHARED = 3;

/** Names of the second stage's own features, beside the channels'. */
export const HOP_FEATURES: readonly string[] = [
  'first',
  'first.rank',
  'coverage',
  'hop.named',
  'hop.named.near',
  'hop.names',
  'hop.names.near',
  'hop.shared',
  'hop.rest',
  'hop.covers',
  'hop.sentence',
  'hop.bridge',
  'hop.sentence.top',
  'hop.bridge.top',
  'hop.sub',
  'read.answers',
  ...SUB_ANSWER_FEATURES,
];

export interface HopQuestion {
  readonly vector: Float32Array;
  readonly words: readonly string[];
  readonly entities: ReadonlySet<string>;
}

type Row = Record<string, number>;

/**
 * What each candidate is beside the best first passages: whether one names the other, what they share, how well the
 * candidate fits what the first one leaves open of the question, and the questions put anew. Each is the most over the
 * first passages, weighted by how likely those are (`scores`, 0…1).
 */
export function hopFeatures(
  question: HopQuestion,
  passages: readonly Passage[],
  scores: readonly number[],
  queries: readonly { readonly query: HopQuery; readonly vector: Float32Array }[],
  degreeOf: (entityId: string) => number,
  subAnswers: readonly SubAnswer[] = [],
  answering: readonly Pick<AnswerReading, 'segmentId' | 'sure'>[] = [],
): Row[] {
  const highest = Math.max(...scores);
  const weight = scores.map((score) => (highest > 0 ? score / highest : 0));
  const coverage = coverages(question.words, passages);
  const ranks = reciprocalRank(scores);
  const sure = new Map(answering.map((one) => [one.segmentId, one.sure]));
  const subs = subAnswerFeatures(passages, subAnswers, weight);
  const rows: Row[] = passages.map((_, i) => ({
    ...subs[i],
    first: logit(scores[i] ?? 0),
    'first.rank': ranks[i] ?? 0,
    coverage: coverage.of(i),
    'read.answers': sure.get(passages[i]?.segment.id ?? '') ?? 0,
  }));
  const put = (i: number, name: string, value: number): void => {
    const row = rows[i];
    if (row) row[name] = Math.max(row[name] ?? 0, value);
  };
  for (const a of bestOf(scores, PARTNERS)) {
    const first = passages[a];
    const best = first && bestSentence(first.vectors, question.vector);
    if (!first || best === undefined) continue;
    const w = weight[a] ?? 0;
    const rest = residual(question.vector, first.vectors, best);
    for (const [c, passage] of passages.entries()) {
      if (c === a) continue;
      const named = [...passage.about].filter((id) => first.named.has(id) && !first.about.has(id));
      if (named.length > 0) {
        put(c, 'hop.named', w);
        put(c, 'hop.named.near', w * nearest(question.vector, first, named));
      }
      const names = [...first.about].filter((id) => passage.named.has(id) && !passage.about.has(id));
      if (names.length > 0) {
        put(c, 'hop.names', w);
        put(c, 'hop.names.near', w * nearest(question.vector, passage, names));
      }
      const shared = [...passage.named.keys()]
        .filter((id) => first.named.has(id) && !question.entities.has(id))
        .map((id) => 1 / Math.log2(2 + degreeOf(id)))
        .toSorted((x, y) => y - x);
      put(c, 'hop.shared', w * shared.slice(0, MOST_SHARED).reduce((sum, value) => sum + value, 0));
      put(c, 'hop.rest', w * mostLike(rest, passage.vectors));
      put(c, 'hop.covers', w * coverage.beside(c, a));
    }
  }
  const top = queries[0]?.query.from;
  for (const { query, vector } of queries) {
    const w = (weight[query.from] ?? 0) * query.sure;
    for (const [c, passage] of passages.entries()) {
      if (c === query.from) continue;
      const like = mostLike(vector, passage.vectors);
      put(c, `hop.${query.kind}`, w * like);
      if (query.from === top && query.kind !== 'sub') put(c, `hop.${query.kind}.top`, like);
    }
  }
  return rows;
}

/** Indexes of the greatest values, greatest first. */
export function bestOf(values: readonly number[], k: number): number[] {
  return values
    .map((_, i) => i)
    .toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
    .slice(0, k);
}

function logit(p: number): number {
  const held = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(held / (1 - held));
}

/** The question without what a sentence says of it, unit norm. */
function residual(query: Float32Array, vectors: Float32Array, sentence: number): Float32Array {
  const at = sentence * query.length;
  const share = RESOLVED * dot(query, vectors, at);
  return unit(query.map((value, i) => value - share * (vectors[at + i] ?? 0)));
}

/** Highest cosine with a sentence; 0 where there is none. */
function mostLike(query: Float32Array, vectors: Float32Array): number {
  let most = 0;
  for (let at = 0; at < vectors.length; at += query.length) most = Math.max(most, dot(query, vectors, at));
  return most;
}

/** Highest cosine of the question with a sentence that names one of the entities, or with any where none is known. */
function nearest(query: Float32Array, passage: Passage, entities: readonly string[]): number {
  const sentences = entities.flatMap((id) => passage.named.get(id) ?? []);
  if (sentences.length === 0) return mostLike(query, passage.vectors);
  return Math.max(...sentences.map((sentence) => dot(query, passage.vectors, sentence * query.length)));
}

/** How much of the question's words passages have, the rarer among the passages the more: 0…1. */
function coverages(
  words: readonly string[],
  passages: readonly Passage[],
): { of(i: number): number; beside(i: number, other: number): number } {
  const weights = words.map((word) => {
    const having = passages.filter((passage) => passage.words.has(word)).length;
    return Math.log((passages.length + 1) / (having + 0.5));
  });
  const total = weights.reduce((sum, value) => sum + value, 0) || 1;
  const covered = (has: (word: string) => boolean): number =>
    words.reduce((sum, word, k) => sum + (has(word) ? (weights[k] ?? 0) : 0), 0) / total;
  return {
    of: (i) => covered((word) => passages[i]?.words.has(word) ?? false),
    beside: (i, other) =>
      covered((word) => (passages[i]?.words.has(word) ?? false) && !(passages[other]?.words.has(word) ?? false)),
  };
}
