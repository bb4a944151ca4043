import type { Segment } from '../domain.ts';
import type { Encoders } from '../ports/encoders.ts';
import type { Extractor } from '../ports/extractor.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Reranker } from '../ports/reranker.ts';
import type { SpanReader } from '../ports/span-reader.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import { bestEvidence } from './evidence.ts';
import { rank } from './rank.ts';
import { rankByHops } from './rank-by-hops.ts';
import { rerank } from './rerank.ts';
import type { RankerWeights } from './ranker.ts';
import { findQuestionEntities } from './question-entities.ts';
import type { Question, RankedSegment, Retrieval } from './retrieval.ts';
import { withFacts } from './nearest-facts.ts';
import { RECIPES, type RecipeName } from './recipes.ts';
import { findSeeds } from './seeds.ts';
import { stateHops } from './state-hops.ts';
import { SentenceScorer } from './sentence-scorer.ts';
import { citedOf, takeCensus } from './census.ts';
import { findRelated } from './related.ts';
import { readOtherRows } from './table-rows.ts';
import { findMeanwhile, readAtHand } from './timed.ts';
import { walk } from './walk.ts';
import { findEvidencePaths } from './paths.ts';

export interface RetrieveDeps {
  readonly ledger: Ledger;
  readonly graph: GraphStore;
  readonly vectors: VectorStore;
  readonly encoders: Encoders;
  readonly extractor: Extractor;
  /** Reads the best texts once more, where the user has one. */
  readonly reranker?: Reranker | undefined;
  /** Finds what a question in the question asks for. */
  readonly spanReader?: SpanReader | undefined;
}

export interface RetrieveOptions {
  /** Segments given, best first. Default 20. */
  readonly limit?: number;
  readonly recipe?: RecipeName;
  /** False spares the search for evidence paths. */
  readonly paths?: boolean;
  /** Of the first stage, for fitting. Default: the shipped ones. */
  readonly weights?: RankerWeights;
  readonly signal?: AbortSignal;
}

/** Evidence that paths are looked for, and paths given. */
const PATH_TARGETS = 8;
const MAX_PATHS = 6;
/** Segments given beside the ranked ones, of a census or of relations. */
const COUNTED_SEGMENTS = 12;

/**
 * Question → the best evidence and the paths that join it: seeds from every vector space, from words and from names;
 * semantic bridging and a personalised PageRank over the bounded neighbourhood; a learned fusion of the channels.
 * The cost follows the neighbourhood, not the graph.
 */
