import { KNOWLEDGE_EDGES } from '../../graph/ontology.ts';
import type { EvidencePath } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { buildLocalGraph, type LocalGraph } from './local-graph.ts';
import { findEvidencePaths } from './paths.ts';
import { rankedAsThey } from './ranked.ts';
import { stateHops } from './state-hops.ts';

/** Neighbours a node on either side, and the nodes held at most, while two nodes are joined. */
const FANOUT = 50;
const MAX_NODES = 2000;
/** What has more edges than this joins everything with everything, and is not gone through. */
const HUB = 500;
/** Paths given. */
const MOST_PATHS = 5;

/**
 * The best paths between two nodes over at most `maxHops` (1…6) edges, met in the middle from both: the cheapest, then
 * the cheapest that do without one of its hops, at most five. None when they are farther apart.
 */
export async function findPaths(
  fromId: string,
  toId: string,
  maxHops: number,
  deps: { readonly graph: GraphStore; readonly ledger: Ledger },
): Promise<EvidencePath[]> {
  if (maxHops < 1 || maxHops > 6) throw new SensegraphError('BAD_INPUT', 'maxHops goes from 1 to 6.');
  const near = Math.ceil(maxHops / 2);
  const [a, b] = await Promise.all(
    [fromId, toId].map((id, side) =>
      deps.graph.expand({
        from: [id],
        hops: Math.max(1, side === 0 ? near : maxHops - near),
        fanout: FANOUT,
        maxNodes: MAX_NODES,
        skipDegreeOver: HUB,
        types: KNOWLEDGE_EDGES,
      }),
    ),
  );
  if (!a || !b) return [];
  const graph = buildLocalGraph([a, b]);
  const segments = await rankedAsThey(
    graph.nodes.filter((node) => node.label === 'Segment').map((node) => node.id),
    deps.ledger,
  );
  const [best] = findPathsIn(graph, segments);
  if (!best) return [];
  const found = new Map([[best.id, best]]);
  for (const { edgeId } of best.hops) {
    const without = { nodes: graph.nodes, edges: graph.edges.filter(({ id }) => id !== edgeId) };
    for (const path of findPathsIn(buildLocalGraph([without]), segments)) found.set(path.id, path);
  }
  const paths = [...found.values()].toSorted((x, y) => y.score - x.score).slice(0, MOST_PATHS);
  return stateHops(paths, graph.edges, deps.ledger);

  function findPathsIn(part: LocalGraph, passed: typeof segments): EvidencePath[] {
    return findEvidencePaths(part, new Map([[fromId, 1]]), [toId], passed, () => 0).filter(
      (path) => path.hops.length <= maxHops,
    );
  }
}
