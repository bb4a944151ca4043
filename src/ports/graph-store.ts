import type { EdgeType, NodeLabel } from '../../graph/ontology.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface GraphNode {
  readonly id: string;
  readonly label: NodeLabel;
  /** What a person reads on the node. */
  readonly caption: string;
  readonly properties: { readonly [key: string]: Json };
}

export interface GraphEdge {
  /** Deterministic: `from|TYPE|to` (and the predicate for RELATES_TO), so applying twice changes nothing. */
  readonly id: string;
  readonly type: EdgeType;
  readonly from: string;
  readonly to: string;
  /** 0…1; a bounded expansion takes the heaviest edges of a node first. */
  readonly weight: number;
  readonly properties: { readonly [key: string]: Json };
}

export type GraphChange =
  | { readonly op: 'upsertNode'; readonly node: GraphNode }
  | { readonly op: 'upsertEdge'; readonly edge: GraphEdge }
  /** Takes the node's edges too. */
  | { readonly op: 'deleteNode'; readonly id: string }
  | { readonly op: 'deleteEdge'; readonly id: string };

export interface Subgraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface Expansion {
  readonly from: readonly string[];
  /** 1…4. */
  readonly hops: number;
  /** Heaviest edges taken per node, type and direction; 1…200. */
  readonly fanout: number;
  readonly types?: readonly EdgeType[];
  /** Only edges of these predicates (property `predicate`), other edge types unaffected. */
  readonly predicates?: readonly string[];
  /** Stops growing once this many nodes are held. Default 2,000. */
  readonly maxNodes?: number;
  /** A node of more edges than this is kept but not expanded further (a hub). Seeds are always expanded. Default: none. */
  readonly skipDegreeOver?: number;
}

/** The knowledge graph. Every read is bounded, so that its cost follows the neighbourhood and not the graph. */
export interface GraphStore {
  /**
   * Applies in order, idempotently, all or nothing; but edges of nodes that it deletes may be gone before, where they are
   * too many for one transaction. An edge whose ends are missing is an error (BAD_INPUT). `turn`: of
   * those who apply one after the other, each has a higher one; who comes late, after one with a higher turn, is refused
   * (REMOTE_FAILED), so that what is old never replaces what is new. A graph that is written in the transaction that
   * holds the turn needs none.
   */
  apply(changes: readonly GraphChange[], turn?: number): Promise<void>;
  /** In the order asked; unknown ids are left out. */
  nodes(ids: readonly string[]): Promise<GraphNode[]>;
  /** In the order asked; unknown ids are left out. */
  edges(ids: readonly string[]): Promise<GraphEdge[]>;
  /** Edges count as undirected. Seeds unknown to the graph are left out. Both ends of every edge given are in `nodes`. */
  expand(expansion: Expansion): Promise<Subgraph>;
  /** Number of edges of each node, both directions, by type. Counting stops at `limit` a node (default 1,000). */
  degrees(ids: readonly string[], types?: readonly EdgeType[], limit?: number): Promise<Map<string, number>>;
  counts(): Promise<{ nodes: number; edges: number }>;
  /** A page of at most `limit` nodes whose ids follow `after`, in the order of their ids, and all edges that leave them: to look through the whole graph. */
  scan(after: string, limit: number): Promise<Subgraph>;
}