export async function retrieve(
  question: Question,
  deps: RetrieveDeps,
  options: RetrieveOptions = {},
): Promise<Retrieval> {
  const recipe = RECIPES[options.recipe ?? 'default'];
  const atHand = question.asset ? await readAtHand(question.text, question.asset, deps.ledger) : [];
  const [seeds, entities] = await Promise.all([
    findSeeds(question, atHand, recipe, deps),
    recipe.graph ? findQuestionEntities(question, atHand, deps) : Promise.resolve([]),
  ]);
  options.signal?.throwIfAborted();
  const scorer = new SentenceScorer(seeds.vector, deps.ledger);
  const around = await walk(seeds, entities, deps.graph, scorer, recipe);
  const walked = recipe.reset === 'FACTS' ? await withFacts(around, seeds, scorer, deps) : around;
  options.signal?.throwIfAborted();

  const spaces = { ...deps, textSpace: deps.encoders.text.space.name };
  const first = await rank(seeds, entities, walked, scorer, recipe, spaces, options.weights);
  options.signal?.throwIfAborted();
  const asked = { text: question.text, vector: seeds.vector, entities };
  // What is at hand is read whatever its rank.
  const spanReader = question.asset || !recipe.reader ? undefined : deps.spanReader;
  const { ranked: ordered, read } =
    recipe.hops && question.text.trim() !== ''
      ? await rankByHops(
          asked,
          first,
          walked,
          scorer,
          { ...deps, embedder: deps.encoders.text, spanReader },
          options.signal,
        )
      : { ranked: first, read: {} };
  options.signal?.throwIfAborted();
  const ids =
    deps.reranker && recipe.hops && question.text.trim() !== ''
      ? await rerank(question.text, ordered, deps.reranker, deps.ledger, options.signal)
      : ordered;
  const own = new Set(atHand.map((segment) => segment.id));
  const chosen = [
    ...atHand.map((segment) => ({ id: segment.id, score: 1, features: {} })),
    ...ids.filter(({ id }) => !own.has(id)).slice(0, options.limit ?? 20),
  ];
  const passed =
    options.paths === false ? [] : walked.graph.nodes.filter((node) => node.label === 'Segment').map((node) => node.id);
  const segments = await describe(chosen, atHand, scorer, deps);
  // Paths may pass segments that were not chosen themselves.
  const others = await describe(
    ids.filter(({ id }) => !segments.has(id) && passed.includes(id)).slice(0, 200),
    [],
    scorer,
    deps,
  );
  const found = chosen.flatMap(({ id }) => segments.get(id) ?? []);
  const meanwhile = options.paths === false ? [] : await findMeanwhile(found, deps.ledger);
  const beside = meanwhile.map(({ id }) => ({ id, score: 0, features: {} }));
  const ranked = [...found, ...(await describe(beside, meanwhile, scorer, deps)).values()];
  const overAll = !question.asset && options.paths !== false;
  const census = overAll ? await takeCensus(question.text, deps) : undefined;
  const related = overAll && !census ? await findRelated(question.text, deps) : undefined;
  const known = new Set(ranked.map(({ segment }) => segment.id));
  const counted = [
    ...(census ? citedOf(census) : []).map(({ mention }) => mention.segmentId),
    ...(related?.found ?? []).flatMap(({ stated }) => stated.evidence.slice(0, 1).map(({ segment }) => segment.id)),
  ].filter((id) => !known.has(id));
  const unranked = [
    ...(options.paths === false ? [] : await readOtherRows(question.asset, known, deps.ledger)),
    ...(
      await describe(
        counted.slice(0, COUNTED_SEGMENTS).map((id) => ({ id, score: 0, features: {} })),
        [],
        scorer,
        deps,
      )
    ).values(),
  ];
  const sources = new Map([
    ...entities.map((q) => [q.entity.id, q.score] as const),
    ...[...own].map((id) => [id, 1] as const),
  ]);
  const targets = ranked.filter(({ segment }) => !own.has(segment.id)).slice(0, PATH_TARGETS);
  const paths =
    options.paths === false
      ? []
      : findEvidencePaths(
          walked.graph,
          sources,
          targets.map(({ segment }) => segment.id),
          new Map([...others, ...segments]),
          walked.hubCost,
        ).slice(0, MAX_PATHS);
  return {
    question,
    vector: seeds.vector,
    entities,
    segments: [...ranked, ...unranked],
    evidence: ranked.map(bestEvidence),
    paths: await stateHops(paths, walked.graph.edges, deps.ledger),
    nodes: new Map(walked.graph.nodes.map((node) => [node.id, node])),
    edges: walked.graph.edges,
    ...read,
    ...(census ? { census } : {}),
    ...(related ? { related } : {}),
  };
}

async function describe(
  ids: readonly { readonly id: string; readonly score: number; readonly features: Readonly<Record<string, number>> }[],
  known: readonly Segment[],
  scorer: SentenceScorer,
  { ledger }: Pick<RetrieveDeps, 'ledger'>,
): Promise<Map<string, RankedSegment>> {
  const missing = ids.map(({ id }) => id).filter((id) => !known.some((segment) => segment.id === id));
  const segments = new Map([...known, ...(await ledger.segmentsById(missing))].map((segment) => [segment.id, segment]));
  const [assets, readings, sentences] = await Promise.all([
    ledger.assetsById([...new Set([...segments.values()].map((segment) => segment.assetId))]),
    ledger.readingsOf([...segments.keys()]),
    scorer.scores([...segments.keys()]),
  ]);
  const assetById = new Map(assets.map((asset) => [asset.id, asset]));
  const described = new Map<string, RankedSegment>();
  for (const { id, score, features } of ids) {
    const segment = segments.get(id);
    const asset = segment && assetById.get(segment.assetId);
    if (!segment || !asset) continue;
    described.set(id, {
      segment,
      asset,
      readings: readings.get(id) ?? [],
      score,
      features,
      sentenceScores: sentences.get(id) ?? [],
    });
  }
  return described;
}
