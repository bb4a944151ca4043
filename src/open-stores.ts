import type { Logger } from 'pino';
import { ProcessEvents } from './adapters/memory/events.ts';
import { openEmbeddedStores, type EmbeddedStores } from './adapters/pglite/open.ts';
import { openServerStores } from './adapters/postgres-server/open.ts';
import type { Config } from './config.ts';
import type { Events } from './ports/stores.ts';

export type Stores = EmbeddedStores & { readonly events: Events };

/**
 * The stores that the configuration names. Throws DATA_DIR_LOCKED when another process has the embedded database,
 * REMOTE_FAILED when a server can't be reached or refuses.
 */
export async function openStores(config: Config, log: Logger): Promise<Stores> {
  const { postgres } = config.stores;
  if (postgres) return openServerStores({ ...postgres, log });
  return { ...(await openEmbeddedStores({ dataDir: config.dataDir, log })), events: new ProcessEvents() };
}
