import { randomUUID } from 'node:crypto';
import neo4j from 'neo4j-driver';
import type { GraphMeasures, NodeMeasures } from '../../ports/graph-measures.ts';
import type { Neo4jServer } from './server.ts';
import { statement } from './statements.ts';

/** Rows of one statement, as for the graph itself. */
const ROWS = 1000;
/** Procedures of Graph Data Science that are called: pageRank, leiden, nodeSimilarity. */
const PROCEDURES = 3;
/** An entity of more neighbours is compared with none: comparing costs the square of it. */
const HUB = 500;

/** Measures as properties of the nodes of one tenant; the engine is Neo4j's Graph Data Science. */
export class Neo4jMeasures implements GraphMeasures {
  readonly #server: Neo4jServer;
  readonly #tenant: string;

  constructor(server: Neo4jServer, tenant: string) {
    this.#server = server;
    this.#tenant = tenant;
  }

  async engine(): Promise<string | null> {
    const [row] = await this.#server.auto<{ procedures: number }>(statement('analyse/engine'));
    if ((row?.procedures ?? 0) < PROCEDURES) return null;
    const [found] = await this.#server.auto<{ version: string }>('RETURN gds.version() AS version');
    return `Graph Data Science ${found?.version ?? ''}`.trim();
  }

  async analyse({ topSimilar }: { readonly topSimilar: number }): Promise<void> {
    await this.#projected('analyse/project', async (graph) => {
      await this.#server.auto(statement('analyse/page-rank'), { graph });
      await this.#server.auto(statement('analyse/communities'), { graph });
    });
    await this.#server.auto(statement('analyse/clear-similar'), { tenant: this.#tenant });
    await this.#projected('analyse/project-entities', (graph) =>
      this.#server.auto(statement('analyse/similar'), {
        graph,
        topSimilar: neo4j.int(topSimilar),
        hub: neo4j.int(HUB),
      }),
    );
  }

  async write(measures: readonly NodeMeasures[]): Promise<void> {
    for (let i = 0; i < measures.length; i += ROWS) {
      const rows = measures.slice(i, i + ROWS).map(({ id, pageRank, community, similar, similarity }) => ({
        id,
        pageRank,
        community: neo4j.int(community),
        similar: similar ?? null,
        similarity: similarity ?? null,
      }));
      await this.#server.write((tx) => tx.run(statement('analyse/write'), { tenant: this.#tenant, rows }));
    }
  }

  mostCentral(limit: number): Promise<{ id: string; caption: string; pageRank: number; community: number }[]> {
    const parameters = { tenant: this.#tenant, limit: neo4j.int(limit) };
    return this.#server.read((tx) => tx.run(statement('analyse/most-central'), parameters));
  }

  async communities(limit: number): ReturnType<GraphMeasures['communities']> {
    const parameters = { tenant: this.#tenant, limit: neo4j.int(limit) };
    const [row] = await this.#server.read((tx) =>
      tx.run<Awaited<ReturnType<GraphMeasures['communities']>>>(statement('analyse/community-sizes'), parameters),
    );
    return row ?? { count: 0, largest: [] };
  }

  /** Work on a copy of the graph in the engine's memory, which goes with it. An empty graph is no work. */
  async #projected(projection: string, work: (graph: string) => Promise<unknown>): Promise<void> {
    const graph = `sensegraph ${randomUUID()}`;
    try {
      const [row] = await this.#server.auto<{ projected: object | null }>(statement(projection), {
        graph,
        tenant: this.#tenant,
      });
      if (row?.projected) await work(graph);
    } finally {
      await this.#server.auto(statement('analyse/drop'), { graph });
    }
  }
}
