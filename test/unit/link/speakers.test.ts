import { describe, expect, it } from 'vitest';
import type { Entity, Mention, Segment } from '../../../src/domain.ts';
import { resolveSpeakers, type SpeakerDeps } from '../../../src/link/speakers.ts';
import { groupVoices, SAME_VOICE, type Utterance } from '../../../src/link/voices.ts';

/** A voice in a plane: 0° and 90° are two people. */
const voice = (degrees: number) => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
};
const utterance = (asset: string, ordinal: number, degrees: number, seconds = 3): Utterance => {
  const segment: Segment = {
    id: `Segment:${asset}:${ordinal}`,
    assetId: `Asset:${asset}`,
    ordinal,
    kind: 'SPEECH',
    locator: { type: 'TimeSpan', startSeconds: ordinal * 4, endSeconds: ordinal * 4 + seconds },
    text: 'Words.',
    sentences: [],
  };
  return { segment, vector: voice(degrees), seconds };
};
const recording = (asset: string, ...degrees: number[]) => ({
  title: `${asset}.wav`,
  utterances: degrees.map((angle, ordinal) => utterance(asset, ordinal, angle)),
});

/** What a store holds: utterances with their speakers, searched by brute force. */
class Held implements SpeakerDeps {
  readonly space = 'voice';
  readonly #held: { utterance: Utterance; mention: Mention }[] = [];
  readonly #entities = new Map<string, Entity>();

  async add(recordings: readonly ReturnType<typeof recording>[]) {
    const results = await resolveSpeakers(recordings, this);
    for (const [i, { entities, mentions }] of results.entries()) {
      for (const entity of entities) this.#entities.set(entity.id, entity);
      for (const mention of mentions) {
        const own = recordings[i]?.utterances.find(({ segment }) => segment.id === mention.segmentId);
        if (own) this.#held.push({ utterance: own, mention });
      }
    }
    return results;
  }
  readonly vectors: SpeakerDeps['vectors'] = {
    search: async (_, vector, k) =>
      this.#held
        .map(({ utterance: { segment, vector: own } }) => ({
          nodeId: segment.id,
          score: own.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0),
        }))
        .toSorted((a, b) => b.score - a.score)
        .slice(0, k),
  };
  readonly ledger: SpeakerDeps['ledger'] = {
    mentionsOf: async (ids) =>
      Map.groupBy(
        this.#held.map(({ mention }) => mention).filter(({ segmentId }) => ids.includes(segmentId)),
        ({ segmentId }) => segmentId,
      ),
    entitiesById: async (ids) => ids.flatMap((id) => this.#entities.get(id) ?? []),
  };
}

describe('groupVoices', () => {
  it('joins what is alike, in the order in which it is first heard', () => {
    const groups = groupVoices([0, 85, 5, 90, 10].map((degrees, i) => utterance('a', i, degrees)));
    expect(groups.map(({ utterances }) => utterances.map(({ segment }) => segment.ordinal))).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
    expect(groupVoices([])).toEqual([]);
  });

  it('weighs long utterances more', () => {
    const [group] = groupVoices([utterance('a', 0, 0, 9), utterance('a', 1, 30, 1)]);
    expect(group?.vector[0]).toBeGreaterThan(Math.cos(Math.PI / 18));
  });
});

describe('resolveSpeakers', () => {
  it('names the speakers of one recording, each with the times at which it speaks', async () => {
    const [found] = await new Held().add([recording('talk', 0, 90, 3)]);
    expect(found?.entities.map(({ name, kind }) => [name, kind])).toEqual([
      ['Speaker 1 of talk', 'PERSON'],
      ['Speaker 2 of talk', 'PERSON'],
    ]);
    expect(found?.mentions.map(({ method, sentence, locator }) => [method, sentence, locator.type])).toEqual([
      ['SPEAKS', -1, 'TimeSpan'],
      ['SPEAKS', -1, 'TimeSpan'],
      ['SPEAKS', -1, 'TimeSpan'],
    ]);
    expect(found?.merges).toEqual([]);
  });

  it('finds a voice again, in the same batch and in what the store holds, and records why', async () => {
    const held = new Held();
    const [first, second] = await held.add([recording('a', 0), recording('b', 10)]);
    const [third, fourth] = await held.add([recording('c', 5, 88), recording('d', 92)]);
    const id = first?.entities[0]?.id;
    expect(second?.entities).toMatchObject([{ id, name: 'Speaker of a', aliases: ['Speaker of b'] }]);
    expect(third?.entities.map((entity) => entity.id)[0]).toBe(id);
    expect(third?.entities[0]?.aliases).toEqual(expect.arrayContaining(['Speaker of b', 'Speaker 1 of c']));
    expect(third?.merges).toMatchObject([{ intoId: id, fromName: 'Speaker 1 of c', reason: 'VECTOR' }]);
    expect(fourth?.entities).toMatchObject([{ name: 'Speaker 2 of c' }]);
    expect(fourth?.mentions[0]?.surface).toBe('Speaker of d');
  });

  it('keeps voices apart that are less alike than the threshold', async () => {
    const held = new Held();
    const degrees = (Math.acos(SAME_VOICE) * 180) / Math.PI;
    const [, near, far] = await held.add([
      recording('a', 0),
      recording('b', degrees - 1),
      recording('c', -degrees - 1),
    ]);
    expect(near?.entities[0]?.name).toBe('Speaker of a');
    expect(far?.entities[0]?.name).toBe('Speaker of c');
  });

  it('finds nobody where no voice is told', async () => {
    expect(await new Held().add([recording('silent')])).toEqual([{ entities: [], mentions: [], merges: [] }]);
  });
});
