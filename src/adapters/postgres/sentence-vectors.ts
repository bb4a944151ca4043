import { dequantise, quantise } from '../../quantised-vectors.ts';
import { binaryCopy, intField, realArrayField, textField } from './binary-copy.ts';
import type { Db } from './db.ts';

/** Number of the text space that serves, for sentence vectors; 0 where none does. */
const SERVING_TEXT = `coalesce((SELECT number FROM space WHERE is_text AND state = 'serving'), 0)`;

/** For the given text space, by default the one that serves. `vectors`: segment id → [sentences × dimension]; `sentences` tells the number of rows. */
export async function copySentenceVectors(
  tx: Db,
  vectors: readonly (readonly [id: string, vectors: Float32Array, sentences: number])[],
  space?: number,
): Promise<void> {
  const [serving] = space === undefined ? await tx.query<{ number: number }>(`SELECT ${SERVING_TEXT} AS number`) : [];
  const number = space ?? serving?.number ?? 0;
  const rows = vectors
    .filter(([, all, sentences]) => sentences > 0 && all.length > 0)
    .map(([id, all, sentences]) => {
      const dimension = all.length / sentences;
      const { scales, packed } = quantise(all, dimension);
      return [textField(id), intField(number), intField(dimension), realArrayField(scales), packed];
    });
  if (rows.length > 0) {
    await tx.copy('sentence_vectors (segment_id, space, dimension, scales, packed)', binaryCopy(rows));
  }
}

/** Segment id → [sentences × dimension] of the text space that serves. */
export async function readSentenceVectors(db: Db, segmentIds: readonly string[]): Promise<Map<string, Float32Array>> {
  const rows = await db.query<{ segment_id: string; dimension: number; scales: number[]; packed: Uint8Array }>(
    `SELECT segment_id, dimension, scales, packed FROM sentence_vectors
     WHERE segment_id = ANY($1::text[]) AND space = ${SERVING_TEXT}`,
    [segmentIds],
  );
  return new Map(
    rows.map((row) => [
      row.segment_id,
      dequantise({ scales: Float32Array.from(row.scales), packed: row.packed }, row.dimension),
    ]),
  );
}
