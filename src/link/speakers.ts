import type { Entity, Mention, Merge, Segment } from '../domain.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import { stableId } from './ids.ts';
import type { LinkedAsset } from './linked.ts';
import { groupVoices, likeness, SAME_VOICE, type Utterance, type VoiceGroup } from './voices.ts';

/** Nearest utterances looked at for a voice. */
const NEIGHBOURS = 20;

export interface SpeakerDeps {
  readonly ledger: Pick<Ledger, 'mentionsOf' | 'entitiesById'>;
  readonly vectors: Pick<VectorStore, 'search'>;
  /** Name of the space of voices. */
  readonly space: string;
}

/** The voices of one recording. */
export interface VoicesOfAsset {
  readonly title: string;
  readonly utterances: readonly Utterance[];
}

type Speakers = Pick<LinkedAsset, 'entities' | 'mentions' | 'merges'>;

/** A speaker that a voice may turn out to be, and how like the two are. */
interface Candidate {
  readonly entity: Entity;
  readonly score: number;
}

/**
 * Who speaks in each recording, as entities that are the same across recordings: the utterances of one voice make a
 * group; a group joins the known speaker whose voice is nearest, from SAME_VOICE on, else it is a speaker of its own.
 * Joining is recorded as a merge, so that it can be undone. One result a recording, in order.
 */
export async function resolveSpeakers(recordings: readonly VoicesOfAsset[], deps: SpeakerDeps): Promise<Speakers[]> {
  /** Speakers of this batch, which the ledger does not know yet. */
  const fresh: { entity: Entity; group: VoiceGroup }[] = [];
  const results: Speakers[] = [];
  for (const { title, utterances } of recordings) {
    const result = { entities: new Map<string, Entity>(), mentions: [] as Mention[], merges: [] as Merge[] };
    const groups = groupVoices(utterances);
    for (const [i, group] of groups.entries()) {
      const own = ownEntity(title, i, groups.length, group);
      const known = await knownSpeakers(group, deps);
      const [best] = [...known, ...fresh.map(({ entity, group: other }) => ({ entity, score: likeness(group, other) }))]
        .filter(({ score }) => score >= SAME_VOICE)
        .toSorted((a, b) => b.score - a.score);
      const entity = best ? withAlias(best.entity, own.name) : own;
      fresh.push({ entity, group });
      result.entities.set(entity.id, withAlias(entity, ...(result.entities.get(entity.id)?.aliases ?? [])));
      if (best && best.entity.id !== own.id) result.merges.push(mergeOf(entity, own, best.score));
      for (const utterance of group.utterances) result.mentions.push(mentionOf(utterance, own.name, entity, group));
    }
    results.push({ entities: [...result.entities.values()], mentions: result.mentions, merges: result.merges });
  }
  return results;
}

/** Speakers of utterances like this voice, each by the mean of its nearest ones. */
async function knownSpeakers(group: VoiceGroup, { ledger, vectors, space }: SpeakerDeps): Promise<Candidate[]> {
  const hits = await vectors.search(space, group.vector, NEIGHBOURS);
  const scores = new Map(hits.map(({ nodeId, score }) => [nodeId, score]));
  const mentions = [...(await ledger.mentionsOf([...scores.keys()])).values()]
    .flat()
    .filter(({ method }) => method === 'SPEAKS');
  const byEntity = Map.groupBy(mentions, ({ entityId }) => entityId);
  const entities = await ledger.entitiesById([...byEntity.keys()]);
  return entities.map((entity) => {
    const own = (byEntity.get(entity.id) ?? []).map(({ segmentId }) => scores.get(segmentId) ?? 0);
    return { entity, score: own.reduce((sum, score) => sum + score, 0) / own.length };
  });
}

/** The speaker that the voice is by itself. */
function ownEntity(title: string, index: number, count: number, { utterances }: VoiceGroup): Entity {
  return {
    id: stableId('Entity', 'SPEAKER', utterances[0]?.segment.id ?? ''),
    kind: 'PERSON',
    name: `Speaker${count === 1 ? '' : ` ${index + 1}`} of ${title.replace(/\.\w{2,5}$/, '')}`,
    aliases: [],
  };
}

function withAlias(entity: Entity, ...names: readonly string[]): Entity {
  const aliases = new Set([...entity.aliases, ...names]);
  aliases.delete(entity.name);
  return { ...entity, aliases: [...aliases] };
}

function mergeOf(into: Entity, own: Entity, score: number): Merge {
  return {
    id: stableId('Merge', into.id, own.id),
    intoId: into.id,
    fromId: own.id,
    fromName: own.name,
    reason: 'VECTOR',
    score: Math.min(1, score),
    createdAt: new Date().toISOString(),
  };
}

/** That the entity speaks in the whole of a segment; the surface is the name that a split gives it back. */
function mentionOf({ segment, vector }: Utterance, surface: string, entity: Entity, group: VoiceGroup): Mention {
  return {
    id: stableId('Mention', segment.id, entity.id, 'SPEAKS'),
    segmentId: segment.id,
    entityId: entity.id,
    surface,
    method: 'SPEAKS',
    score: Math.min(1, Math.max(0, dot(vector, group.vector))),
    locator: segment.locator,
    sentence: -1,
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** Utterances whose voice is told, of the segments of an asset. */
export function utterancesOf(
  segments: readonly Segment[],
  voices: readonly { readonly nodeId: string; readonly vector: Float32Array }[] = [],
): Utterance[] {
  const vectors = new Map(voices.map(({ nodeId, vector }) => [nodeId, vector]));
  return segments.flatMap((segment) => {
    const vector = vectors.get(segment.id);
    const { locator } = segment;
    if (!vector || !('startSeconds' in locator)) return [];
    return [{ segment, vector, seconds: locator.endSeconds - locator.startSeconds }];
  });
}
