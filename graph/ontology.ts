/**
 * The graph's allow-lists, without I/O. Labels and edge types reach a store only from here: they can't be
 * query parameters in Cypher, so nothing that a user or a model wrote may ever become one.
 */

export const NODE_LABELS = ['Asset', 'Segment', 'Entity'] as const;
export type NodeLabel = (typeof NODE_LABELS)[number];

export const EDGE_TYPES = {
  /** Asset → Segment. */
  HAS_SEGMENT: { from: 'Asset', to: 'Segment' },
  /** Segment → Entity: named, read, depicted or heard there. */
  MENTIONS: { from: 'Segment', to: 'Entity' },
  /** Segment → Entity: the asset's title names it. */
  ABOUT: { from: 'Segment', to: 'Entity' },
  /** Entity → Entity: a kind of (WordNet hypernym, or stated in text). */
  IS_A: { from: 'Entity', to: 'Entity' },
  /** Entity → Entity: subject, verb, object; the verb is the `predicate` property. */
  RELATES_TO: { from: 'Entity', to: 'Entity' },
  /** Entity → Entity: next to each other in a sentence. */
  CO_OCCURS: { from: 'Entity', to: 'Entity' },
} as const satisfies Record<string, { from: NodeLabel; to: NodeLabel }>;
export type EdgeType = keyof typeof EDGE_TYPES;

/** Label of a node, read off its typed id (`Entity:…`); undefined when the id is not one of ours. */
export function labelOf(id: string): NodeLabel | undefined {
  const label = id.slice(0, id.indexOf(':'));
  return NODE_LABELS.find((known) => known === label);
}
