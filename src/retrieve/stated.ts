import type { Evidence, Relation } from '../domain.ts';
import type { EdgeType } from '../../graph/ontology.ts';
import type { GraphEdge, GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { evidenceAt } from './evidence.ts';
import { rankedAsThey } from './ranked.ts';

/** A relation with the sentences that state it. */
export interface Stated {
  readonly relation: Omit<Relation, 'evidence'>;
  readonly subject: string;
  readonly object: string;
  /** How many places state it. */
  readonly places: number;
  /** At most three, never none. */
  readonly evidence: readonly Evidence[];
}

/** Sentences given of one relation. */
const EVIDENCE = 3;
const TYPES: readonly EdgeType[] = ['RELATES_TO', 'IS_A'];

/**
 * The strongest relations of some entities, both directions, strongest first: at most `fanout` a node, type and
 * direction. What no sentence bears any more is left out. `wanted`: asked before anything of an edge is read.
 */
export async function statedRelations(
  entityIds: readonly string[],
  fanout: number,
  { graph, ledger }: { readonly graph: GraphStore; readonly ledger: Ledger },
  types = TYPES,
  wanted: (edge: GraphEdge) => boolean = () => true,
): Promise<Stated[]> {
  const around = await graph.expand({ from: entityIds, hops: 1, fanout, types, maxNodes: 2000 });
  const nodes = around.nodes;
  const edges = around.edges.filter(wanted);
  const captions = new Map(nodes.map(({ id, caption }) => [id, caption]));
  const places = new Map(edges.map((edge) => [relationIdOf(edge), countOf(edge)]));
  const relations = await ledger.relationsById(edges.map(relationIdOf).filter((id) => id !== ''));
  const told = relations.map((relation) => ({ relation, evidence: relation.evidence.slice(0, EVIDENCE) }));
  const ranked = await rankedAsThey(
    [...new Set(told.flatMap(({ evidence }) => evidence.map(({ segmentId }) => segmentId)))],
    ledger,
  );
  return told
    .flatMap(({ relation, evidence }): Stated[] => {
      const borne = evidence.flatMap(({ segmentId, sentence }) => {
        const segment = ranked.get(segmentId);
        return segment ? [evidenceAt(segment, sentence)] : [];
      });
      if (borne.length === 0) return [];
      return [
        {
          relation,
          subject: captions.get(relation.subjectId) ?? '',
          object: captions.get(relation.objectId) ?? '',
          places: places.get(relation.id) ?? borne.length,
          evidence: borne,
        },
      ];
    })
    .toSorted(strongest);
}

/** What is stated between names says more than what kind a thing is; then the surer, then the oftener told. */
function strongest(a: Stated, b: Stated): number {
  const kind = ({ relation }: Stated): number => (relation.type === 'RELATES_TO' ? 0 : 1);
  return (
    kind(a) - kind(b) ||
    b.relation.confidence - a.relation.confidence ||
    b.places - a.places ||
    (a.relation.id < b.relation.id ? -1 : 1)
  );
}

/** A relation as it is said: "Thomas Miller born in Westbrook". */
export function statementOf({ subject, object, relation }: Stated): string {
  const isVowel = relation.predicate === 'is a' && /^[aeio]/i.test(object);
  return [subject, isVowel ? 'is an' : relation.predicate, object].filter((word) => word !== '').join(' ');
}

/** Id of the relation in the ledger that an edge stands for; '' for an edge that stands for none. */
export function relationIdOf({ properties }: GraphEdge): string {
  const id = properties['relationId'];
  return typeof id === 'string' ? id : '';
}

function countOf({ properties }: GraphEdge): number {
  const count = properties['count'];
  return typeof count === 'number' ? count : 1;
}
