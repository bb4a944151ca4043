import { similarNodes } from '../graph/algorithms/similarity.ts';
import type { Entity } from './domain.ts';
import { SensegraphError } from './errors.ts';
import type { EdgeType } from '../graph/ontology.ts';
import type { GraphNode, GraphStore } from './ports/graph-store.ts';
import type { Ledger } from './ports/ledger.ts';
import { buildLocalGraph } from './retrieve/local-graph.ts';

export interface SimilarEntity {
  readonly entity: Entity;
  /** Jaccard index of what the two are mentioned in and related to, 0…1. */
  readonly score: number;
  /** What they share, at most 5. */
  readonly through: readonly GraphNode[];
  /** How much they share. */
  readonly shared: number;
}

/** Being side by side in a sentence is left out: it says again that they are mentioned in one passage. */
const TYPES: readonly EdgeType[] = ['MENTIONS', 'ABOUT', 'RELATES_TO', 'IS_A'];
/** Neighbours of a node that are looked at, a type and direction. */
const FANOUT = 50;
/** What is shared with half the world makes nothing similar. */
const HUB = 500;
/** Entities held against the one asked for: those that share most. */
const CANDIDATES = 200;
const THROUGH = 5;

/**
 * The entities that are mentioned in the same passages and related to the same things, best first. The cost is bounded:
 * at most 50 neighbours a type, and 200 entities compared. NOT_FOUND.
 */
export async function similarEntities(
  id: string,
  first: number,
  { graph, ledger }: { readonly graph: GraphStore; readonly ledger: Ledger },
): Promise<SimilarEntity[]> {
  const [known] = await ledger.entitiesById([id]);
  if (!known) throw new SensegraphError('NOT_FOUND', `There is no entity ${id}.`);
  const bounds = { fanout: FANOUT, types: TYPES };
  const near = await graph.expand({ from: [id], hops: 2, skipDegreeOver: HUB, ...bounds });
  const around = buildLocalGraph([near]);
  const isEntity = (node: GraphNode | undefined): boolean => node?.label === 'Entity';
  const candidates = similarNodes(around, around.index.get(id) ?? 0, Infinity, (i) => isEntity(around.nodes[i]))
    .toSorted((a, b) => b.shared.length - a.shared.length || a.node - b.node)
    .slice(0, CANDIDATES)
    .flatMap(({ node }) => around.nodes[node]?.id ?? []);
  // Of the candidates only what they share is known so far: the rest of their neighbours tells how much that is.
  const whole = buildLocalGraph([near, await graph.expand({ from: candidates, hops: 1, ...bounds })]);
  const wanted = new Set(candidates);
  const found = similarNodes(whole, whole.index.get(id) ?? 0, first, (i) => wanted.has(whole.nodes[i]?.id ?? ''));
  const entities = await ledger.entitiesById(found.flatMap(({ node }) => whole.nodes[node]?.id ?? []));
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  return found.flatMap(({ node, score, shared }) => {
    const entity = byId.get(whole.nodes[node]?.id ?? '');
    const through = shared.slice(0, THROUGH).flatMap((i) => whole.nodes[i] ?? []);
    return entity ? [{ entity, score, through, shared: shared.length }] : [];
  });
}
