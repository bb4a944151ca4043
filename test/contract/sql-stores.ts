import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { PostgresGraphStore } from '../../src/adapters/postgres/graph-store.ts';
import type { Db } from '../../src/adapters/postgres/db.ts';
import type { Space } from '../../src/domain.ts';
import type { UpkeepOptions } from '../../src/adapters/postgres/upkeep.ts';
import { conversationTransferContract } from './conversation-transfer.ts';
import { conversationsContract } from './conversations.ts';
import { graphAuditContract } from './graph-audit.ts';
import { graphStoreContract } from './graph-store.ts';
import { jobQueueContract } from './job-queue.ts';
import { ledgerContract } from './ledger.ts';
import { spaceMigrationContract } from './space-migration.ts';
import { vectorStoreContract } from './vector-store.ts';

const TABLES = `asset, segment, reading, entity, entity_name, entity_block, mention, relation, relation_evidence, merge,
  sentence_vectors, answer, conversation, job, outbox, graph_node, graph_edge`;

export async function emptyLedger(db: Db): Promise<void> {
  await db.exec(`TRUNCATE ${TABLES} CASCADE`);
}

export interface SqlTestOptions {
  readonly upkeep: UpkeepOptions;
  readonly retryDelaySeconds: number;
}

/** Every contract of the stores that are written over a `Db`. */
export function sqlStoresContract(name: string, open: (options: SqlTestOptions) => Promise<EmbeddedStores>): void {
  let stores: EmbeddedStores;
  beforeAll(async () => {
    // A short tail, so that vectors reach the HNSW index in a test.
    stores = await open({ upkeep: { tailLimit: 200, batch: 50 }, retryDelaySeconds: 1 });
  });
  afterAll(() => stores.close());

  async function empty(): Promise<EmbeddedStores> {
    await emptyLedger(stores.admin);
    return stores;
  }

  graphStoreContract(`the graph in ${name}`, async () => (await empty()).graph);
  vectorStoreContract(
    `pgvector in ${name}`,
    async () => stores.vectors,
    () => stores.upkeep.settled(),
  );
  ledgerContract(`the ledger in ${name}`, empty);
  conversationsContract(name, empty);
  conversationTransferContract(name, empty);
  graphAuditContract(`the graph in ${name}`, async () => ({
    ...(await empty()),
    target: { identity: 'embedded', graphIn: (tx) => new PostgresGraphStore(tx) },
  }));
  spaceMigrationContract(`spaces in ${name}`, async () => {
    const { admin: db } = await empty();
    const tables = await db.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^vectors_[0-9]+(_tail)?$'`,
    );
    for (const { name: table } of tables) await db.exec(`DROP TABLE ${table}`);
    await db.exec('TRUNCATE space, reencoded');
    return stores;
  });
  jobQueueContract(`pg-boss in ${name}`, async () => stores.queue);

  it(`${name} gives back a transaction that failed, and goes on`, async () => {
    const { db } = await empty();
    const broken = db.transaction(async (tx) => {
      await tx.query("INSERT INTO outbox (changes) VALUES ('[]')");
      await tx.query('SELECT 1 / 0');
    });
    await expect(broken).rejects.toThrow('division by zero');
    expect(await db.query('SELECT id FROM outbox')).toEqual([]);
  });

  it(`${name} gives back the room of vectors that moved into the index`, async () => {
    const { admin, vectors, upkeep } = await empty();
    const space: Space = { name: 'moving', model: 'made', version: '1', dimension: 64 };
    await vectors.ensureSpace(space);
    const nodeIds = Array.from({ length: 700 }, (_, i) => `Segment:${i}`);
    await vectors.upsert(
      space.name,
      nodeIds.map((nodeId, i) => ({
        nodeId,
        vector: Float32Array.from({ length: 64 }, (__, d) => Math.sin(i * d + 1)),
      })),
    );
    await upkeep.settled();
    const [row] = await admin.query<{ number: number }>('SELECT number FROM space WHERE name = $1', [space.name]);
    const table = `vectors_${row?.number}`;
    const [tail] = await admin.query<{ n: number; bytes: number }>(
      `SELECT count(*)::int AS n, pg_relation_size('${table}_tail')::int AS bytes FROM ${table}_tail`,
    );
    // Dead rows and empty pages would be scanned by every search.
    expect(tail).toEqual({ n: 0, bytes: 0 });
    expect(await vectors.count(space.name)).toBe(nodeIds.length);
  });
}
