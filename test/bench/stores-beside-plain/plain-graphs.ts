import neo4jDriver from 'neo4j-driver';
import type { Db } from '../../../src/adapters/postgres/db.ts';
import type { GraphEdge, GraphNode } from '../../../src/ports/graph-store.ts';

/** What somebody would write by hand over the driver for the same work, on tables or labels of its own. */
export interface PlainGraph {
  /** Rows of one statement that serve it best. */
  readonly rows: number;
  nodes(part: readonly GraphNode[]): Promise<unknown>;
  edges(part: readonly GraphEdge[]): Promise<unknown>;
  /** At most `fanout` heaviest edges of a node and direction. */
  hop(ids: readonly string[], fanout: number): Promise<{ from: string; to: string }[]>;
  read(ids: readonly string[]): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Two tables with the same columns and indexes as ours. */
export async function plainPostgres(db: Db): Promise<PlainGraph> {
  await db.exec(`
    CREATE TABLE bench_node (id text COLLATE "C" PRIMARY KEY, label text NOT NULL, caption text NOT NULL, properties jsonb NOT NULL);
    CREATE TABLE bench_edge (id text COLLATE "C" PRIMARY KEY, type text COLLATE "C" NOT NULL, from_id text COLLATE "C" NOT NULL,
      to_id text COLLATE "C" NOT NULL, weight float8 NOT NULL, properties jsonb NOT NULL);
    CREATE INDEX ON bench_edge (from_id, type, weight DESC, to_id);
    CREATE INDEX ON bench_edge (to_id, type, weight DESC, from_id)`);
  const column = <T>(all: readonly T[], of: (one: T) => unknown): unknown[] => all.map(of);
  return {
    rows: 1000,
    nodes: (part) =>
      db.query(
        `INSERT INTO bench_node SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
         ON CONFLICT (id) DO UPDATE SET label = excluded.label, caption = excluded.caption, properties = excluded.properties`,
        [
          column(part, (one) => one.id),
          column(part, (one) => one.label),
          column(part, (one) => one.caption),
          column(part, (one) => JSON.stringify(one.properties)),
        ],
      ),
    edges: (part) =>
      db.query(
        `INSERT INTO bench_edge SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::jsonb[])
         ON CONFLICT (id) DO UPDATE SET type = excluded.type, from_id = excluded.from_id, to_id = excluded.to_id,
           weight = excluded.weight, properties = excluded.properties`,
        [
          column(part, (one) => one.id),
          column(part, (one) => one.type),
          column(part, (one) => one.from),
          column(part, (one) => one.to),
          column(part, (one) => one.weight),
          column(part, (one) => JSON.stringify(one.properties)),
        ],
      ),
    hop: async (ids, fanout) =>
      db.query<{ from: string; to: string }>(
        `SELECT from_id AS from, to_id AS to, weight, id, properties FROM (
           SELECT e.* FROM unnest($1::text[]) AS s(id), LATERAL (SELECT * FROM bench_edge
             WHERE from_id = s.id COLLATE "C" AND type = 'RELATES_TO' ORDER BY weight DESC LIMIT $2) e
           UNION SELECT e.* FROM unnest($1::text[]) AS s(id), LATERAL (SELECT * FROM bench_edge
             WHERE to_id = s.id COLLATE "C" AND type = 'RELATES_TO' ORDER BY weight DESC LIMIT $2) e) found
         ORDER BY weight DESC, id`,
        [ids, fanout],
      ),
    read: (ids) => db.query('SELECT * FROM bench_node WHERE id = ANY($1::text[])', [ids]),
    close: () => db.exec('DROP TABLE bench_node, bench_edge').then(() => {}),
  };
}

export interface Neo4jAccess {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** UNWIND and MERGE as a manual shows them. */
export async function plainNeo4j({ url, user, password }: Neo4jAccess): Promise<PlainGraph> {
  const driver = neo4jDriver.driver(url, neo4jDriver.auth.basic(user, password), { disableLosslessIntegers: true });
  const run = async <R extends object>(text: string, parameters: object = {}): Promise<R[]> =>
    (await driver.executeQuery(text, parameters)).records.map((record) => record.toObject() as R);
  await run('CREATE CONSTRAINT bench IF NOT EXISTS FOR (n:Bench) REQUIRE n.id IS UNIQUE');
  const side = (pattern: string): string => `MATCH ${pattern} RETURN e ORDER BY e.weight DESC LIMIT $fanout`;
  return {
    rows: 1000,
    nodes: (part) =>
      run('UNWIND $part AS row MERGE (n:Bench {id: row.id}) SET n.caption = row.caption, n += row.properties', {
        part,
      }),
    edges: (part) =>
      run(
        `UNWIND $part AS row MATCH (a:Bench {id: row.from}) MATCH (b:Bench {id: row.to})
         MERGE (a)-[e:RELATES_TO {id: row.id}]->(b) SET e.weight = row.weight, e += row.properties`,
        { part },
      ),
    hop: (ids, fanout) =>
      run<{ from: string; to: string }>(
        `UNWIND $ids AS id MATCH (n:Bench {id: id})
         CALL (n) { ${side('(n)-[e:RELATES_TO]->()')} UNION ${side('(n)<-[e:RELATES_TO]-()')} }
         WITH DISTINCT e RETURN startNode(e).id AS from, endNode(e).id AS to, properties(e) AS properties ORDER BY e.weight DESC, e.id`,
        { ids, fanout: neo4jDriver.int(fanout) },
      ),
    read: (ids) => run('MATCH (n:Bench) WHERE n.id IN $ids RETURN labels(n), properties(n)', { ids }),
    close: async () => {
      // A hub's edges alone may be more than a transaction holds.
      for (const some of ['MATCH (:Bench)-[one]->()', 'MATCH (one:Bench)'])
        while ((await run<{ n: number }>(`${some} WITH one LIMIT 10000 DELETE one RETURN count(*) AS n`))[0]?.n);
      await run('DROP CONSTRAINT bench');
      await driver.close();
    },
  };
}

/** Grows by hops as one would by hand; gives the number of nodes. */
export async function plainExpand(
  graph: PlainGraph,
  seed: string,
  bounds: { hops: number; fanout: number; maxNodes: number },
): Promise<number> {
  const held = new Set([seed]);
  let frontier = [seed];
  for (let hop = 0; hop < bounds.hops && frontier.length > 0; hop++) {
    const next: string[] = [];
    for (const { from, to } of await graph.hop(frontier, bounds.fanout))
      for (const end of [from, to]) {
        if (held.has(end) || held.size >= bounds.maxNodes) continue;
        held.add(end);
        next.push(end);
      }
    frontier = held.size >= bounds.maxNodes ? [] : next;
  }
  return (await graph.read([...held])).length;
}
