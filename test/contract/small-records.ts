import type { Entity, Mention, Relation, Segment } from '../../src/domain.ts';
import type { AssetRecord } from '../../src/ports/ledger.ts';

/** A fact of a small asset: which entity (by number) meets which, in which sentence of which segment. */
export interface Fact {
  readonly segment: number;
  readonly sentence: number;
  readonly subject: number;
  readonly object: number;
  readonly type: Relation['type'];
  /** False: a lexicon's relation, that no place supports. */
  readonly supported: boolean;
}

export interface SmallAsset {
  readonly number: number;
  readonly text?: readonly string[];
  readonly title?: string;
  readonly facts: readonly Fact[];
}

export const NAMES = ['Ada Lovelace', 'Charles Babbage', 'Analytical Engine', 'London', 'Grace Hopper', 'Compiler'];

export function smallEntity(n: number): Entity {
  return { id: `Entity:${n}`, kind: 'NAME', name: NAMES[n] ?? `Name ${n}`, aliases: [] };
}

/** An asset of the given facts: both ends of a supported fact are mentioned in its sentence. */
export function smallRecord({ number, text = ['First. Second.'], title, facts }: SmallAsset): AssetRecord {
  const assetId = `Asset:${number}`;
  const segments = text.map((words, ordinal): Segment => ({
    id: `Segment:${number}:${ordinal}`,
    assetId,
    ordinal,
    kind: 'PASSAGE',
    locator: { type: 'TextSpan', start: 0, end: words.length, quote: words },
    text: words,
    sentences: [
      { start: 0, end: Math.min(6, words.length) },
      { start: Math.min(7, words.length), end: words.length },
    ],
  }));
  const placed = facts.map((fact) => ({ ...fact, segmentId: segments[fact.segment % segments.length]?.id ?? '' }));
  const locator = { type: 'TextSpan', start: 0, end: 5, quote: 'First' } as const;
  const mentions = new Map<string, Mention>();
  const relations = new Map<string, Relation>();
  for (const { segmentId, sentence, subject, object, type, supported } of placed) {
    for (const n of supported ? [subject, object] : []) {
      const id = `Mention:${segmentId}:${sentence}:${n}`;
      const entity = smallEntity(n);
      const method = sentence === 0 && n === 0 ? 'TITLE' : 'NAMED';
      const score = 0.5 + n / 20 + sentence / 100;
      mentions.set(id, { id, segmentId, entityId: entity.id, surface: entity.name, method, score, locator, sentence });
    }
    const predicate = type === 'IS_A' ? 'is a' : 'meets';
    const id = `Relation:${subject} ${type} ${object}`;
    const evidence = supported ? [{ segmentId, sentence, locator }] : [];
    relations.set(id, {
      id,
      subjectId: smallEntity(subject).id,
      predicate,
      objectId: smallEntity(object).id,
      type,
      confidence: 0.4 + number / 100,
      evidence: [...(relations.get(id)?.evidence ?? []), ...evidence],
    });
  }
  const used = new Set(facts.flatMap((fact) => [fact.subject, fact.object]));
  return {
    asset: {
      id: assetId,
      modality: number % 2 === 0 ? 'TEXT' : 'DOCUMENT',
      mediaType: 'text/plain',
      byteSize: 14,
      title: title ?? `Asset ${number}`,
      blobKey: String(number).padStart(64, '0'),
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
    },
    segments,
    readings: segments.map((segment) => ({
      id: `Reading:${segment.id}`,
      segmentId: segment.id,
      kind: 'CAPTION',
      text: 'a page',
      score: 0.75,
      locator: segment.locator,
      model: 'm',
      modelVersion: '1',
    })),
    embeddings: { small: segments.map((segment) => ({ nodeId: segment.id, vector: Float32Array.of(0.6, 0.8) })) },
    sentenceVectors: new Map(segments.map((segment) => [segment.id, Float32Array.of(1, 0, 0.6, -0.8)])),
    entities: [...used].map(smallEntity),
    mentions: [...mentions.values()],
    relations: [...relations.values()],
    merges: [],
  };
}

export const fact = (subject: number, object: number, part: Partial<Fact> = {}): Fact => ({
  segment: 0,
  sentence: 0,
  subject,
  object,
  type: 'RELATES_TO',
  supported: true,
  ...part,
});
