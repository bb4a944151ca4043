import fc from 'fast-check';
import { EDGE_TYPES, type EdgeType } from '../../graph/ontology.ts';
import type { Expansion, GraphChange, GraphEdge, GraphNode } from '../../src/ports/graph-store.ts';

export const put = (...things: (GraphNode | GraphEdge)[]): GraphChange[] =>
  things.map((thing) => ('label' in thing ? { op: 'upsertNode', node: thing } : { op: 'upsertEdge', edge: thing }));

const NODE_IDS = [
  'Asset:1',
  'Segment:1',
  'Segment:2',
  ...[1, 2, 3, 4].map((n) => `Entity:${n}`),
  'Conversation:1',
  'Turn:1',
  'Turn:2',
];

function anyNode(): fc.Arbitrary<GraphNode> {
  return fc
    .record({
      id: fc.constantFrom(...NODE_IDS),
      caption: fc.string(),
      properties: fc.record({ kind: fc.constantFrom('NAME', 'PLACE'), text: fc.string({ unit: 'grapheme' }) }),
    })
    .map((part) => ({ ...part, label: part.id.slice(0, part.id.indexOf(':')) as GraphNode['label'] }));
}

function anyEdge(): fc.Arbitrary<GraphEdge> {
  return fc
    .record({
      type: fc.constantFrom(...(Object.keys(EDGE_TYPES) as EdgeType[])),
      ends: fc.tuple(fc.nat(9), fc.nat(9)),
      weight: fc.constantFrom(0, 0.25, 0.5, 1),
      predicate: fc.constantFrom('meets', 'built'),
    })
    .map(({ type, ends, weight, predicate }) => {
      const of = (label: string, n: number): string => {
        const fitting = NODE_IDS.filter((id) => id.startsWith(label));
        return fitting[n % fitting.length] ?? '';
      };
      const [from, to] = [of(EDGE_TYPES[type].from, ends[0]), of(EDGE_TYPES[type].to, ends[1])];
      const isRelation = type === 'RELATES_TO';
      const id = `${from}|${type}|${to}${isRelation ? `|${predicate}` : ''}`;
      return { id, type, from, to, weight, properties: isRelation ? { predicate } : {} };
    });
}

/** Changes of a few nodes and edges; some name what is not there. */
export function batch(): fc.Arbitrary<GraphChange[]> {
  const upserts = fc
    .tuple(fc.array(anyNode(), { maxLength: 12 }), fc.array(anyEdge(), { maxLength: 8 }))
    .map(([nodes, edges]) => put(...nodes, ...edges));
  const any = fc.oneof(
    upserts,
    fc.array(anyNode(), { maxLength: 3 }).map((nodes) => put(...nodes)),
    fc.constantFrom(...NODE_IDS).map((id): GraphChange[] => [{ op: 'deleteNode', id }]),
    anyEdge().map(({ id }): GraphChange[] => [{ op: 'deleteEdge', id }]),
  );
  return fc.array(any, { minLength: 1, maxLength: 4 }).map((parts) => parts.flat());
}

/** Any expansion from some of the same nodes. */
export function expansion(): fc.Arbitrary<Expansion> {
  return fc.record(
    {
      from: fc.array(fc.constantFrom(...NODE_IDS, 'Entity:unknown'), { minLength: 1, maxLength: 3 }),
      hops: fc.integer({ min: 1, max: 4 }),
      fanout: fc.integer({ min: 1, max: 3 }),
      types: fc.constantFrom<EdgeType[]>(['RELATES_TO'], ['MENTIONS', 'HAS_SEGMENT'], ['CO_OCCURS', 'IS_A', 'ABOUT']),
      predicates: fc.constantFrom(['built'], ['built', 'meets']),
      maxNodes: fc.integer({ min: 1, max: 6 }),
      skipDegreeOver: fc.integer({ min: 0, max: 4 }),
    },
    { requiredKeys: ['from', 'hops', 'fanout'] },
  );
}
