import { openEmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { sqlStoresContract } from './sql-stores.ts';
import { tenantsContract } from './tenants.ts';

sqlStoresContract('PGlite', (options) => openEmbeddedStores({ dataDir: 'memory://', log: silentLog, ...options }));
tenantsContract('PGlite', () => openEmbeddedStores({ dataDir: 'memory://', log: silentLog }));
