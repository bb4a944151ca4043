import type { Asset, Mention, Merge, Reading, Segment } from '../../domain.ts';
import { arrayLiteral, columns, json } from './columns.ts';
import type { Db } from './db.ts';

/** Bulk inserts of what an asset brings, one statement a table. */

/** Gives the ids that were not there yet. */
export async function insertAssets(tx: Db, assets: readonly Asset[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO asset (id, modality, media_type, byte_size, title, blob_key, created_at,
                        width, height, duration_seconds, pages)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[],
                          $8::int[], $9::int[], $10::float8[], $11::int[])
     ON CONFLICT (tenant, id) DO NOTHING RETURNING id`,
    columns(
      assets,
      (a) => a.id,
      (a) => a.modality,
      (a) => a.mediaType,
      (a) => a.byteSize,
      (a) => a.title,
      (a) => a.blobKey,
      (a) => a.createdAt,
      (a) => a.width ?? null,
      (a) => a.height ?? null,
      (a) => a.durationSeconds ?? null,
      (a) => a.pages ?? null,
    ),
  );
  return new Set(rows.map((row) => row.id));
}

/** `title`: the asset's, whose words every segment is found by too. */
export async function insertSegments(
  tx: Db,
  segments: readonly { readonly segment: Segment; readonly title: string }[],
): Promise<void> {
  await tx.query(
    `INSERT INTO segment (id, asset_id, ordinal, kind, locator, text, sentences, words, word_count)
     SELECT id, asset_id, ordinal, kind, locator, text, sentences::int[],
            setweight(to_tsvector('english', title), 'A') || to_tsvector('english', text), word_count
     FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::text[], $9::int[])
       AS t(id, asset_id, ordinal, kind, locator, text, sentences, title, word_count)`,
    columns(
      segments,
      ({ segment }) => segment.id,
      ({ segment }) => segment.assetId,
      ({ segment }) => segment.ordinal,
      ({ segment }) => segment.kind,
      ({ segment }) => json(segment.locator),
      ({ segment }) => segment.text,
      ({ segment }) => arrayLiteral(segment.sentences.flatMap(({ start, end }) => [start, end])),
      ({ title }) => title,
      ({ segment, title }) => countWords(title) + countWords(segment.text),
    ),
  );
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

export async function insertReadings(tx: Db, readings: readonly Reading[]): Promise<void> {
  await tx.query(
    `INSERT INTO reading (id, segment_id, ordinal, kind, text, score, locator, model, model_version)
     SELECT id, segment_id, ordinal, kind, text, score, locator, model, model_version
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::jsonb[], $7::text[], $8::text[])
       WITH ORDINALITY AS t(id, segment_id, kind, text, score, locator, model, model_version, ordinal)`,
    columns(
      readings,
      (r) => r.id,
      (r) => r.segmentId,
      (r) => r.kind,
      (r) => r.text,
      (r) => r.score,
      (r) => json(r.locator),
      (r) => r.model,
      (r) => r.modelVersion,
    ),
  );
}

export async function insertMentions(tx: Db, mentions: readonly Mention[]): Promise<void> {
  await tx.query(
    `INSERT INTO mention (id, segment_id, entity_id, surface, method, score, locator, sentence)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::jsonb[], $8::int[])`,
    columns(
      mentions,
      (m) => m.id,
      (m) => m.segmentId,
      (m) => m.entityId,
      (m) => m.surface,
      (m) => m.method,
      (m) => m.score,
      (m) => json(m.locator),
      (m) => m.sentence,
    ),
  );
}

export async function insertMerges(tx: Db, merges: readonly Merge[]): Promise<void> {
  await tx.query(
    `INSERT INTO merge (id, into_id, from_id, from_name, reason, score, created_at)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::timestamptz[])
     ON CONFLICT (tenant, id) DO NOTHING`,
    columns(
      merges,
      (m) => m.id,
      (m) => m.intoId,
      (m) => m.fromId,
      (m) => m.fromName,
      (m) => m.reason,
      (m) => m.score,
      (m) => m.createdAt,
    ),
  );
}
