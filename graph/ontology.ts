/**
 * The graph's allow-lists, without I/O. Labels and edge types reach a store only from here: they can't be
 * query parameters in Cypher, so nothing that a user or a model wrote may ever become one.
 */

export const NODE_LABELS = ['Asset', 'Segment', 'Entity', 'Conversation', 'Turn'] as const;
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
  /** Conversation → Turn. */
  HAS_TURN: { from: 'Conversation', to: 'Turn' },
  /** Turn → Turn: the one after it. */
  NEXT: { from: 'Turn', to: 'Turn' },
  /** Turn → Entity: question or answer names it. */
  SPEAKS_OF: { from: 'Turn', to: 'Entity' },
  /** Turn → Segment: the answer rests on it. */
  CITES: { from: 'Turn', to: 'Segment' },
} as const satisfies Record<string, { from: NodeLabel; to: NodeLabel }>;
export type EdgeType = keyof typeof EDGE_TYPES;

/** What was ingested and what it means, without what was said about it: nothing is known for having been asked. */
export const KNOWLEDGE_EDGES = (Object.keys(EDGE_TYPES) as EdgeType[]).filter(
  (type) => EDGE_TYPES[type].from !== 'Turn' && EDGE_TYPES[type].from !== 'Conversation',
);

/** Label of a node, read off its typed id (`Entity:…`); undefined when the id is not one of ours. */
export function labelOf(id: string): NodeLabel | undefined {
  const label = id.slice(0, id.indexOf(':'));
  return NODE_LABELS.find((known) => known === label);
}
