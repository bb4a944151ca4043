import type { GraphStore } from '../ports/graph-store.ts';
import { bridge, type Activation } from './bridge.ts';
import { buildLocalGraph, type LocalGraph } from './local-graph.ts';
import type { QuestionEntity } from './retrieval.ts';
import type { Seeds } from './seeds.ts';
import type { SentenceScorer } from './sentence-scorer.ts';

/** Nearest segments that the walk starts from besides the entities. */
const DENSE_SEEDS = 60;
const LEXICAL_SEEDS = 30;
const FANOUT = 60;
const HUB = 100;
const MAX_NODES = 3000;

export interface Walked {
  readonly graph: LocalGraph;
  /** Entities that the question names or that bridging reached. */
  readonly activations: ReadonlyMap<string, Activation>;
  /** Edges of each active entity, counted up to a limit. */
  readonly degrees: ReadonlyMap<string, number>;
  /** Extra cost of a path over this node: the busier, the less a step over it explains. */
  readonly hubCost: (nodeId: string) => number;
}

/** The bounded neighbourhood of a question: bridging from its entities, then two hops around all that is active. */
export async function walk(
  seeds: Seeds,
  entities: readonly QuestionEntity[],
  graph: GraphStore,
  scorer: SentenceScorer,
): Promise<Walked> {
  const starts = new Map(entities.map((q) => [q.entity.id, q.score]));
  const activations =
    starts.size === 0 ? new Map<string, Activation>() : await bridge(starts, graph, (ids) => scorer.scores(ids));
  const segments = [...best(seeds.dense, DENSE_SEEDS), ...best(seeds.lexical, LEXICAL_SEEDS)];
  const active = [...activations.keys()];
  const [around, kinds, degrees] = await Promise.all([
    graph.expand({
      from: [...new Set([...active, ...segments])],
      hops: 2,
      fanout: FANOUT,
      types: ['MENTIONS', 'ABOUT'],
      maxNodes: MAX_NODES,
      skipDegreeOver: HUB,
    }),
    graph.expand({ from: active, hops: 1, fanout: 12, types: ['IS_A', 'RELATES_TO'], maxNodes: 500 }),
    graph.degrees(active, ['MENTIONS', 'ABOUT']),
  ]);
  const local = buildLocalGraph([around, kinds]);
  const hubCost = (id: string) => {
    const i = local.index.get(id);
    const degree = i === undefined ? 0 : (local.offsets[i + 1] ?? 0) - (local.offsets[i] ?? 0);
    return id.startsWith('Entity:') ? 0.15 * Math.log2(1 + degree) : 0;
  };
  return { graph: local, activations, degrees, hubCost };
}

function best(scores: ReadonlyMap<string, number>, k: number): string[] {
  return [...scores]
    .sort((a, b) => b[1] - a[1])
    .slice(0, k)
    .map(([id]) => id);
}
