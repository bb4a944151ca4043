import { forwardPush } from '../../graph/algorithms/forward-push.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import { featureRows, namedChannel, pathChannel, titleChannel } from './features.ts';
import { rankScore, type RankerWeights } from './ranker.ts';
import type { Recipe } from './recipes.ts';
import type { QuestionEntity } from './retrieval.ts';
import type { Seeds } from './seeds.ts';
import type { SentenceScorer } from './sentence-scorer.ts';
import { sentencesOf } from './local-graph.ts';
import { minMax } from './vectors.ts';
import type { Walked } from './walk.ts';

/** Candidates taken from each channel. */
const PER_CHANNEL = 40;
/** Most segments whose similarity is looked up. */
const MOST = 1000;

export interface RankedId {
  readonly id: string;
  readonly score: number;
  readonly features: Readonly<Record<string, number>>;
}

/** Every segment that any channel found, scored by each of them and put in one order. */
export async function rank(
  seeds: Seeds,
  entities: readonly QuestionEntity[],
  walked: Walked,
  scorer: SentenceScorer,
  recipe: Recipe,
  deps: { readonly vectors: Pick<VectorStore, 'search'>; readonly textSpace: string },
  weights?: RankerWeights,
): Promise<RankedId[]> {
  const segments = [
    ...new Set([
      ...seeds.dense.keys(),
      ...seeds.lexical.keys(),
      ...walked.graph.nodes.filter((node) => node.label === 'Segment').map((node) => node.id),
    ]),
  ].slice(0, MOST);
  if (segments.length === 0) return [];
  const dense = await similarities(segments, seeds, deps);
  const lexical = segments.map((id) => seeds.lexical.get(id) ?? 0);
  const none = segments.map(() => 0);
  const named = new Map(entities.map((q) => [q.entity.id, q.score]));
  const starts = walked.starts ?? byRarity(named, walked);
  const walkScores = recipe.walk ? walkFrom(segments, dense, starts, walked, new Map()) : none;
  const tiers = new Map([...walked.activations].map(([id, a]) => [id, a.tier]));
  const active = byRarity(new Map([...walked.activations].map(([id, a]) => [id, a.score])), walked);
  const bridgeScores = recipe.walk ? walkFrom(segments, dense, active, walked, tiers) : none;

  const picked = topOfEach([dense, lexical, walkScores, bridgeScores]);
  const sentences = await scorer.scores(picked.map((i) => segments[i] ?? ''));
  const ids = picked.map((i) => segments[i] ?? '');
  const take = (values: readonly number[]) => picked.map((i) => values[i] ?? 0);
  const rows = featureRows({
    dense: take(dense),
    lexical: take(lexical),
    sentence: ids.map((id, k) =>
      Math.max(...(sentences.get(id) ?? []), ...(sentences.get(id)?.length ? [] : [dense[picked[k] ?? 0] ?? 0])),
    ),
    walk: take(walkScores),
    bridge: take(bridgeScores),
    title: titleChannel(ids, walked.graph, entities),
    named: namedChannel(ids, walked.graph, entities, walked.degrees),
    path: pathChannel(ids, walked.graph, walked.activations),
  });
  return ids
    .map((id, k): RankedId => {
      const features = rows[k] ?? {};
      return { id, score: scoreBy(recipe.order, features, weights), features };
    })
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function scoreBy(
  order: Recipe['order'],
  features: Readonly<Record<string, number>>,
  weights: RankerWeights | undefined,
): number {
  switch (order) {
    case 'FUSION':
      return rankScore(features, weights);
    case 'DENSE':
      return features['dense'] ?? 0;
    case 'LEXICAL':
      return features['lexical.share'] ?? 0;
    case 'WALK':
      return features['walk.share'] ?? 0;
    case 'BRIDGE':
      return features['bridge.share'] ?? 0;
  }
}

/** Weights of a walk's starts: the rarer a name, the more. */
function byRarity(scores: ReadonlyMap<string, number>, { degrees }: Walked): Map<string, number> {
  return new Map([...scores].map(([id, score]) => [id, score / Math.sqrt(Math.max(1, degrees.get(id) ?? 1))]));
}

/** Cosine with the question of every segment, found by the index or looked up. */
async function similarities(
  segments: readonly string[],
  seeds: Seeds,
  deps: { readonly vectors: Pick<VectorStore, 'search'>; readonly textSpace: string },
): Promise<number[]> {
  const missing = segments.filter((id) => !seeds.dense.has(id));
  const hasWords = seeds.vector.some((value) => value !== 0);
  const found = new Map(
    missing.length === 0 || !hasWords
      ? []
      : (await deps.vectors.search(deps.textSpace, seeds.vector, missing.length, { among: missing })).map((hit) => [
          hit.nodeId,
          hit.score,
        ]),
  );
  return segments.map((id) => seeds.dense.get(id) ?? found.get(id) ?? 0);
}

/**
 * A walk that starts at the active entities by their weights and a little at every segment by its similarity, as LinearRAG
 * has it: 0.05 · (1.5 · minmax(dense) + ln(1 + Σ weight · ln(1 + occurrences) / tier)); the weights of entities are ours
 * (`byRarity`), which the paper has none of.
 */
function walkFrom(
  segments: readonly string[],
  dense: readonly number[],
  starts: ReadonlyMap<string, number>,
  { graph }: Walked,
  tiers: ReadonlyMap<string, number>,
): number[] {
  const reset = new Float64Array(graph.nodes.length);
  const bonus = new Map<number, number>();
  for (const [id, weight] of starts) {
    const i = graph.index.get(id);
    if (i === undefined) continue;
    reset[i] = weight;
    for (let k = graph.offsets[i] ?? 0; k < (graph.offsets[i + 1] ?? 0); k++) {
      const to = graph.targets[k] ?? 0;
      const edge = graph.edges[graph.edgeOf[k] ?? -1];
      const occurrences = Math.max(1, edge ? sentencesOf(edge).length : 1);
      bonus.set(to, (bonus.get(to) ?? 0) + (weight * Math.log1p(occurrences)) / (tiers.get(id) ?? 1));
    }
  }
  const share = minMax(dense);
  for (const [k, id] of segments.entries()) {
    const i = graph.index.get(id);
    if (i !== undefined)
      reset[i] = 0.05 * (1.5 * (share[k] ?? 0) + (tiers.size > 0 ? Math.log1p(bonus.get(i) ?? 0) : 0));
  }
  const scores = forwardPush(graph, reset);
  return segments.map((id) => scores[graph.index.get(id) ?? -1] ?? 0);
}

/** Indexes of the segments that are among the best of any channel. */
function topOfEach(channels: readonly (readonly number[])[]): number[] {
  const picked = new Set<number>();
  for (const channel of channels) {
    const order = channel.map((value, i) => [value, i] as const).filter(([value]) => value > 0);
    for (const [, i] of order.toSorted((a, b) => b[0] - a[0]).slice(0, PER_CHANNEL)) picked.add(i);
  }
  return [...picked];
}
