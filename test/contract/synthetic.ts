import { createHash } from 'node:crypto';
import { random } from '../../graph/algorithms/random.ts';
import type { Entity, Locator, Mention, Relation, Segment, Space } from '../../src/domain.ts';
import type { AssetRecord } from '../../src/ports/ledger.ts';

/** Made-up assets of the shape that ingest gives: deterministic, one passage each. */

export const TEXT_SPACE: Space = { name: 'text', model: 'synthetic', version: '1', dimension: 384 };

export interface SyntheticOptions {
  readonly mentions: number;
  readonly relations: number;
  readonly sentences: number;
  /** Entities that the passages share; each passage brings `newEntities` of its own. */
  readonly shared: number;
  readonly newEntities: number;
  readonly dimension: number;
}

export const PASSAGE: SyntheticOptions = {
  mentions: 12,
  relations: 12,
  sentences: 5,
  shared: 4000,
  newEntities: 8,
  dimension: 384,
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export function unitVector(next: () => number, dimension: number): Float32Array {
  const vector = Float32Array.from({ length: dimension }, () => next() - 0.5);
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

const SYLLABLES = [
  'ba',
  'cor',
  'den',
  'fil',
  'gar',
  'hol',
  'jun',
  'kel',
  'lom',
  'mer',
  'nav',
  'pol',
  'ros',
  'tam',
  'vel',
];

/** A word; low numbers are met often, as in a language (Zipf). */
export function word(n: number): string {
  let text = '';
  for (let rest = n + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    text += SYLLABLES[rest % SYLLABLES.length];
  return text;
}

function passage(next: () => number, sentences: number): { text: string; spans: { start: number; end: number }[] } {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (let s = 0; s < sentences; s++) {
    const start = text.length;
    const words = Array.from({ length: 22 }, () => word(Math.floor(20_000 ** next())));
    text += `${words.join(' ')}. `;
    spans.push({ start, end: text.length - 1 });
  }
  return { text, spans };
}

function locator(i: number): Locator {
  return { type: 'TextSpan', start: i * 10, end: i * 10 + 8, quote: 'quoted words' };
}

export function syntheticRecord(n: number, options: Partial<SyntheticOptions> = {}): AssetRecord {
  const o = { ...PASSAGE, ...options };
  const next = random(n + 1);
  const sha = hash(`asset ${n}`);
  const { text, spans } = passage(next, o.sentences);
  const segment: Segment = {
    id: `Segment:${sha}:0`,
    assetId: `Asset:${sha}`,
    ordinal: 0,
    kind: 'PASSAGE',
    locator: { type: 'TextSpan', start: 0, end: text.length, quote: text.slice(0, 60) },
    text,
    sentences: spans,
  };
  const entities = Array.from({ length: o.mentions }, (_, i): Entity => {
    const own = i < o.newEntities;
    const number = own ? o.shared + n * o.newEntities + i : Math.floor(next() * o.shared);
    const name = `${word(number)} ${word(number % 977)}`;
    return { id: `Entity:${hash(`entity ${number}`).slice(0, 24)}`, kind: 'NAME', name, aliases: [] };
  });
  const mentions = entities.map((entity, i): Mention => ({
    id: `Mention:${hash(`${segment.id} ${i}`).slice(0, 24)}`,
    segmentId: segment.id,
    entityId: entity.id,
    surface: entity.name,
    method: i === 0 ? 'TITLE' : 'NAMED',
    score: 0.5 + next() / 2,
    locator: locator(i),
    sentence: i === 0 ? -1 : i % o.sentences,
  }));
  const relations = Array.from({ length: o.relations }, (_, i): Relation => {
    const subject = entities[i % entities.length];
    const object = entities[(i * 5 + 1) % entities.length];
    if (!subject || !object) throw new Error('A record needs entities for its relations.');
    const predicate = i % 3 === 0 ? 'co-occurs' : word(Math.floor(next() * 300));
    return {
      id: `Relation:${hash(`${subject.id} ${predicate} ${object.id}`).slice(0, 24)}`,
      subjectId: subject.id,
      predicate,
      objectId: object.id,
      type: i % 3 === 0 ? 'CO_OCCURS' : 'RELATES_TO',
      confidence: 0.3 + next() / 2,
      evidence: [{ segmentId: segment.id, sentence: i % o.sentences, locator: locator(i) }],
    };
  });
  const sentenceVectors = new Float32Array(o.sentences * o.dimension);
  for (let s = 0; s < o.sentences; s++) sentenceVectors.set(unitVector(next, o.dimension), s * o.dimension);
  return {
    asset: {
      id: segment.assetId,
      modality: 'TEXT',
      mediaType: 'text/plain',
      byteSize: text.length,
      title: entities[0]?.name ?? 'Untitled',
      blobKey: sha,
      createdAt: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    },
    segments: [segment],
    readings: [],
    embeddings: { text: [{ nodeId: segment.id, vector: unitVector(next, o.dimension) }] },
    sentenceVectors: new Map([[segment.id, sentenceVectors]]),
    entities,
    mentions,
    relations,
    merges: [],
  };
}
