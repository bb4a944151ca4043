import type { EvidencePath, Hop, Relation } from '../domain.ts';
import type { GraphEdge } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { evidenceAt } from './evidence.ts';
import { rankedAsThey } from './ranked.ts';
import { relationIdOf } from './stated.ts';

/** Sentences given of one relation on a path. */
const SENTENCES = 1;

/** The paths with the sentence that states each relation on them, which the edge itself does not hold: no hop that a text tells goes without its place. */
export async function stateHops(
  paths: readonly EvidencePath[],
  edges: readonly GraphEdge[],
  ledger: Pick<Ledger, 'relationsById' | 'segmentsById' | 'assetsById' | 'readingsOf'>,
): Promise<EvidencePath[]> {
  const bare = new Set(paths.flatMap(({ hops }) => hops.filter(isBare).map(({ edgeId }) => edgeId)));
  const relationOf = new Map(
    edges
      .filter(({ id }) => bare.has(id))
      .map((edge) => [edge.id, relationIdOf(edge)] as const)
      .filter(([, relation]) => relation !== ''),
  );
  if (relationOf.size === 0) return [...paths];
  const relations = new Map(
    (await ledger.relationsById([...new Set(relationOf.values())])).map((relation) => [relation.id, relation]),
  );
  const placesOf = (relation?: Relation) => relation?.evidence.slice(0, SENTENCES) ?? [];
  const segmentIds = [...relations.values()].flatMap((one) => placesOf(one).map(({ segmentId }) => segmentId));
  const ranked = await rankedAsThey([...new Set(segmentIds)], ledger);
  const stated = (hop: Hop): Hop => {
    if (!isBare(hop)) return hop;
    const evidence = placesOf(relations.get(relationOf.get(hop.edgeId) ?? '')).flatMap(({ segmentId, sentence }) => {
      const segment = ranked.get(segmentId);
      return segment ? [evidenceAt(segment, sentence)] : [];
    });
    return { ...hop, evidence };
  };
  return paths.map((path) => ({ ...path, hops: path.hops.map(stated) }));
}

function isBare({ evidence }: Hop): boolean {
  return evidence.length === 0;
}
