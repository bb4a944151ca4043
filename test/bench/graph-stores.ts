/**
 * Times the graph on PGlite, Postgres and Neo4j beside a plain loop over the driver, in one run:
 * `npm run bench:stores -- [edges] [json file]`. The servers are those of `npm run services`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4jDriver from 'neo4j-driver';
import { neo4j } from '../../scripts/services/neo4j.ts';
import { start } from '../../scripts/services/service.ts';
import { openNeo4jGraph } from '../../src/adapters/neo4j/open.ts';
import { openEmbeddedStores } from '../../src/adapters/pglite/open.ts';
import { silentLog } from '../../src/adapters/postgres/db.ts';
import { openServerStores } from '../../src/adapters/postgres-server/open.ts';
import type { GraphChange, GraphStore } from '../../src/ports/graph-store.ts';
import { random } from '../../graph/algorithms/random.ts';
import { freshDatabase } from '../servers.ts';

const edges = Number(process.argv[2] ?? 10_000);
const nodes = Math.ceil(edges / 4);
const BATCHES = [100, 500, 1000, 5000];
const next = random(3);
const id = (n: number): string => `Entity:${n.toString(16).padStart(16, '0')}`;
const nodeChanges = Array.from({ length: nodes }, (_, n): GraphChange => {
  const properties = { kind: 'NAME', aliases: [`alias ${n}`] };
  return { op: 'upsertNode', node: { id: id(n), label: 'Entity', caption: `entity ${n}`, properties } };
});
// A few are hubs, as in a graph of words.
const any = (): number => Math.floor(nodes ** (0.3 + 0.7 * next())) % nodes;
const edgeChanges = Array.from({ length: edges }, (_, n): GraphChange => {
  const [from, to] = [id(any()), id(Math.floor(next() * nodes))];
  const properties = { predicate: `p${n}`, confidence: 0.5, count: 1 };
  return {
    op: 'upsertEdge',
    edge: { id: `${from}|RELATES_TO|${to}|p${n}`, type: 'RELATES_TO', from, to, weight: next(), properties },
  };
});

const rows: Record<string, Record<string, number>> = {};
const rounded = (value: number): number => Math.round(value * 10) / 10;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function parts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

async function median(work: (seed: string) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 40; i++) times.push((await seconds(() => work(id(Math.floor((i / 40) * nodes))))) * 1000);
  return rounded(times.toSorted((a, b) => a - b)[20] ?? 0);
}

async function measure(name: string, graph: GraphStore): Promise<void> {
  const load = async (changes: readonly GraphChange[]): Promise<number> => {
    const took = await seconds(async () => {
      for (const part of parts(changes, 5000)) await graph.apply(part);
    });
    return Math.round(changes.length / took);
  };
  const expand = (hops: number) => median((seed) => graph.expand({ from: [seed], hops, fanout: 10, maxNodes: 500 }));
  rows[name] = {
    'nodes/s in': await load(nodeChanges),
    'edges/s in': await load(edgeChanges),
    '1 hop p50 (ms)': await expand(1),
    '3 hops p50 (ms)': await expand(3),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'sensegraph-bench-'));
const embedded = await openEmbeddedStores({ dataDir: folder, log: silentLog });
await measure('PGlite', embedded.graph);
await embedded.close();
rmSync(folder, { recursive: true });

const database = await freshDatabase(18);
if (database) {
  const server = await openServerStores({ url: database.url, log: silentLog });
  await measure('Postgres 18', server.graph);
  await server.close();
  await database.drop();
}

const { environment } = await start(neo4j);
const [url = '', user = '', password = ''] = ['URL', 'USER', 'PASSWORD'].map(
  (n) => environment[`SENSEGRAPH_NEO4J_${n}`],
);
const tenant = `bench ${process.pid}`;
const opened = await openNeo4jGraph({ url, user, password, tenant }, silentLog);
await measure('Neo4j', opened.graph);

// The plain loop: UNWIND and MERGE as a manual would show it, on labels of its own.
const driver = neo4jDriver.driver(url, neo4jDriver.auth.basic(user, password));
const plain = (text: string, parameters: object = {}) => driver.executeQuery(text, parameters);
await plain('CREATE CONSTRAINT bench IF NOT EXISTS FOR (n:Bench) REQUIRE n.id IS UNIQUE');
const plainNodes = nodeChanges.flatMap((c) =>
  c.op === 'upsertNode' ? [{ id: c.node.id, caption: c.node.caption }] : [],
);
const plainEdges = edgeChanges.flatMap((c) =>
  c.op === 'upsertEdge' ? [{ ...c.edge, properties: c.edge.properties }] : [],
);
for (const size of BATCHES) {
  await plain('MATCH (n:Bench) CALL (n) { DETACH DELETE n }');
  const nodeSeconds = await seconds(async () => {
    for (const part of parts(plainNodes, size))
      await plain('UNWIND $part AS row MERGE (n:Bench {id: row.id}) SET n.caption = row.caption', { part });
  });
  const edgeSeconds = await seconds(async () => {
    for (const part of parts(plainEdges, size))
      await plain(
        `UNWIND $part AS row MATCH (a:Bench {id: row.from}) MATCH (b:Bench {id: row.to})
         MERGE (a)-[e:RELATES_TO {id: row.id}]->(b) SET e.weight = row.weight, e += row.properties`,
        { part },
      );
  });
  rows[`plain Neo4j loop, ${size} rows a statement`] = {
    'nodes/s in': Math.round(nodes / nodeSeconds),
    'edges/s in': Math.round(edges / edgeSeconds),
    '1 hop p50 (ms)': await median((seed) =>
      plain('MATCH (n:Bench {id: $seed})-[e]-(m) RETURN e, m ORDER BY e.weight DESC LIMIT 10', { seed }),
    ),
  };
}
await plain('MATCH (n:Bench) CALL (n) { DETACH DELETE n }');
await plain('MATCH (n:Sensegraph {tenant: $tenant}) CALL (n) { DETACH DELETE n }', { tenant });
await plain('DROP CONSTRAINT bench');
await driver.close();
await opened.close();

console.log(`${nodes} nodes, ${edges} edges`);
console.table(rows);
const file = process.argv[3];
if (file) writeFileSync(file, `${JSON.stringify({ nodes, edges, rows }, null, 2)}\n`);
