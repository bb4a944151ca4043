import type { TextEmbedder } from '../ports/encoders.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import { answerReadings } from './answer-readings.ts';
import { bestOf, hopFeatures, PARTNERS } from './hop-features.ts';
import { FIRST_PASSAGES, hopQueries } from './hop-queries.ts';
import { passagesOf, wordsOf, type Passage } from './passages.ts';
import type { RankedId } from './rank.ts';
import { HOP_WEIGHTS, rankLogit } from './ranker.ts';
import type { QuestionEntity, Retrieval } from './retrieval.ts';
import { findSubAnswers } from './sub-answers.ts';
import type { SentenceScorer } from './sentence-scorer.ts';
import { MENTIONS, type Walked } from './walk.ts';

/** An entity in more segments than this is as common as any. */
const MOST_DEGREE = 1000;

interface HopDeps {
  readonly ledger: Pick<Ledger, 'segmentsById' | 'assetsById'>;
  readonly graph: Pick<GraphStore, 'degrees'>;
  readonly embedder: TextEmbedder;
  readonly spanReader?: SpanReader | undefined;
}

/** What the reader said of the first passages; nothing where there is none, or it failed. */
type Read = Pick<Retrieval, 'subAnswers' | 'readings'>;

export interface RankedByHops {
  readonly ranked: RankedId[];
  readonly read: Read;
}

/** Candidates among which what the first step leads to is looked for. */
const NEXT = 40;

/**
 * The second stage: candidates ranked anew beside the best of the first. What one passage leaves open another may hold,
 * which the question alone does not say. Costs one batch of short texts (at most 24), the reading of up to 30 passages (18 of a question of one step) and nine
 * short texts, and four look-ups, whatever the size of the graph.
 */
export async function rankByHops(
  question: { readonly text: string; readonly vector: Float32Array; readonly entities: readonly QuestionEntity[] },
  ranked: readonly RankedId[],
  walked: Walked,
  scorer: SentenceScorer,
  { ledger, graph, embedder, spanReader }: HopDeps,
  signal?: AbortSignal,
): Promise<RankedByHops> {
  const ids = ranked.map(({ id }) => id);
  const [segments, vectors] = await Promise.all([ledger.segmentsById(ids), scorer.vectors(ids)]);
  const assets = await ledger.assetsById([...new Set(segments.map((segment) => segment.assetId))]);
  const scores = new Map(ranked.map(({ id, score }) => [id, score]));
  const firstScores = segments.map(({ id }) => scores.get(id) ?? 0);
  const passages = passagesOf(segments, new Map(assets.map((asset) => [asset.id, asset])), vectors, walked.graph);
  const partners = bestOf(firstScores, PARTNERS).flatMap((index) => {
    const passage = passages[index];
    return passage ? [{ index, passage }] : [];
  });
  const near = [...new Set(partners.flatMap(({ passage }) => [...passage.named.keys()]))];
  const degrees = await graph.degrees(near, MENTIONS, MOST_DEGREE);
  const degreeOf = (id: string): number => Math.max(1, degrees.get(id) ?? 1);
  const entities = new Set(question.entities.map(({ entity }) => entity.id));
  const captionOf = (id: string): string | undefined => walked.graph.nodes[walked.graph.index.get(id) ?? -1]?.caption;
  const first = partners.map(({ passage }) => passage);
  const nearest = bestOf(firstScores, NEXT).flatMap((index) => passages[index] ?? []);
  const read = spanReader ? await readNearest(question.text, first, nearest, spanReader, signal) : {};
  signal?.throwIfAborted();
  const queries = hopQueries(
    { text: question.text, vector: question.vector, entities },
    partners.slice(0, FIRST_PASSAGES),
    { captionOf, degreeOf },
    read.subAnswers,
  );
  const put = [...new Set(queries.flatMap(({ asked }) => (typeof asked === 'string' ? [asked] : [])))];
  const embedded =
    put.length === 0
      ? []
      : await embedder.embed(
          put.map((text) => ({ text })),
          'query',
          signal,
        );
  const vectorOf = new Map(put.map((text, i) => [text, embedded[i]?.vector]));
  const asked = queries.flatMap((query) => {
    const vector = typeof query.asked === 'string' ? vectorOf.get(query.asked) : query.asked;
    return vector ? [{ query, vector }] : [];
  });
  const words = [...new Set(wordsOf(question.text))];
  const rows = hopFeatures(
    { vector: question.vector, words, entities },
    passages,
    firstScores,
    asked,
    degreeOf,
    read.subAnswers,
    read.readings,
  );
  const found = new Map(segments.map(({ id }, i) => [id, i]));
  const modalities = new Map(assets.map(({ id, modality }) => [id, modality]));
  const anew = ranked.map(({ id, features }) => {
    const i = found.get(id);
    const all = { ...features, ...(i === undefined ? {} : rows[i]) };
    // The weights are of texts; of what was seen and heard, few words are there to be judged by.
    const modality = modalities.get(segments[i ?? -1]?.assetId ?? '');
    const isText = modality === 'TEXT' || modality === 'DOCUMENT';
    return { id, features: all, score: isText ? rankLogit(all, HOP_WEIGHTS) : undefined };
  });
  // That keeps its place, and texts change theirs among themselves; a place keeps the score of the first stage.
  const texts = anew
    .filter((one) => one.score !== undefined)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0) || (a.id < b.id ? -1 : 1));
  let next = 0;
  const placed = anew.map((one, place): RankedId => {
    const { id, features } = one.score === undefined ? one : (texts[next++] ?? one);
    return { id, features, score: ranked[place]?.score ?? 0 };
  });
  return { ranked: placed, read };
}

/** A reader makes the order better, never impossible. */
async function readNearest(
  question: string,
  first: readonly Passage[],
  nearest: readonly Passage[],
  reader: SpanReader,
  signal?: AbortSignal,
): Promise<Read> {
  const subAnswers = await findSubAnswers(question, first, nearest, reader, signal).catch(() => undefined);
  if (!subAnswers) return {};
  const readings = await answerReadings(question, nearest, subAnswers, reader, signal).catch(() => undefined);
  return { subAnswers, ...(readings ? { readings } : {}) };
}
