import { afterAll, beforeAll } from 'vitest';
import { openEmbeddedStores, type EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { graphStoreContract } from './graph-store.ts';
import { jobQueueContract } from './job-queue.ts';
import { ledgerContract } from './ledger.ts';
import { spaceMigrationContract } from './space-migration.ts';
import { vectorStoreContract } from './vector-store.ts';

let stores: EmbeddedStores;

beforeAll(async () => {
  // A short tail, so that vectors reach the HNSW index in a test.
  stores = await openEmbeddedStores({
    dataDir: 'memory://',
    log: silentLog,
    upkeep: { tailLimit: 200, batch: 50 },
    retryDelaySeconds: 1,
  });
});
afterAll(() => stores.close());

const TABLES = `asset, segment, reading, entity, entity_name, entity_block, mention, relation, relation_evidence, merge,
  sentence_vectors, answer, job, outbox, graph_node, graph_edge`;

async function empty(): Promise<EmbeddedStores> {
  await stores.db.exec(`TRUNCATE ${TABLES} CASCADE`);
  return stores;
}

graphStoreContract('the graph in PGlite', async () => (await empty()).graph);
vectorStoreContract(
  'pgvector in PGlite',
  async () => stores.vectors,
  () => stores.upkeep.settled(),
);
ledgerContract('the ledger in PGlite', empty);
spaceMigrationContract('spaces in PGlite', async () => {
  const { db } = await empty();
  const tables = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^vectors_[0-9]+(_tail)?$'`,
  );
  for (const { name } of tables) await db.exec(`DROP TABLE ${name}`);
  await db.exec('TRUNCATE space, reencoded');
  return stores;
});
jobQueueContract('pg-boss in PGlite', async () => stores.queue);
