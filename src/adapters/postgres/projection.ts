import type { Asset, Entity, Locator, Mention, Relation, Segment } from '../../domain.ts';
import { placeOf } from '../../place.ts';
import type { GraphChange, GraphEdge, GraphNode, Json } from '../../ports/graph-store.ts';

/** What ledger rows look like in the graph. Pure, so that a rebuild gives what the outbox gave. */

const CAPTION_LENGTH = 80;

export function assetNode(asset: Asset): GraphNode {
  return {
    id: asset.id,
    label: 'Asset',
    caption: asset.title,
    properties: { modality: asset.modality, mediaType: asset.mediaType, createdAt: asset.createdAt },
  };
}

export function segmentNode(segment: Segment, modality: string): GraphNode {
  return {
    id: segment.id,
    label: 'Segment',
    caption: captionOf(segment.text),
    properties: {
      kind: segment.kind,
      modality,
      assetId: segment.assetId,
      ordinal: segment.ordinal,
      locator: canonical(placeOf(segment)),
    },
  };
}

/** The beginning of a text as one line, without Markdown's marks; a heading before a paragraph ends with a colon. */
export function captionOf(text: string): string {
  const start = text.slice(0, CAPTION_LENGTH * 3).replaceAll(/^#{1,6}[ \t]+/gm, '');
  const line = start
    .replace(/^\s*([^\n]{1,60}[^\s.:;,!?])[ \t]*\n\s*\n\s*(?=\S)/, '$1: ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.slice(0, CAPTION_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}

export function entityNode(entity: Entity): GraphNode {
  return {
    id: entity.id,
    label: 'Entity',
    caption: entity.name,
    properties: {
      kind: entity.kind,
      aliases: entity.aliases,
      ...(entity.synset === undefined ? {} : { synset: entity.synset }),
    },
  };
}

export function segmentEdge(segment: Segment): GraphEdge {
  return {
    id: `${segment.assetId}|HAS_SEGMENT|${segment.id}`,
    type: 'HAS_SEGMENT',
    from: segment.assetId,
    to: segment.id,
    // Earlier segments first, should a bounded expansion not take all.
    weight: 1 / (1 + segment.ordinal),
    properties: { ordinal: segment.ordinal },
  };
}

function mentionEdgeType(mention: Mention): 'ABOUT' | 'MENTIONS' {
  return mention.method === 'TITLE' ? 'ABOUT' : 'MENTIONS';
}

export function mentionEdgeId(mention: Mention): string {
  return `${mention.segmentId}|${mentionEdgeType(mention)}|${mention.entityId}`;
}

/** One edge for all mentions of an entity in a segment (TITLE mentions apart). `mentions` must be complete for each pair. */
export function mentionEdges(mentions: readonly Mention[]): GraphEdge[] {
  const edges: GraphEdge[] = [];
  for (const [id, group] of Map.groupBy(mentions, mentionEdgeId)) {
    const best = group.reduce((a, b) => (b.score > a.score || (b.score === a.score && b.id < a.id) ? b : a));
    const sentences = new Set(group.map((mention) => mention.sentence).filter((sentence) => sentence >= 0));
    edges.push({
      id,
      type: mentionEdgeType(best),
      from: best.segmentId,
      to: best.entityId,
      weight: clamp(best.score),
      properties: {
        count: group.length,
        sentences: [...sentences].toSorted((a, b) => a - b),
        method: best.method,
        score: best.score,
        surface: best.surface,
      } satisfies { [key: string]: Json },
    });
  }
  return edges;
}

/** The predicate is part of the id, so that each relation is one edge. */
export function relationEdgeId(relation: Pick<Relation, 'subjectId' | 'predicate' | 'objectId' | 'type'>): string {
  return `${relation.subjectId}|${relation.type}|${relation.objectId}|${relation.predicate}`;
}

/** `count`: how many places support it. */
export function relationEdge(relation: Omit<Relation, 'evidence'>, count: number): GraphEdge {
  return {
    id: relationEdgeId(relation),
    type: relation.type,
    from: relation.subjectId,
    to: relation.objectId,
    weight: clamp(relation.confidence),
    properties: { predicate: relation.predicate, relationId: relation.id, confidence: relation.confidence, count },
  };
}

export function upsertNode(node: GraphNode): GraphChange {
  return { op: 'upsertNode', node };
}

export function upsertEdge(edge: GraphEdge): GraphChange {
  return { op: 'upsertEdge', edge };
}

/** Keys sorted: the ledger doesn't keep their order. */
function canonical(locator: Locator): string {
  return JSON.stringify(locator, Object.keys(locator).toSorted());
}

function clamp(weight: number): number {
  return Math.min(1, Math.max(0, weight));
}
