import neo4j from 'neo4j-driver';
import type { EdgeType } from '../../../graph/ontology.ts';
import type { Expansion, GraphChange, GraphEdge, GraphNode, GraphStore, Subgraph } from '../../ports/graph-store.ts';
import { applyChanges, enterTurn, thinNodes } from './apply.ts';
import { expandGraph, readEdges, readNodes } from './expand.ts';
import { edgeOf, isEdgeThere, isThere, nodeOf, type Stored } from './records.ts';
import type { Neo4jServer } from './server.ts';
import { edgesStatement, statement } from './statements.ts';

/** The graph of one tenant in Neo4j. */
export class Neo4jGraphStore implements GraphStore {
  readonly #server: Neo4jServer;
  readonly #tenant: string;

  constructor(server: Neo4jServer, tenant: string) {
    this.#server = server;
    this.#tenant = tenant;
  }

  async apply(changes: readonly GraphChange[], turn?: number): Promise<void> {
    if (changes.length === 0) return;
    const gone = changes.flatMap((change) => (change.op === 'deleteNode' ? [change.id] : []));
    // A hub's edges may be more than a transaction can hold: they go in some before, whatever becomes of the rest.
    const step = (): Promise<boolean> =>
      this.#server.write(async (tx) => {
        if (turn !== undefined) await enterTurn(tx, this.#tenant, turn);
        if (gone.length > 0 && (await thinNodes(tx, this.#tenant, gone)) > 0) return false;
        await applyChanges(tx, this.#tenant, changes);
        return true;
      });
    for (let isApplied = false; !isApplied;) isApplied = await step();
  }

  async nodes(ids: readonly string[]): Promise<GraphNode[]> {
    return ids.length === 0 ? [] : this.#server.read((tx) => readNodes(tx, this.#tenant, ids));
  }

  async edges(ids: readonly string[]): Promise<GraphEdge[]> {
    return ids.length === 0 ? [] : this.#server.read((tx) => readEdges(tx, this.#tenant, ids));
  }

  expand(expansion: Expansion): Promise<Subgraph> {
    return this.#server.read((tx) => expandGraph(tx, this.#tenant, expansion));
  }

  async degrees(ids: readonly string[], types?: readonly EdgeType[], limit = 1000): Promise<Map<string, number>> {
    const degrees = new Map(ids.map((id) => [id, 0]));
    if (types?.length === 0 || ids.length === 0) return degrees;
    const rows = await this.#server.read((tx) =>
      tx.run<{ id: string; degree: number }>(edgesStatement('read/degrees', types), {
        tenant: this.#tenant,
        ids: [...degrees.keys()],
      }),
    );
    for (const { id, degree } of rows) degrees.set(id, Math.min(limit, degree));
    return degrees;
  }

  async counts(): Promise<{ nodes: number; edges: number }> {
    const [row] = await this.#server.read((tx) =>
      tx.run<{ nodes: number; edges: number }>(statement('read/counts'), { tenant: this.#tenant }),
    );
    return row ?? { nodes: 0, edges: 0 };
  }

  scan(after: string, limit: number): Promise<Subgraph> {
    const tenant = this.#tenant;
    return this.#server.read(async (tx) => {
      const page = { tenant, after, limit: neo4j.int(limit) };
      const rows = await tx.run<{ labels: string[]; properties: Stored }>(statement('read/scan-nodes'), page);
      const nodes = rows.filter(isThere).map(({ labels, properties }) => nodeOf(labels, properties));
      if (nodes.length === 0) return { nodes, edges: [] };
      const ids = nodes.map(({ id }) => id);
      const edges = await tx.run<{ type: string; from: string; to: string; properties: Stored }>(
        statement('read/scan-edges'),
        { tenant, ids },
      );
      return {
        nodes,
        edges: edges.filter(isEdgeThere).map(({ type, from, to, properties }) => edgeOf(type, from, to, properties)),
      };
    });
  }
}
