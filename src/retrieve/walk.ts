import type { GraphEdge, GraphStore } from '../ports/graph-store.ts';
import { bridge, type Activation } from './bridge.ts';
import { buildLocalGraph, type LocalGraph } from './local-graph.ts';
import type { Recipe } from './recipes.ts';
import type { QuestionEntity } from './retrieval.ts';
import type { Seeds } from './seeds.ts';
import type { SentenceScorer } from './sentence-scorer.ts';

/** Nearest segments that the walk starts from besides the entities, and all segments that it may pass. */
const DENSE_SEEDS = 60;
const LEXICAL_SEEDS = 30;
const MOST_SEGMENTS = 200;
/** Strongest segments taken of an entity; an entity in more segments than HUB joins too much to be followed. */
const PER_ENTITY = 30;
const HUB = 100;
/** Entities taken of a segment. */
const PER_SEGMENT = 24;

export const MENTIONS = ['MENTIONS', 'ABOUT'] as const;

export interface Walked {
  readonly graph: LocalGraph;
  /** Entities that the question names or that bridging reached. */
  readonly activations: ReadonlyMap<string, Activation>;
  /** Edges of each active entity, counted up to a limit. */
  readonly degrees: ReadonlyMap<string, number>;
  /** Extra cost of a path over this node: the busier, the less a step over it explains. */
  readonly hubCost: (nodeId: string) => number;
  /** Entities that a walk starts from, with their weights, where it isn't those that the question names. */
  readonly starts?: ReadonlyMap<string, number>;
}

/**
 * The bounded neighbourhood of a question: bridging from its entities, the segments around all that is active, and
 * what those segments name. Three round trips after bridging, whatever the size of the graph.
 */
export async function walk(
  seeds: Seeds,
  entities: readonly QuestionEntity[],
  graph: GraphStore,
  scorer: SentenceScorer,
  use: Pick<Recipe, 'bridge'>,
): Promise<Walked> {
  const starts = new Map(entities.map((q) => [q.entity.id, q.score]));
  const activations =
    use.bridge && starts.size > 0
      ? await bridge(starts, graph, (ids) => scorer.scores(ids), use.bridge)
      : new Map<string, Activation>([...starts].map(([id, score]) => [id, { score, tier: 1 }]));
  const active = [...activations.keys()];
  const degrees = await graph.degrees(active, MENTIONS, HUB + 1);
  const followed = active.filter((id) => (degrees.get(id) ?? 0) <= HUB);
  const [near, kinds] = await Promise.all([
    graph.expand({ from: followed, hops: 1, fanout: PER_ENTITY, types: MENTIONS }),
    graph.expand({ from: active, hops: 1, fanout: 12, types: ['IS_A', 'RELATES_TO'], maxNodes: 500 }),
  ]);
  const segments = new Set([...best(seeds.dense, DENSE_SEEDS), ...best(seeds.lexical, LEXICAL_SEEDS)]);
  for (const id of segmentsOf(followed, near.edges, degrees, activations))
    if (segments.size < MOST_SEGMENTS) segments.add(id);
  const named = await graph.expand({
    from: [...segments],
    hops: 1,
    fanout: PER_SEGMENT,
    types: MENTIONS,
    maxNodes: 10_000,
  });
  const local = buildLocalGraph([near, named, kinds]);
  const hubCost = (id: string) => {
    const i = local.index.get(id);
    const degree = i === undefined ? 0 : (local.offsets[i + 1] ?? 0) - (local.offsets[i] ?? 0);
    return id.startsWith('Entity:') ? 0.15 * Math.log2(1 + degree) : 0;
  };
  return { graph: local, activations, degrees, hubCost };
}

/** Segments of the entities, the question's own before those that bridging reached, of the least mentioned first: a name that is everywhere leaves no room for one that tells. */
function segmentsOf(
  entities: readonly string[],
  edges: readonly GraphEdge[],
  degrees: ReadonlyMap<string, number>,
  activations: ReadonlyMap<string, Activation>,
): string[] {
  const tierOf = (id: string): number => activations.get(id)?.tier ?? 0;
  const rare = entities.toSorted((a, b) => tierOf(a) - tierOf(b) || (degrees.get(a) ?? 0) - (degrees.get(b) ?? 0));
  const own = Map.groupBy(edges, ({ from, to }) => (from.startsWith('Entity:') ? from : to));
  return rare.flatMap((id) => (own.get(id) ?? []).map(({ from, to }) => (from === id ? to : from)));
}

function best(scores: ReadonlyMap<string, number>, k: number): string[] {
  return [...scores]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, k)
    .map(([id]) => id);
}
