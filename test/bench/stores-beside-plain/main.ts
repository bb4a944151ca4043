/**
 * Times graph and vectors on PGlite, Postgres and Neo4j, beside plain loops over the drivers in the same run:
 * `npm run bench:stores -- [--edges 10000,100000] [--vectors 10000] [--on pglite,postgres,neo4j] [--json FILE]`.
 * The servers are those of `npm run services`. 1,000,000 edges take Neo4j some minutes on a quiet machine.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { neo4j } from '../../../scripts/services/neo4j.ts';
import { start } from '../../../scripts/services/service.ts';
import { openNeo4jGraph } from '../../../src/adapters/neo4j/open.ts';
import { openEmbeddedStores, type EmbeddedStores } from '../../../src/adapters/pglite/open.ts';
import { silentLog } from '../../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../../src/adapters/postgres-server/open.ts';
import { freshDatabase } from '../../servers.ts';
import { graphFigures } from './graphs.ts';
import { madeGraph } from './made-graph.ts';
import { madeVectors } from './made-vectors.ts';
import { load, type Figures } from './measure.ts';
import { plainNeo4j, plainPostgres } from './plain-graphs.ts';
import { vectorFigures } from './vectors.ts';

const { values } = parseArgs({
  options: {
    edges: { type: 'string', default: '10000' },
    vectors: { type: 'string', default: '10000' },
    on: { type: 'string', default: 'pglite,postgres,neo4j' },
    json: { type: 'string' },
  },
});
const sizes = (text: string): number[] => text.split(',').map(Number).filter(Boolean);
const QUERIES = 50;
/** Vectors that stay outside the index: few, so that the index is what answers. */
const UPKEEP = { tailLimit: 1000, batch: 200 };

const graphs: Record<string, Figures> = {};
const vectors: Record<string, Figures> = {};

/** Kept and shown at once: a later size may run for long, or not to its end. */
function keep(kind: Record<string, Figures>, name: string, figures: Figures): void {
  kind[name] = figures;
  console.log(name, JSON.stringify(figures));
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ graphs, vectors }, null, 2)}\n`);
}

/** Ours as a tenant's role, the plain loops as the role that logs in, which row-level security doesn't hold. */
async function measure(name: string, { admin, graph, vectors: store, upkeep }: EmbeddedStores): Promise<void> {
  for (const count of sizes(values.edges)) {
    const plain = await plainPostgres(admin);
    await admin.exec('TRUNCATE graph_node, graph_edge');
    keep(graphs, `${name}, ${count} edges`, await graphFigures(madeGraph(count), graph, plain));
    await plain.close();
  }
  for (const count of sizes(values.vectors)) {
    const made = madeVectors(count, QUERIES);
    keep(vectors, `${name}, ${count} vectors`, await vectorFigures(made, { db: admin, vectors: store, upkeep }));
    await admin.exec('TRUNCATE vectors_1, vectors_1_tail');
  }
}

const opens: Record<string, () => Promise<void>> = {
  pglite: async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sensegraph-bench-'));
    const stores = await openEmbeddedStores({ dataDir, log: silentLog, upkeep: UPKEEP });
    await measure('PGlite', stores);
    await stores.close();
    rmSync(dataDir, { recursive: true });
  },
  postgres: async () => {
    const database = await freshDatabase(18);
    if (!database) return;
    const stores = await openServerStores({ url: database.url, log: silentLog, upkeep: UPKEEP, timeoutMs: 3_600_000 });
    await measure('Postgres 18', stores);
    await stores.close();
    await database.drop();
  },
  neo4j: async () => {
    const { environment } = await start(neo4j);
    const of = (name: string): string => environment[`SENSEGRAPH_NEO4J_${name}`] ?? '';
    const access = { url: of('URL'), user: of('USER'), password: of('PASSWORD') };
    for (const count of sizes(values.edges)) {
      const opened = await openNeo4jGraph({ ...access, tenant: `bench ${process.pid} ${count}` }, silentLog);
      const plain = await plainNeo4j(access);
      const made = madeGraph(count);
      keep(graphs, `Neo4j, ${count} edges`, await graphFigures(made, opened.graph, plain));
      await plain.close();
      for (let i = 0; i < made.nodes.length; i += 1000)
        await opened.graph.apply(made.nodes.slice(i, i + 1000).map(({ id }) => ({ op: 'deleteNode', id })));
      await opened.close();
    }
  },
};

console.log(`Load average at the start: ${load()}. "of plain" is our rate through the plain loop's.`);
for (const name of values.on.split(',')) await opens[name]?.();
console.table(graphs);
for (const [name, figures] of Object.entries(vectors)) {
  console.log(name);
  console.table(figures);
}
