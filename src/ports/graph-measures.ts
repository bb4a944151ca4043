/** What an analysis of a whole graph found about a node. */
export interface NodeMeasures {
  readonly id: string;
  /** PageRank; what it sums to is the engine's. Higher is more central. */
  readonly pageRank: number;
  /** Number of its community. */
  readonly community: number;
  /** Entities alone: ids of those most like it, best first. */
  readonly similar?: readonly string[];
  /** How much, 0…1, parallel to `similar`. */
  readonly similarity?: readonly number[];
}

/** Names under which they are properties of a node, and which nothing else in a graph may bear. */
export const MEASURES = ['pageRank', 'community', 'similar', 'similarity'] as const;

/**
 * Keeps what an analysis found with the nodes, for people who look at the graph there. It is beside what the ledger
 * says: a node keeps its measures when it is written again, and neither audits nor reads of the graph see them.
 */
export interface GraphMeasures {
  /** Name and version of the engine for whole graphs that is there; null where none is. */
  engine(): Promise<string | null>;
  /** Lets the engine measure every node and keep what it finds. Call it only where there is one. */
  analyse(options: { readonly topSimilar: number }): Promise<void>;
  /** Keeps measures that were found elsewhere; of unknown nodes they are left out. */
  write(measures: readonly NodeMeasures[]): Promise<void>;
  /** The entities of the highest PageRank, highest first. */
  mostCentral(limit: number): Promise<{ id: string; caption: string; pageRank: number; community: number }[]>;
  /** Sizes of communities, largest first, at most `limit`, and how many there are. */
  communities(limit: number): Promise<{ count: number; largest: { community: number; size: number }[] }>;
}
