/** What the graph holds otherwise than the ledger says. */
export interface Differences {
  /** In the ledger and not in the graph. */
  readonly missing: number;
  /** In the graph and not in the ledger. */
  readonly extra: number;
  /** In both, with other content. */
  readonly different: number;
  /** A few of their ids. */
  readonly examples: readonly string[];
}

export interface Audit {
  /** In the ledger. */
  readonly nodes: number;
  readonly edges: number;
  readonly differences: Differences;
}

/** A place that still holds something of an asset. */
export interface Trace {
  readonly place: string;
  readonly count: number;
}

export interface RebuildProgress {
  readonly phase: 'nodes' | 'edges';
  /** Looked at in this phase since this call began. */
  readonly nodes: number;
  /** Changes written since this call began. */
  readonly changes: number;
}

/** Holds the graph against the ledger, while both are in use. */
export interface GraphAudit {
  /** By count and by content, page by page. What differs is looked at a second time with nothing waiting to be applied. */
  compare(): Promise<Audit>;
  /**
   * Brings the graph to what the ledger says, writing what differs only, nodes before edges. Goes on where an earlier
   * call ended early. Gives the number of changes written.
   */
  rebuild(options?: {
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: RebuildProgress) => void;
  }): Promise<number>;
  /** All that ledger, vectors, queue of changes and graph hold of an asset. Nothing once it is deleted. */
  traces(assetId: string): Promise<Trace[]>;
}
