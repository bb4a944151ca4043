import type { Embedding, Space } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import { binaryCopy, textField, vectorField } from './binary-copy.ts';
import type { Db } from './db.ts';
import type { Tables } from './tables.ts';

export type SpaceRow = Tables['space'];

/** Table of a space's vectors that are in the HNSW index. */
export function indexedTable(space: Pick<SpaceRow, 'number'>): string {
  return `vectors_${space.number}`;
}

/** Table of a space's vectors that are not yet: small, scanned whole. */
export function tailTable(space: Pick<SpaceRow, 'number'>): string {
  return `vectors_${space.number}_tail`;
}

export function spaceOf({ name, model, version, dimension }: SpaceRow): Space {
  return { name, model, version, dimension };
}

/** One process at a time makes or drops spaces; all go on reading and writing vectors. */
export async function lockSpaces(tx: Db): Promise<void> {
  await tx.exec('LOCK TABLE space IN SHARE ROW EXCLUSIVE MODE');
}

/** Makes a space with its tables. */
export async function addSpace(tx: Db, space: Space, state: SpaceRow['state'], isText: boolean): Promise<void> {
  await tx.query('SELECT make_space($1, $2, $3, $4, $5, $6)', [
    space.name,
    space.model,
    space.version,
    space.dimension,
    state,
    isText,
  ]);
}

/** Takes a space away with all its vectors. */
export async function dropSpace(tx: Db, space: SpaceRow): Promise<void> {
  await tx.query('SELECT drop_space($1)', [space.number]);
}

/** The space that serves under the name. NOT_FOUND when none does. */
export async function spaceRow(db: Db, name: string): Promise<SpaceRow> {
  const [row] = await db.query<SpaceRow>(`SELECT * FROM space WHERE name = $1 AND state = 'serving'`, [name]);
  if (!row) throw noSpace(name);
  return row;
}

/** A query over all of a space's vectors: `select … from` the index and the tail, each with `rest`. */
export function bothTables(space: SpaceRow, select: string, rest: string): string {
  const one = (table: string): string => `(SELECT ${select} FROM ${table} ${rest})`;
  return `${one(indexedTable(space))} UNION ALL ${one(tailTable(space))}`;
}

export function noSpace(name: string): SensegraphError {
  return new SensegraphError('NOT_FOUND', `There is no vector space "${name}": call ensureSpace first.`);
}

/** Adds or replaces vectors, into the tail. BAD_INPUT on a wrong dimension. */
export async function writeVectors(tx: Db, space: SpaceRow, embeddings: readonly Embedding[]): Promise<void> {
  if (embeddings.length === 0) return;
  const byId = new Map(embeddings.map((embedding) => [embedding.nodeId, embedding.vector]));
  for (const [nodeId, vector] of byId) {
    if (vector.length !== space.dimension) {
      throw new SensegraphError(
        'BAD_INPUT',
        `The vector of ${nodeId} has ${vector.length} numbers; space ${space.name} has ${space.dimension} dimensions.`,
      );
    }
  }
  await removeFrom(tx, space, [...byId.keys()]);
  const rows = Array.from(byId, ([nodeId, vector]) => [textField(nodeId), vectorField(vector)]);
  await tx.copy(`${tailTable(space)} (node_id, vector)`, binaryCopy(rows));
}

/** Takes the nodes' vectors out of every space. */
export async function removeVectors(tx: Db, nodeIds: readonly string[]): Promise<void> {
  if (nodeIds.length === 0) return;
  for (const space of await tx.query<SpaceRow>('SELECT * FROM space')) await removeFrom(tx, space, nodeIds);
}

/** From the tail first, in a statement of its own: one that waited for a move into the index must see what was moved. */
async function removeFrom(tx: Db, space: SpaceRow, nodeIds: readonly string[]): Promise<void> {
  for (const table of [tailTable(space), indexedTable(space)])
    await tx.query(`DELETE FROM ${table} WHERE node_id = ANY($1::text[])`, [nodeIds]);
}
