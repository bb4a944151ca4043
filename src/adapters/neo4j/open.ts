import type { StoreLog } from '../postgres/db.ts';
import { Neo4jMeasures } from './measures.ts';
import { Neo4jGraphStore } from './graph-store.ts';
import { migrateNeo4j, readCypherMigrations } from './migrate.ts';
import { Neo4jServer, type Neo4jOptions } from './server.ts';

export interface Neo4jGraph {
  readonly graph: Neo4jGraphStore;
  readonly measures: Neo4jMeasures;
  /** Tells this graph from others: the database's own id and the tenant. */
  readonly identity: string;
  close(): Promise<void>;
}

/** Opens the graph in Neo4j, its schema brought up to date. REMOTE_FAILED when it can't be reached or refuses. */
export async function openNeo4jGraph(
  options: Neo4jOptions & { readonly tenant: string },
  log: StoreLog,
): Promise<Neo4jGraph> {
  const { tenant } = options;
  const server = await Neo4jServer.open(options);
  try {
    const applied = await migrateNeo4j(server, await readCypherMigrations());
    if (applied.length > 0) log.info({ applied }, 'The schema of the graph database is up to date.');
    const [info] = await server.read((tx) => tx.run<{ id: string }>('CALL db.info() YIELD id'));
    return {
      graph: new Neo4jGraphStore(server, tenant),
      measures: new Neo4jMeasures(server, tenant),
      identity: `Neo4j database ${info?.id.slice(0, 16) ?? ''}, tenant ${tenant}`,
      close: () => server.close(),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
