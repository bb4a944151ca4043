import type { Embedding, Space } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { VectorHit, VectorStore } from '../../ports/vector-store.ts';
import { vectorOf } from './binary-copy.ts';
import type { Db } from './db.ts';
import type { Upkeep } from './upkeep.ts';
import {
  addSpace,
  bothTables,
  lockSpaces,
  noSpace,
  removeVectors,
  spaceOf,
  spaceRow,
  writeVectors,
  type SpaceRow,
} from './vector-rows.ts';

/** pgvector indexes no more. */
const MAX_DIMENSION = 2000;

interface HitRow {
  node_id: string;
  distance: number;
}

/**
 * Vectors in pgvector. New ones go to a space's tail, which is scanned exactly (10,000 × 384: 8 ms embedded);
 * `Upkeep` moves them into the HNSW index in the background once the tail is long.
 */
export class PostgresVectorStore implements VectorStore {
  readonly #db: Db;
  readonly #upkeep: Upkeep;

  constructor(db: Db, upkeep: Upkeep) {
    this.#db = db;
    this.#upkeep = upkeep;
  }

  async ensureSpace(space: Space): Promise<void> {
    if (!Number.isInteger(space.dimension) || space.dimension < 1 || space.dimension > MAX_DIMENSION) {
      throw new SensegraphError('BAD_INPUT', `A space has 1 to ${MAX_DIMENSION} dimensions, not ${space.dimension}.`);
    }
    await this.#db.transaction(async (tx) => {
      await lockSpaces(tx);
      const serving = await tx.query<SpaceRow>(`SELECT * FROM space WHERE name = $1 AND state = 'serving'`, [
        space.name,
      ]);
      const [known] = serving;
      if (!known) return addSpace(tx, space, 'serving', false);
      if (
        known.model !== space.model ||
        known.version !== space.version ||
        Number(known.dimension) !== space.dimension
      ) {
        throw new SensegraphError(
          'BAD_INPUT',
          `Space ${space.name} is ${known.model} ${known.version} with ${known.dimension} dimensions: ` +
            `give ${space.model} ${space.version} (${space.dimension}) a space of its own.`,
        );
      }
    });
  }

  async spaces(): Promise<Space[]> {
    const rows = await this.#db.query<SpaceRow>(`SELECT * FROM space WHERE state = 'serving' ORDER BY number`);
    return rows.map(spaceOf);
  }

  async upsert(space: string, embeddings: readonly Embedding[]): Promise<void> {
    await this.#db.transaction(async (tx) => writeVectors(tx, await spaceRow(tx, space), embeddings));
    this.#upkeep.nudge();
  }

  async search(
    space: string,
    vector: Float32Array,
    k: number,
    options: { readonly among?: readonly string[] } = {},
  ): Promise<VectorHit[]> {
    if (!Number.isInteger(k) || k < 1 || k > 1000) throw new SensegraphError('BAD_INPUT', `k is 1 to 1,000, not ${k}.`);
    return this.#db.transaction(async (tx) => {
      const row = await spaceToSearch(tx, space, k);
      if (vector.length !== row.dimension) {
        throw new SensegraphError('BAD_INPUT', `Space ${space} has ${row.dimension} dimensions, not ${vector.length}.`);
      }
      const query = `[${vector.join(',')}]`;
      if (options.among) return (await exact(tx, row, query, k, options.among)).map(hitOf);
      const hits = await approximate(tx, row, query, k);
      // The index can miss rows when many were deleted; asking for more than there are is seen here too.
      const complete = hits.length >= k || hits.length === (await countRows(tx, row, k));
      return (complete ? hits : await exact(tx, row, query, k, null)).map(hitOf);
    });
  }

  async get(space: string, nodeIds: readonly string[]): Promise<Map<string, Float32Array>> {
    const row = await spaceRow(this.#db, space);
    const found = await this.#db.query<{ node_id: string; bytes: Uint8Array }>(
      bothTables(row, 'node_id, vector_send(vector) AS bytes', 'WHERE node_id = ANY($1::text[])'),
      [nodeIds],
    );
    return new Map(found.map(({ node_id, bytes }) => [node_id, vectorOf(bytes)]));
  }

  async remove(nodeIds: readonly string[]): Promise<void> {
    await this.#db.transaction((tx) => removeVectors(tx, nodeIds));
  }

  async count(space: string, limit?: number): Promise<number> {
    return countRows(this.#db, await spaceRow(this.#db, space), limit);
  }
}

/** The space, and the index set to search it for k, in one round trip: until the transaction ends. */
async function spaceToSearch(tx: Db, name: string, k: number): Promise<SpaceRow> {
  const [row] = await tx.query<SpaceRow>(
    `SELECT space.*, set_config('hnsw.ef_search', $2, true), set_config('hnsw.iterative_scan', 'relaxed_order', true)
     FROM space WHERE name = $1 AND state = 'serving'`,
    [name, String(Math.min(1000, Math.max(100, 2 * k)))],
  );
  if (!row) throw noSpace(name);
  return row;
}

async function approximate(tx: Db, space: SpaceRow, query: string, k: number): Promise<HitRow[]> {
  const nearest = bothTables(space, 'node_id, vector <=> $1 AS distance', 'ORDER BY vector <=> $1 LIMIT $2');
  return tx.query<HitRow>(`${nearest} ORDER BY distance, node_id LIMIT $2`, [query, k]);
}

async function exact(
  tx: Db,
  space: SpaceRow,
  query: string,
  k: number,
  among: readonly string[] | null,
): Promise<HitRow[]> {
  const filter = among ? 'WHERE node_id = ANY($3::text[])' : '';
  return tx.query<HitRow>(
    `WITH candidate AS MATERIALIZED (${bothTables(space, 'node_id, vector', filter)})
     SELECT node_id, vector <=> $1 AS distance FROM candidate ORDER BY distance, node_id LIMIT $2`,
    among ? [query, k, among] : [query, k],
  );
}

async function countRows(db: Db, space: SpaceRow, limit?: number): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (${bothTables(space, '1', '')} LIMIT $1::bigint) one`,
    [limit ?? null],
  );
  return row?.n ?? 0;
}

function hitOf(row: HitRow): VectorHit {
  return { nodeId: row.node_id, score: 1 - row.distance };
}
