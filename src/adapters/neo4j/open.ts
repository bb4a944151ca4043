import { DEFAULT_TENANT } from '../../ports/tenants.ts';
import type { StoreLog } from '../postgres/db.ts';
import { forgetTurn } from './apply.ts';
import { Neo4jMeasures } from './measures.ts';
import { Neo4jGraphStore } from './graph-store.ts';
import { migrateNeo4j, readCypherMigrations } from './migrate.ts';
import { Neo4jServer, type Neo4jOptions } from './server.ts';

export interface Neo4jGraph {
  /** The default tenant's. */
  readonly graph: Neo4jGraphStore;
  readonly measures: Neo4jMeasures;
  /** Tells this graph from others: the database's own id and the tenant. */
  readonly identity: string;
  /** Each tenant's. */
  of(tenant: string): {
    readonly graph: Neo4jGraphStore;
    readonly measures: Neo4jMeasures;
    readonly identity: string;
    /** Takes away what is kept beside the nodes. */
    forget(): Promise<void>;
  };
  close(): Promise<void>;
}

/** What a tenant's nodes bear in Neo4j. What was there before there were tenants keeps its key, `ledger`. */
export function graphKey(ledger: string, tenant: string): string {
  return tenant === DEFAULT_TENANT ? ledger : `${ledger}/${tenant}`;
}

/** Opens the graph in Neo4j, its schema brought up to date. REMOTE_FAILED when it can't be reached or refuses. */
export async function openNeo4jGraph(
  options: Neo4jOptions & { readonly tenant: string },
  log: StoreLog,
): Promise<Neo4jGraph> {
  const server = await Neo4jServer.open(options);
  try {
    const applied = await migrateNeo4j(server, await readCypherMigrations());
    if (applied.length > 0) log.info({ applied }, 'The schema of the graph database is up to date.');
    const [info] = await server.read((tx) => tx.run<{ id: string }>('CALL db.info() YIELD id'));
    const of = (tenant: string): ReturnType<Neo4jGraph['of']> => {
      const key = graphKey(options.tenant, tenant);
      return {
        graph: new Neo4jGraphStore(server, key),
        measures: new Neo4jMeasures(server, key),
        identity: `Neo4j database ${info?.id.slice(0, 16) ?? ''}, tenant ${key}`,
        forget: () => server.write((tx) => forgetTurn(tx, key)),
      };
    };
    return { ...of(DEFAULT_TENANT), of, close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}
