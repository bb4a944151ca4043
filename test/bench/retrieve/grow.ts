import { createHash } from 'node:crypto';
import { random } from '../../../graph/algorithms/random.ts';
import { mentionEdges, relationEdgeId } from '../../../src/adapters/postgres/projection.ts';
import type { Entity, Locator } from '../../../src/domain.ts';
import { assetId } from '../../../src/ingest/decode.ts';
import { stableId } from '../../../src/link/ids.ts';
import type { AssetRecord } from '../../../src/ports/ledger.ts';
import { Crowd } from './crowd.ts';

/** A word in this many passages of the corpus is common: every copy has it as it is. */
const COMMON = 20;
const WORD = /[\p{L}\p{N}]+/gu;

export const HOW_GROWN =
  `Grown: the corpus again and again. In a copy every word that is in fewer than ${COMMON} passages is replaced, letter for letter, by a made-up one of that copy, ` +
  'in texts and names alike: rare names stay as rare as they are, common words and names (hubs) grow in step with the graph. ' +
  'A copied vector keeps 0.8 of what tells its passage from the mean, and has 0.6 of what tells another.';

/**
 * Records with at least `edges` edges in all: the corpus as it is, in the order given, then copies of it. Text lengths,
 * mentions a passage and the spread of names over passages stay as in the corpus.
 */
export function* grow(corpus: readonly AssetRecord[], edges: number): Generator<AssetRecord> {
  const common = commonWords(corpus);
  const crowd = new Crowd(corpus);
  const relations = new Set<string>();
  let held = 0;
  for (let copy = 0; ; copy++) {
    for (const original of corpus) {
      if (held >= edges) return;
      const record = copy === 0 ? original : copyOf(original, copy, common, crowd);
      held += record.segments.length + mentionEdges(record.mentions).length;
      for (const relation of record.relations) {
        const id = relationEdgeId(relation);
        if (!relations.has(id)) held++;
        relations.add(id);
      }
      yield record;
    }
  }
}

function commonWords(corpus: readonly AssetRecord[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { asset, segments } of corpus)
    for (const { text } of segments)
      for (const word of new Set(`${asset.title} ${text}`.toLowerCase().match(WORD) ?? []))
        counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= COMMON).map(([word]) => word));
}

function copyOf(record: AssetRecord, copy: number, common: ReadonlySet<string>, crowd: Crowd): AssetRecord {
  const cipher = cipherOf(copy);
  const renamed = (text: string): string =>
    text.replaceAll(WORD, (word) => (common.has(word.toLowerCase()) ? word : cipher(word)));
  const located = (locator: Locator): Locator =>
    locator.type === 'TextSpan' ? { ...locator, quote: renamed(locator.quote) } : locator;
  const sha = createHash('sha256').update(`${record.asset.id} ${copy}`).digest('hex');
  const segmentId = (id: string): string => id.replace(record.asset.id.replace('Asset:', ''), sha);
  const entities = new Map(record.entities.map((entity) => [entity.id, entityOf(entity, copy, renamed)]));
  const ofEntity = (id: string): string => entities.get(id)?.id ?? id;
  return {
    ...record,
    asset: { ...record.asset, id: assetId(sha), blobKey: sha, title: renamed(record.asset.title) },
    segments: record.segments.map((segment) => ({
      ...segment,
      id: segmentId(segment.id),
      assetId: assetId(sha),
      text: renamed(segment.text),
      locator: located(segment.locator),
    })),
    embeddings: Object.fromEntries(
      Object.entries(record.embeddings).map(([space, own]) => [
        space,
        own.map(({ nodeId, vector }) => ({
          nodeId: segmentId(nodeId),
          vector: crowd.mixed(vector, `${nodeId} ${copy}`, 'segments'),
        })),
      ]),
    ),
    sentenceVectors: new Map(
      Array.from(record.sentenceVectors, ([id, vectors]) => [
        segmentId(id),
        crowd.mixed(vectors, `${id} ${copy}`, 'sentences'),
      ]),
    ),
    entities: [...entities.values()],
    mentions: record.mentions.map((mention) => ({
      ...mention,
      id: stableId('Mention', mention.id, copy),
      segmentId: segmentId(mention.segmentId),
      entityId: ofEntity(mention.entityId),
      surface: renamed(mention.surface),
      locator: located(mention.locator),
    })),
    relations: record.relations.map((relation) => ({
      ...relation,
      id: stableId('Relation', relation.id, copy),
      subjectId: ofEntity(relation.subjectId),
      objectId: ofEntity(relation.objectId),
      evidence: relation.evidence.map((one) => ({
        ...one,
        segmentId: segmentId(one.segmentId),
        locator: located(one.locator),
      })),
    })),
    merges: [],
  };
}

/** One whose name is of common words alone is the same in every copy. */
function entityOf(entity: Entity, copy: number, renamed: (text: string) => string): Entity {
  const name = renamed(entity.name);
  if (name === entity.name) return { ...entity, aliases: entity.aliases.filter((alias) => renamed(alias) === alias) };
  const { synset: _, ...rest } = entity;
  return { ...rest, id: stableId('Entity', entity.id, copy), name, aliases: entity.aliases.map(renamed) };
}

/** Vowels for vowels, consonants for consonants, digits for digits, another order in every copy. */
function cipherOf(copy: number): (word: string) => string {
  const next = random(copy);
  const key = new Map<string, string>();
  for (const group of ['aeiou', 'bcdfghjklmnpqrstvwxyz', '0123456789']) {
    const order = [...group].map((one) => [next(), one] as const).toSorted(([a], [b]) => a - b);
    for (const [i, one] of [...group].entries()) {
      const other = order[i]?.[1] ?? one;
      key.set(one, other).set(one.toUpperCase(), other.toUpperCase());
    }
  }
  return (word) => word.replaceAll(/[A-Za-z0-9]/g, (one) => key.get(one) ?? one);
}
