import { describe, expect, it } from 'vitest';
import { MemoryGraphStore } from '../../../src/adapters/memory/graph-store.ts';
import type { Entity } from '../../../src/domain.ts';
import type { GraphChange } from '../../../src/ports/graph-store.ts';
import { rank } from '../../../src/retrieve/rank.ts';
import { withFacts } from '../../../src/retrieve/nearest-facts.ts';
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

describe('the neighbourhood', () => {
  it('holds the segments of a rare name before those of a common one', async () => {
    const graph = await smallGraph();
    const many = Array.from({ length: 60 }, (_, i) => `Segment:common ${i}`);
    const node = (id: string, label: 'Entity' | 'Segment'): GraphChange => ({
      op: 'upsertNode',
      node: { id, label, caption: id, properties: {} },
    });
    const edge = (from: string, to: string, weight: number): GraphChange => ({
      op: 'upsertEdge',
      edge: { id: `${from}|MENTIONS|${to}`, type: 'MENTIONS', from, to, weight, properties: { sentences: [0] } },
    });
    const commons = Array.from({ length: 12 }, (_, i) => `Entity:common ${i}`);
    await graph.apply([
      ...commons.map((id) => node(id, 'Entity')),
      ...commons.flatMap((id, i) =>
        many.flatMap((segment) => [node(`${segment} of ${i}`, 'Segment'), edge(`${segment} of ${i}`, id, 2)]),
      ),
    ]);
    const asked = [...commons.map((id) => ({ entity: { ...named, id }, surface: id, score: 1 })), ...entities];
    const scorer = new SentenceScorer(vector, { sentenceVectors: async () => new Map() });
    const { graph: local } = await walk({ ...seeds, dense: new Map() }, asked, graph, scorer, RECIPES['no-bridge']);
    const further = local.nodes.find(({ id }) => id === 'Entity:further');
    // Twelve names of thirty segments each fill the neighbourhood; what the rare one's segment names is there all the same.
    expect(further).toBeDefined();
  });
});

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

  it('orders by the walk from bridged names alone, as LinearRAG does, where it is asked to', async () => {
    const graph = await smallGraph();
    const scorer = new SentenceScorer(vector, ledger);
    const walked = await walk(seeds, entities, graph, scorer, RECIPES['linear-rag']);
    const ranked = await rank(seeds, entities, walked, scorer, RECIPES['linear-rag'], { vectors, textSpace: 'text' });
    expect(ranked.map(({ id, score, features }) => [id, score === features['bridge.share']])).toEqual([
      ['Segment:1', true],
      ['Segment:2', true],
    ]);
  });
});

describe('a walk from the nearest facts', () => {
  it('starts at what they join, the rarer the more, and takes the facts into the neighbourhood', async () => {
    const graph = await smallGraph();
    const edge: GraphChange = {
      op: 'upsertEdge',
      edge: {
        id: 'Entity:named|RELATES_TO|Entity:further',
        type: 'RELATES_TO',
        from: 'Entity:named',
        to: 'Entity:further',
        weight: 1,
        properties: { relationId: 'Relation:1' },
      },
    };
    await graph.apply([edge]);
    const locator = { type: 'TextSpan', start: 0, end: 1, quote: '' } as const;
    const relation = {
      id: 'Relation:1',
      subjectId: 'Entity:named',
      predicate: 'knows',
      objectId: 'Entity:further',
      type: 'RELATES_TO',
      confidence: 1,
      evidence: [{ segmentId: 'Segment:1', sentence: 0, locator }],
    } as const;
    const scorer = new SentenceScorer(vector, ledger);
    // No name of the question is known: the walk by names would have nowhere to start.
    const walked = await walk(seeds, [], graph, scorer, RECIPES['hippo-rag']);
    const relationsById = async () => [relation];
    const started = await withFacts(walked, seeds, scorer, { graph, ledger: { relationsById } });
    // "Further" is in two passages, "named" in one.
    expect([...(started.starts ?? [])]).toEqual([
      ['Entity:named', 1],
      ['Entity:further', 0.5],
    ]);
    expect(started.graph.edges.map(({ type }) => type)).toContain('RELATES_TO');
    const without = await withFacts(walked, seeds, scorer, { graph, ledger: { relationsById: async () => [] } });
    expect(without).toBe(walked);
  });
});
