import type { EdgeType } from '../../../graph/ontology.ts';
import type { Expansion, GraphChange, GraphEdge, GraphNode, GraphStore, Subgraph } from '../../ports/graph-store.ts';
import type { Db } from './db.ts';
import { applyChanges } from './graph-apply.ts';
import { countDegrees, expandGraph, readEdges, readNodes, scanGraph } from './graph-expand.ts';

/** The graph in two tables beside the ledger. */
export class PostgresGraphStore implements GraphStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  apply(changes: readonly GraphChange[]): Promise<void> {
    return this.#db.transaction((tx) => applyChanges(tx, changes));
  }

  nodes(ids: readonly string[]): Promise<GraphNode[]> {
    return readNodes(this.#db, ids);
  }

  edges(ids: readonly string[]): Promise<GraphEdge[]> {
    return readEdges(this.#db, ids);
  }

  expand(expansion: Expansion): Promise<Subgraph> {
    return expandGraph(this.#db, expansion);
  }

  degrees(ids: readonly string[], types?: readonly EdgeType[], limit = 1000): Promise<Map<string, number>> {
    return countDegrees(this.#db, ids, types, limit);
  }

  scan(after: string, limit: number): Promise<Subgraph> {
    return scanGraph(this.#db, after, limit);
  }

  async counts(): Promise<{ nodes: number; edges: number }> {
    const [row] = await this.#db.query<{ nodes: number; edges: number }>(
      `SELECT (SELECT count(*)::int FROM graph_node) AS nodes, (SELECT count(*)::int FROM graph_edge) AS edges`,
    );
    return row ?? { nodes: 0, edges: 0 };
  }
}
