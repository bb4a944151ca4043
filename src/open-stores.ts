import type { Logger } from 'pino';
import { ProcessEvents } from './adapters/memory/events.ts';
import { openNeo4jGraph } from './adapters/neo4j/open.ts';
import { openEmbeddedStores, type EmbeddedStores } from './adapters/pglite/open.ts';
import { LastingProjector } from './adapters/postgres/lasting-projector.ts';
import { openServerStores } from './adapters/postgres-server/open.ts';
import type { Config } from './config.ts';
import type { GraphMeasures } from './ports/graph-measures.ts';
import type { Events } from './ports/stores.ts';

export type Stores = EmbeddedStores & {
  readonly events: Events;
  /** Where what an analysis finds about nodes is kept: in Neo4j; the embedded graph keeps none. */
  readonly measures?: GraphMeasures;
};

/**
 * The stores that the configuration names. Throws DATA_DIR_LOCKED when another process has the embedded database,
 * REMOTE_FAILED when a server can't be reached or refuses.
 */
export async function openStores({ dataDir, stores: { postgres, neo4j } }: Config, log: Logger): Promise<Stores> {
  const other = neo4j && (await openNeo4jGraph(neo4j, log));
  const elsewhere = other ? { graph: other } : {};
  try {
    const stores: Stores = postgres
      ? await openServerStores({ ...postgres, ...elsewhere, log })
      : { ...(await openEmbeddedStores({ dataDir, log, ...elsewhere })), events: new ProcessEvents() };
    if (!postgres && !other) return stores;
    const projector = new LastingProjector(stores.projector, log);
    const close = async (): Promise<void> => {
      await projector.stop();
      await stores.close();
      await other?.close();
    };
    return { ...stores, ...(other ? { measures: other.measures } : {}), projector, close };
  } catch (error) {
    await other?.close();
    throw error;
  }
}
