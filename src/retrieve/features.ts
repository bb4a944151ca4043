import type { LocalGraph } from './local-graph.ts';
import type { QuestionEntity } from './retrieval.ts';
import { minMax, reciprocalRank } from './vectors.ts';

/** What the channels say of each candidate, parallel to the candidates. */
export interface Channels {
  readonly dense: readonly number[];
  readonly lexical: readonly number[];
  readonly sentence: readonly number[];
  readonly walk: readonly number[];
  readonly bridge: readonly number[];
  readonly title: readonly number[];
  readonly named: readonly number[];
  readonly path: readonly number[];
}

const SHARED = ['dense', 'lexical', 'sentence', 'walk', 'bridge'] as const;

/** Names of all features, in the order of the ranker's weights. */
export const FEATURES: readonly string[] = [
  'dense',
  'sentence',
  ...SHARED.flatMap((name) => [`${name}.share`, `${name}.rank`]),
  'title',
  'named',
  'path',
];

/** One row a candidate: each channel as its share of the best (min–max), its reciprocal rank, and raw where the scale means something. */
export function featureRows(channels: Channels): Record<string, number>[] {
  const rows: Record<string, number>[] = channels.dense.map(() => ({}));
  const put = (name: string, values: readonly number[]) => {
    for (const [i, row] of rows.entries()) row[name] = values[i] ?? 0;
  };
  put('dense', channels.dense);
  put('sentence', channels.sentence);
  for (const name of SHARED) {
    put(`${name}.share`, minMax(channels[name]));
    put(`${name}.rank`, reciprocalRank(channels[name]));
  }
  put('title', channels.title);
  put('named', channels.named.map(Math.log1p));
  put('path', channels.path);
  return rows;
}

/** Per candidate: words (at most 3, as 0…1) of the longest name in the question that the candidate's asset is about. */
export function titleChannel(
  candidates: readonly string[],
  graph: LocalGraph,
  named: readonly QuestionEntity[],
): number[] {
  const words = new Map(
    named.filter((q) => q.surface !== '').map((q) => [q.entity.id, Math.min(3, q.surface.split(/\s+/).length) / 3]),
  );
  return overEdges(
    candidates,
    graph,
    (type, entityId) => (type === 'ABOUT' ? (words.get(entityId) ?? 0) : 0),
    Math.max,
  );
}

/** Per candidate: the question's entities that it names, each worth less the more segments name it. */
export function namedChannel(
  candidates: readonly string[],
  graph: LocalGraph,
  named: readonly QuestionEntity[],
  degrees: ReadonlyMap<string, number>,
): number[] {
  const worth = new Map(named.map((q) => [q.entity.id, q.score / Math.log2(2 + (degrees.get(q.entity.id) ?? 0))]));
  return candidates.map((id) => {
    let sum = 0;
    for (const entityId of new Set(neighbours(id, graph).map(([, entity]) => entity))) sum += worth.get(entityId) ?? 0;
    return sum;
  });
}

/** Per candidate: how near to the question's names it lies, 1 where it names one, 1/2 where one that a sentence leads to, and so on; 0 where bridging found nothing that it names. */
export function pathChannel(
  candidates: readonly string[],
  graph: LocalGraph,
  activations: ReadonlyMap<string, { readonly tier: number }>,
): number[] {
  return overEdges(
    candidates,
    graph,
    (_, entityId) => {
      const active = activations.get(entityId);
      return active ? 1 / active.tier : 0;
    },
    Math.max,
  );
}

function overEdges(
  candidates: readonly string[],
  graph: LocalGraph,
  value: (type: string, entityId: string) => number,
  join: (a: number, b: number) => number,
): number[] {
  return candidates.map((id) =>
    neighbours(id, graph).reduce((sum, [type, entity]) => join(sum, value(type, entity)), 0),
  );
}

function neighbours(id: string, graph: LocalGraph): [type: string, entityId: string][] {
  const i = graph.index.get(id);
  if (i === undefined) return [];
  const found: [string, string][] = [];
  for (let k = graph.offsets[i] ?? 0; k < (graph.offsets[i + 1] ?? 0); k++) {
    const edge = graph.edges[graph.edgeOf[k] ?? -1];
    if (edge && (edge.type === 'MENTIONS' || edge.type === 'ABOUT')) found.push([edge.type, edge.to]);
  }
  return found;
}
