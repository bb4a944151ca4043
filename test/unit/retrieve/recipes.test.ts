import { describe, expect, it } from 'vitest';
import { MemoryGraphStore } from '../../../src/adapters/memory/graph-store.ts';
import type { Entity } from '../../../src/domain.ts';
import type { GraphChange } from '../../../src/ports/graph-store.ts';
import { rank } from '../../../src/retrieve/rank.ts';
import { RECIPES } from '../../../src/retrieve/recipes.ts';
import { SentenceScorer } from '../../../src/retrieve/sentence-scorer.ts';
import { walk } from '../../../src/retrieve/walk.ts';

const vector = Float32Array.of(1, 0);
/** One sentence a segment, which is just what is asked for. */
const ledger = {
  sentenceVectors: async (ids: readonly string[]) => new Map(ids.map((id) => [id, vector])),
};
const named: Entity = { id: 'Entity:named', kind: 'NAME', name: 'Named', aliases: [] };
const entities = [{ entity: named, surface: 'Named', score: 1 }];
const seeds = { vector, dense: new Map([['Segment:1', 0.9]]), lexical: new Map<string, number>() };
const vectors = { search: async () => [] };

/** Segment 1 names the question's entity and a further one in one sentence; segment 2 only the further one. */
async function smallGraph(): Promise<MemoryGraphStore> {
  const graph = new MemoryGraphStore();
  const node = (id: string): GraphChange => ({
    op: 'upsertNode',
    node: { id, label: id.startsWith('Entity') ? 'Entity' : 'Segment', caption: id, properties: {} },
  });
  const edge = (from: string, to: string): GraphChange => ({
    op: 'upsertEdge',
    edge: { id: `${from}|MENTIONS|${to}`, type: 'MENTIONS', from, to, weight: 1, properties: { sentences: [0] } },
  });
  await graph.apply([
    ...['Entity:named', 'Entity:further', 'Segment:1', 'Segment:2'].map(node),
    edge('Segment:1', 'Entity:named'),
    edge('Segment:1', 'Entity:further'),
    edge('Segment:2', 'Entity:further'),
  ]);
  return graph;
}

describe('a recipe that leaves a piece out', () => {
  it('goes no further than the names of the question without bridging', async () => {
    const graph = await smallGraph();
    const active = async (name: 'default' | 'no-bridge') => [
      ...(await walk(seeds, entities, graph, new SentenceScorer(vector, ledger), RECIPES[name])).activations.keys(),
    ];
    expect(await active('default')).toEqual(['Entity:named', 'Entity:further']);
    expect(await active('no-bridge')).toEqual(['Entity:named']);
  });

  it('counts nothing of a walk without it, and finds no candidate by it', async () => {
    const graph = await smallGraph();
    const scorer = new SentenceScorer(vector, ledger);
    const walked = await walk(seeds, entities, graph, scorer, RECIPES.default);
    const ranked = (name: 'default' | 'no-walk') =>
      rank(seeds, entities, walked, scorer, RECIPES[name], { vectors, textSpace: 'text' });
    expect((await ranked('default')).map(({ id }) => id)).toEqual(['Segment:1', 'Segment:2']);
    const [only, ...others] = await ranked('no-walk');
    expect([only?.id, others]).toEqual(['Segment:1', []]);
    expect([only?.features['walk.share'], only?.features['bridge.share']]).toEqual([0, 0]);
  });
});
