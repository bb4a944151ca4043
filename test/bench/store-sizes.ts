/** What an asset of one passage costs in Postgres and Neo4j: `node test/bench/store-sizes.ts [assets]`, on `npm run services`. */
import { neo4j } from '../../scripts/services/neo4j.ts';
import { start } from '../../scripts/services/service.ts';
import { openNeo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../src/adapters/postgres-server/open.ts';
import { syntheticRecord, TEXT_SPACE } from '../contract/synthetic.ts';
import { freshDatabase } from '../servers.ts';

const assets = Number(process.argv[2] ?? 500);
const COMMIT = 50;
const { environment } = await start(neo4j);
const [url = '', user = '', password = ''] = ['URL', 'USER', 'PASSWORD'].map(
  (name) => environment[`SENSEGRAPH_NEO4J_${name}`],
);
const graph = await openNeo4jGraph({ url, user, password, tenant: `sizes ${process.pid}` }, silentLog);
const database = await freshDatabase(18);
if (!database) throw new Error('This needs a real Postgres: npm run services');
const stores = await openServerStores({ url: database.url, log: silentLog, graph });
await stores.vectors.ensureSpace(TEXT_SPACE);
const TABLES = `SELECT relname AS name, pg_total_relation_size(oid)::int AS bytes FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY bytes DESC`;
const ms = { commit: 0, project: 0 };
for (let i = 0; i < assets; i += COMMIT) {
  const started = performance.now();
  await stores.ledger.commit(Array.from({ length: COMMIT }, (_, k) => syntheticRecord(i + k)));
  const committed = performance.now();
  await stores.projector.project();
  ms.commit += committed - started;
  ms.project += performance.now() - committed;
}
console.log(`${assets} assets; ms an asset: commit ${ms.commit / assets}, project ${ms.project / assets}`);
console.log('in the graph', await graph.graph.counts());
const tables = await stores.db.query<{ name: string; bytes: number }>(TABLES);
console.table(tables.slice(0, 14).map(({ name, bytes }) => ({ name, 'bytes an asset': Math.round(bytes / assets) })));
// The outbox is empty again; its pages are used anew.
const kept = tables.filter(({ name }) => name !== 'outbox').reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`Postgres: ${Math.round(kept / assets)} bytes an asset without the outbox`);
console.log(
  'Neo4j: the size of .services/neo4j/home/data/databases/neo4j after npm run services -- stop, less that before',
);
await stores.close();
await database.drop();
await graph.close();
