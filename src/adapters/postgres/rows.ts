import type { Asset, Entity, Locator, Mention, Merge, Modality, Reading, Relation, Segment } from '../../domain.ts';
import type { Tables } from './tables.ts';

/** Ledger rows as the domain's words. */

export function assetOf(row: Tables['asset']): Asset {
  return {
    id: row.id,
    modality: row.modality as Modality,
    mediaType: row.media_type,
    byteSize: Number(row.byte_size),
    title: row.title,
    blobKey: row.blob_key,
    createdAt: row.created_at.toISOString(),
    ...(row.width === null ? {} : { width: row.width }),
    ...(row.height === null ? {} : { height: row.height }),
    ...(row.duration_seconds === null ? {} : { durationSeconds: row.duration_seconds }),
    ...(row.pages === null ? {} : { pages: row.pages }),
  };
}

export function segmentOf(row: Omit<Tables['segment'], 'words' | 'word_count'>): Segment {
  const sentences = [];
  for (let i = 0; i + 1 < row.sentences.length; i += 2) {
    sentences.push({ start: row.sentences[i] ?? 0, end: row.sentences[i + 1] ?? 0 });
  }
  return {
    id: row.id,
    assetId: row.asset_id,
    ordinal: row.ordinal,
    kind: row.kind as Segment['kind'],
    locator: row.locator as Locator,
    text: row.text,
    sentences,
  };
}

export function readingOf(row: Tables['reading']): Reading {
  return {
    id: row.id,
    segmentId: row.segment_id,
    kind: row.kind as Reading['kind'],
    text: row.text,
    score: row.score,
    locator: row.locator as Locator,
    model: row.model,
    modelVersion: row.model_version,
  };
}

export function entityOf(row: Tables['entity']): Entity {
  return {
    id: row.id,
    kind: row.kind as Entity['kind'],
    name: row.name,
    aliases: row.aliases,
    ...(row.synset === null ? {} : { synset: row.synset }),
  };
}

export function mentionOf(row: Tables['mention']): Mention {
  return {
    id: row.id,
    segmentId: row.segment_id,
    entityId: row.entity_id,
    surface: row.surface,
    method: row.method as Mention['method'],
    score: row.score,
    locator: row.locator as Locator,
    sentence: row.sentence,
  };
}

export function relationOf(row: Tables['relation'], evidence: readonly Tables['relation_evidence'][]): Relation {
  return {
    id: row.id,
    subjectId: row.subject_id,
    predicate: row.predicate,
    objectId: row.object_id,
    type: row.type as Relation['type'],
    confidence: row.confidence,
    evidence: evidence.map((one) => ({
      segmentId: one.segment_id,
      sentence: one.sentence,
      locator: one.locator as Locator,
    })),
  };
}

export function mergeOf(row: Tables['merge']): Merge {
  return {
    id: row.id,
    intoId: row.into_id,
    fromId: row.from_id,
    fromName: row.from_name,
    reason: row.reason as Merge['reason'],
    score: row.score,
    createdAt: row.created_at.toISOString(),
  };
}
