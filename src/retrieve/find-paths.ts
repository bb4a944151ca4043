import { KNOWLEDGE_EDGES } from '../../graph/ontology.ts';
import type { EvidencePath } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { buildLocalGraph } from './local-graph.ts';
import { findEvidencePaths } from './paths.ts';
import { rankedAsThey } from './ranked.ts';

/** Neighbours a node on either side, and the nodes held at most, while two nodes are joined. */
const FANOUT = 50;
const MAX_NODES = 2000;

/** The best path between two nodes over at most `maxHops` (1…6) edges, met in the middle from both; none when they are farther apart. */
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
  return findEvidencePaths(graph, new Map([[fromId, 1]]), [toId], segments, () => 0).filter(
    (path) => path.hops.length <= maxHops,
  );
}
