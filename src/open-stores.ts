import type { Logger } from 'pino';
import { openNeo4jGraph } from './adapters/neo4j/open.ts';
import { boundMs } from './adapters/neo4j/server.ts';
import { openEmbeddedStores } from './adapters/pglite/open.ts';
import type { AllStores, TenantStores } from './adapters/postgres/all-stores.ts';
import { LastingProjector } from './adapters/postgres/lasting-projector.ts';
import { openServerStores } from './adapters/postgres-server/open.ts';
import type { Config } from './config.ts';
import type { GraphMeasures } from './ports/graph-measures.ts';
import type { ConnectionCounts } from './ports/stores.ts';

export type Stores = AllStores & {
  /** Where what an analysis finds about the tenant's nodes is kept: in Neo4j; the embedded graph keeps none. */
  readonly measures?: GraphMeasures;
  /** What a graph elsewhere keeps of a tenant beside its nodes goes, once there is no such tenant. */
  forgetGraph(tenant: string): Promise<void>;
  /** Of a Postgres server. */
  readonly connections?: () => ConnectionCounts;
};

/** A transaction that waits for the graph waits this much longer than the graph is waited for. */
const IDLE_GRACE_MS = 10_000;

/**
 * The stores that the configuration names, those of its tenant at once. Throws DATA_DIR_LOCKED when another process has
 * the embedded database, REMOTE_FAILED when a server can't be reached or refuses, BAD_INPUT when there is no such tenant.
 */
export async function openStores(config: Config, log: Logger): Promise<Stores> {
  const { dataDir, tenant } = config;
  const { postgres, neo4j } = config.stores;
  const other = neo4j && (await openNeo4jGraph(neo4j, log));
  const options = { log, tenant, ...(other ? { graph: other } : {}) };
  try {
    const stores = postgres
      ? await openServerStores({
          ...postgres,
          ...options,
          ...(neo4j ? { idleMs: boundMs(neo4j) + IDLE_GRACE_MS } : {}),
        })
      : await openEmbeddedStores({ dataDir, ...options });
    if (!postgres && !other) return { ...stores, forgetGraph: async () => {} };
    const projectors = new Map<string, LastingProjector>();
    const lasting = (name: string, one: TenantStores): TenantStores => {
      let projector = projectors.get(name);
      if (!projector) {
        projector = new LastingProjector(one.projector, log);
        projectors.set(name, projector);
      }
      return { ...one, projector };
    };
    const close = async (): Promise<void> => {
      for (const projector of projectors.values()) await projector.stop();
      await stores.close();
      await other?.close();
    };
    return {
      ...stores,
      ...lasting(tenant, stores),
      ...(other ? { measures: other.of(tenant).measures } : {}),
      forgetGraph: async (name) => other?.of(name).forget(),
      forTenant: async (name) => lasting(name, await stores.forTenant(name)),
      close,
    };
  } catch (error) {
    await other?.close();
    throw error;
  }
}
