/** A small ledger with its graph, made by hand in a real embedded database: no model reads anything. */
import { openEmbeddedStores, type EmbeddedStores } from '../../../src/adapters/pglite/open.ts';
import { silentLog } from '../../../src/adapters/postgres/db.ts';
import type { Asset, Entity, EntityKind, Locator, Mention, Reading, Relation, Segment } from '../../../src/domain.ts';
import type { AssetRecord } from '../../../src/ports/ledger.ts';

export interface MadeText {
  readonly title: string;
  /** Where each said for seconds 10·n … 10·n + 10 of a recording instead of a text. */
  readonly isSpoken?: boolean;
  readonly sentences: readonly string[];
  /** Subject, verb, object, and the sentence that states it. */
  readonly relations?: readonly (readonly [subject: string, predicate: string, object: string, sentence: number])[];
}

export interface MadePicture {
  readonly title: string;
  /** What is seen there, as the name of an entity. */
  readonly label: string;
  readonly box: Extract<Locator, { type: 'ImageRegion' }>;
}

export function idOf(name: string): string {
  return `Entity:${name.toLowerCase().replaceAll(' ', '-')}`;
}

/** `kinds`: every name that is looked for in the sentences. */
export async function madeLedger(
  kinds: Readonly<Record<string, EntityKind>>,
  texts: readonly MadeText[],
  pictures: readonly MadePicture[] = [],
): Promise<EmbeddedStores> {
  const stores = await openEmbeddedStores({ dataDir: 'memory://', log: silentLog });
  const entities = Object.entries(kinds).map(([name, kind]): Entity => ({ id: idOf(name), kind, name, aliases: [] }));
  await stores.ledger.commit([
    ...texts.map((text, i) => textRecord(text, i, entities)),
    ...pictures.map((picture, i) => pictureRecord(picture, texts.length + i, entities)),
  ]);
  await stores.projector.project();
  return stores;
}

function assetOf(title: string, number: number, modality: Asset['modality']): Asset {
  const blobKey = String(number).padStart(64, '0');
  const createdAt = `2026-01-01T00:00:${String(number).padStart(2, '0')}.000Z`;
  return { id: `Asset:${blobKey}`, modality, mediaType: 'x/y', byteSize: 1, title, blobKey, createdAt };
}

const NOTHING = { readings: [], embeddings: {}, sentenceVectors: new Map(), relations: [], merges: [] };

function textRecord(made: MadeText, number: number, entities: readonly Entity[]): AssetRecord {
  const asset = assetOf(made.title, number, made.isSpoken ? 'AUDIO' : 'TEXT');
  const groups = made.isSpoken ? made.sentences.map((sentence) => [sentence]) : [made.sentences];
  let from = 0;
  const segments = groups.map((sentences, ordinal): Segment => {
    const text = sentences.join(' ');
    let at = 0;
    const spans = sentences.map((sentence) => {
      const start = at;
      at += sentence.length + 1;
      return { start, end: start + sentence.length };
    });
    const locator: Locator = made.isSpoken
      ? { type: 'TimeSpan', startSeconds: 10 * ordinal, endSeconds: 10 * ordinal + 10 }
      : { type: 'TextSpan', start: from, end: from + text.length, quote: text };
    from += text.length;
    const kind = made.isSpoken ? 'SPEECH' : 'PASSAGE';
    return {
      id: `Segment:${asset.blobKey}:${ordinal}`,
      assetId: asset.id,
      ordinal,
      kind,
      locator,
      text,
      sentences: spans,
    };
  });
  const places = segments.flatMap((segment) =>
    segment.sentences.map((span, sentence) => ({ segment, span, sentence })),
  );
  const mentions = places.flatMap(({ segment, span, sentence }) =>
    entities.flatMap((entity): Mention[] => {
      const start = segment.text.slice(span.start, span.end).indexOf(entity.name) + span.start;
      if (start < span.start) return [];
      const end = start + entity.name.length;
      const locator: Locator =
        segment.locator.type === 'TextSpan'
          ? {
              type: 'TextSpan',
              start: segment.locator.start + start,
              end: segment.locator.start + end,
              quote: entity.name,
            }
          : segment.locator;
      const id = `Mention:${segment.id}:${sentence}:${entity.id}`;
      const method = made.isSpoken ? 'HEARD' : 'NAMED';
      return [
        { id, segmentId: segment.id, entityId: entity.id, surface: entity.name, method, score: 0.9, locator, sentence },
      ];
    }),
  );
  const relations = (made.relations ?? []).map(([subject, predicate, object, n]): Relation => {
    const { segment, sentence } = places[n] ?? { segment: segments[0], sentence: 0 };
    const id = `Relation:${subject} ${predicate} ${object}`;
    const evidence = segment ? [{ segmentId: segment.id, sentence, locator: segment.locator }] : [];
    return {
      id,
      subjectId: idOf(subject),
      predicate,
      objectId: idOf(object),
      type: 'RELATES_TO',
      confidence: 0.7,
      evidence,
    };
  });
  return { ...NOTHING, asset, segments, entities, mentions, relations };
}

function pictureRecord({ title, label, box }: MadePicture, number: number, entities: readonly Entity[]): AssetRecord {
  const asset = { ...assetOf(title, number, 'IMAGE'), width: 400, height: 300 };
  const whole: Locator = { type: 'ImageRegion', x: 0, y: 0, width: 400, height: 300 };
  const id = `Segment:${asset.blobKey}:0`;
  const segment: Segment = {
    id,
    assetId: asset.id,
    ordinal: 0,
    kind: 'IMAGE',
    locator: whole,
    text: label,
    sentences: [],
  };
  const seen = { segmentId: id, score: 0.8, locator: box };
  const reading: Reading = {
    ...seen,
    id: `Reading:${id}:0`,
    kind: 'LABEL',
    text: label,
    model: 'm',
    modelVersion: '1',
  };
  const entityId = idOf(label);
  const mention: Mention = { ...seen, id: `Mention:${id}`, entityId, surface: label, method: 'DEPICTED', sentence: -1 };
  return { ...NOTHING, asset, segments: [segment], readings: [reading], entities, mentions: [mention] };
}
