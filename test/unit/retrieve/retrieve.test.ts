import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personalisedPageRank } from '../../../graph/algorithms/page-rank.ts';
import type { GraphEdge, GraphNode } from '../../../src/ports/graph-store.ts';
import { FEATURES, featureRows } from '../../../src/retrieve/features.ts';
import { buildLocalGraph } from '../../../src/retrieve/local-graph.ts';
import { rankScore, WEIGHTS } from '../../../src/retrieve/ranker.ts';
import { minMax, reciprocalRank } from '../../../src/retrieve/vectors.ts';

const node = (id: string): GraphNode => ({
  id,
  label: id.startsWith('Entity') ? 'Entity' : 'Segment',
  caption: id,
  properties: {},
});
const edge = (from: string, to: string): GraphEdge => ({
  id: `${from}|${to}`,
  type: 'MENTIONS',
  from,
  to,
  weight: 1,
  properties: {},
});

describe('personalised PageRank', () => {
  it('keeps all of the mass and stays near its seeds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 1, maxLength: 40 }),
        fc.nat(7),
        (pairs, seed) => {
          const nodes = Array.from({ length: 8 }, (_, i) => [node(`Segment:${i}`), node(`Entity:${i}`)]).flat();
          const graph = buildLocalGraph([{ nodes, edges: pairs.map(([a, b]) => edge(`Segment:${a}`, `Entity:${b}`)) }]);
          const start = graph.index.get(`Segment:${seed}`) ?? 0;
          const reset = new Float64Array(nodes.length);
          reset[start] = 3;
          const rank = personalisedPageRank(graph, reset);
          const linked = (graph.offsets[start + 1] ?? 0) > (graph.offsets[start] ?? 0);
          // Where the seed has no edge, the mass that would have walked is lost; else it is all there.
          expect(rank.reduce((a, b) => a + b, 0)).toBeCloseTo(linked ? 1 : 0.5, 6);
          expect(Math.max(...rank)).toBe(rank[start]);
        },
      ),
    );
  });

  it('gives nothing for no seed', () => {
    const graph = buildLocalGraph([{ nodes: [node('Segment:1')], edges: [] }]);
    expect([...personalisedPageRank(graph, new Float64Array(1))]).toEqual([0]);
  });
});

describe('the local graph', () => {
  it('takes a node or an edge of two parts once, and drops edges without both ends', () => {
    const part = {
      nodes: [node('Segment:1'), node('Entity:1')],
      edges: [edge('Segment:1', 'Entity:1'), edge('Segment:1', 'Entity:9')],
    };
    const graph = buildLocalGraph([part, part]);
    expect([graph.nodes.length, graph.edges.length, graph.targets.length]).toEqual([2, 1, 2]);
  });
});

describe('features', () => {
  it('are all there, finite, and each a number that the weights know', () => {
    const channel = [0.1, 0.9, 0.9, 0];
    const rows = featureRows({
      dense: channel,
      lexical: channel,
      sentence: channel,
      walk: channel,
      bridge: channel,
      title: channel,
      named: channel,
      path: channel,
    });
    for (const row of rows) {
      expect(Object.keys(row).toSorted()).toEqual([...FEATURES].toSorted());
      for (const value of Object.values(row)) expect(Number.isFinite(value)).toBe(true);
      expect(rankScore(row)).toBeGreaterThanOrEqual(0);
      expect(rankScore(row)).toBeLessThanOrEqual(1);
    }
    expect(Object.keys(WEIGHTS.weights).toSorted()).toEqual([...FEATURES].toSorted());
  });

  it('share ranks between equals and survive channels that say nothing', () => {
    expect(reciprocalRank([0.5, 0.9, 0.5])).toEqual([0.5, 1, 0.5]);
    expect(minMax([2, 2, 2])).toEqual([0, 0, 0]);
    expect(minMax([])).toEqual([]);
  });
});
