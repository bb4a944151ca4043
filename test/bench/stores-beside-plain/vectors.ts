import { binaryCopy, textField, vectorField } from '../../../src/adapters/postgres/binary-copy.ts';
import type { Db } from '../../../src/adapters/postgres/db.ts';
import type { Space } from '../../../src/domain.ts';
import type { VectorStore } from '../../../src/ports/vector-store.ts';
import { DIMENSION, nearest, type MadeVectors } from './made-vectors.ts';
import { load, mediansBeside, ratesBeside, rounded, seconds, type Figures } from './measure.ts';

/** Vectors of one call: an ingest job's chunk is smaller, a migration's is like it. */
const BATCH = 1000;
const K = 10;
const SPACE: Space = { name: 'bench', model: 'made', version: '1', dimension: DIMENSION };

interface Kept {
  readonly db: Db;
  readonly vectors: VectorStore;
  readonly upkeep: { nudge(): void; settled(): Promise<void> };
}

/** The same vectors into our store, and by COPY into a table with an index as a manual would make it; the same questions to both. */
export async function vectorFigures(made: MadeVectors, { db, vectors, upkeep }: Kept): Promise<Figures> {
  await vectors.ensureSpace(SPACE);
  await db.exec(
    `CREATE TABLE bench_vector (node_id text COLLATE "C" PRIMARY KEY, vector vector(${DIMENSION}) NOT NULL)`,
  );
  // The index is made while nothing is written: here it is its time for both, told apart from the writing.
  const rates = await ratesBeside(
    made.vectors,
    BATCH,
    (part) => vectors.upsert(SPACE.name, part),
    async (part) => {
      // Replaces what was there, as ours.
      await db.query('DELETE FROM bench_vector WHERE node_id = ANY($1::text[])', [part.map(({ nodeId }) => nodeId)]);
      await db.copy(
        'bench_vector (node_id, vector)',
        binaryCopy(part.map(({ nodeId, vector }) => [textField(nodeId), vectorField(vector)])),
      );
    },
  );
  const indexing = await seconds(() => upkeep.settled());
  const plainIndexing = await seconds(() =>
    db.exec('CREATE INDEX ON bench_vector USING hnsw (vector vector_cosine_ops)'),
  );
  await db.exec('ANALYZE');
  const figures: Figures = {
    'rows/s in': rates.ours,
    'of plain': rounded(rates.ours / rates.plain),
    'into the index s': rounded(indexing),
    'plain CREATE INDEX s': rounded(plainIndexing),
  };
  for (const filter of FILTERS) {
    const recall = { ours: 0, plain: 0 };
    const questions = made.queries.map((query, q) => {
      const among = filter.among(made, q);
      return { query, among: among?.map(({ nodeId }) => nodeId), expected: nearest(among ?? made.vectors, query, K) };
    });
    type Question = (typeof questions)[number];
    const hit = (found: readonly string[], { expected }: Question): number =>
      expected.filter((id) => found.includes(id)).length / expected.length;
    const ask = async (one: Question): Promise<void> => {
      const hits = await vectors.search(SPACE.name, one.query, K, one.among ? { among: one.among } : {});
      recall.ours += hit(
        hits.map(({ nodeId }) => nodeId),
        one,
      );
    };
    const askPlain = async (one: Question): Promise<void> => {
      recall.plain += hit(await plainSearch(db, one.query, one.among), one);
    };
    const times = await mediansBeside(questions, ask, askPlain);
    figures[`${filter.name} p50 ms`] = times.ours;
    figures[`${filter.name} recall`] = rounded(recall.ours / questions.length);
    figures[`plain ${filter.name} p50 ms`] = times.plain;
    figures[`plain ${filter.name} recall`] = rounded(recall.plain / questions.length);
  }
  await db.exec('DROP TABLE bench_vector');
  return { ...figures, load: load() };
}

interface Filter {
  readonly name: string;
  among(made: MadeVectors, question: number): MadeVectors['vectors'] | undefined;
}

const FILTERS: readonly Filter[] = [
  { name: 'all', among: () => undefined },
  { name: '5 %', among: ({ vectors }) => vectors.filter((_, i) => i % 20 === 3) },
  { name: '1 %', among: ({ vectors }) => vectors.filter((_, i) => i % 100 === 3) },
  // A part of one cluster, which is not the query's.
  {
    name: '1 % elsewhere',
    among: ({ vectors }, question) =>
      vectors.filter(({ cluster }, i) => cluster === (question + 25) % 50 && i % 2 === 0),
  },
];

async function plainSearch(db: Db, query: Float32Array, among: readonly string[] | undefined): Promise<string[]> {
  const rows = await db.transaction(async (tx) => {
    await tx.exec("SET LOCAL hnsw.ef_search = 100; SET LOCAL hnsw.iterative_scan = 'relaxed_order'");
    return tx.query<{ node_id: string }>(
      `SELECT node_id FROM bench_vector ${among ? 'WHERE node_id = ANY($3::text[])' : ''} ORDER BY vector <=> $1 LIMIT $2`,
      [`[${query.join(',')}]`, K, ...(among ? [among] : [])],
    );
  });
  return rows.map(({ node_id }) => node_id);
}
