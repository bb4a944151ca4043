import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { communities, inPieces } from '../../../graph/algorithms/communities.ts';
import { forwardPush } from '../../../graph/algorithms/forward-push.ts';
import { pageRank, personalisedPageRank } from '../../../graph/algorithms/page-rank.ts';
import { similarNodes } from '../../../graph/algorithms/similarity.ts';
import type { GraphEdge, GraphNode, Subgraph } from '../../../src/ports/graph-store.ts';
import { measureNeighbourhood } from '../../../src/measure-neighbourhood.ts';
import { buildLocalGraph } from '../../../src/retrieve/local-graph.ts';

/** Entities joined by relations, as pairs of their numbers. */
function part(size: number, pairs: readonly (readonly [number, number])[]): Subgraph {
  const nodes = Array.from({ length: size }, (_, i): GraphNode => {
    const id = `Entity:${String(i).padStart(3, '0')}`;
    return { id, label: 'Entity', caption: id, properties: {} };
  });
  const edges = pairs.map(([a, b]): GraphEdge => {
    const [from, to] = [nodes[a]?.id ?? '', nodes[b]?.id ?? ''];
    return { id: `${from}|RELATES_TO|${to}|knows`, type: 'RELATES_TO', from, to, weight: 1, properties: {} };
  });
  return { nodes, edges };
}

/** Every two of the numbers. */
function clique(numbers: readonly number[]): [number, number][] {
  return numbers.flatMap((a, i) => numbers.slice(i + 1).map((b): [number, number] => [a, b]));
}

const parts = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 }).map((pairs) =>
  part(
    12,
    pairs.filter(([a, b]) => a !== b),
  ),
);

describe('personalised PageRank by forward push', () => {
  it('is what power iteration gives, where it starts wherever and damps however', () => {
    const resets = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(parts, resets, fc.constantFrom(0.3, 0.5, 0.85), (some, starts, damping) => {
        const graph = buildLocalGraph([some]);
        const reset = Float64Array.from(starts);
        const exact = personalisedPageRank(graph, reset, damping, 200);
        const pushed = forwardPush(graph, reset, damping, 1e-9);
        for (const [i, value] of pushed.entries()) expect(Math.abs(value - (exact[i] ?? 0))).toBeLessThan(1e-6);
      }),
    );
  });

  it('touches nothing that the mass does not reach', () => {
    const near = buildLocalGraph([part(3, clique([0, 1, 2]))]);
    const all = buildLocalGraph([
      part(40, [...clique([0, 1, 2]), ...clique(Array.from({ length: 30 }, (_, i) => 10 + i))]),
    ]);
    // Whoever read a weight of the other part would move what is no number.
    const far = all.nodes.findIndex(({ id }) => id === 'Entity:010');
    all.weights.fill(Number.NaN, all.offsets[far] ?? 0);
    const reset = (size: number) => Float64Array.from({ length: size }, (_, i) => (i === 0 ? 1 : 0));
    const pushed = forwardPush(all, reset(40));
    expect(pushed.slice(0, 3)).toEqual(forwardPush(near, reset(3)));
    expect(pushed.slice(3).every((value) => value === 0)).toBe(true);
  });

  it('stops early where little is asked of it', () => {
    const chain = buildLocalGraph([
      part(
        200,
        Array.from({ length: 199 }, (_, i): [number, number] => [i, i + 1]),
      ),
    ]);
    const reached = (epsilon: number) =>
      forwardPush(
        chain,
        Float64Array.from({ length: 200 }, (_, i) => (i === 0 ? 1 : 0)),
        0.5,
        epsilon,
      ).filter((value) => value > 0).length;
    expect(reached(1e-2)).toBeLessThan(reached(1e-6));
    expect(reached(1e-6)).toBeLessThan(40);
  });

  it('gives nothing for no seed', () => {
    expect([...forwardPush(buildLocalGraph([part(2, [[0, 1]])]), new Float64Array(2))]).toEqual([0, 0]);
  });
});

describe('PageRank of a neighbourhood', () => {
  it('sums to 1, and is nowhere nothing', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const ranks = pageRank(buildLocalGraph([some]));
        expect(ranks.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...ranks)).toBeGreaterThan(0);
      }),
    );
  });

  it('is as the closed form says for a star: the hub has what its leaves give it', () => {
    const ranks = pageRank(
      buildLocalGraph([
        part(5, [
          [0, 1],
          [0, 2],
          [0, 3],
          [0, 4],
        ]),
      ]),
    );
    // hub = 0.15/5 + 0.85 · 4 · leaf, leaf = 0.15/5 + 0.85 · hub / 4
    const hub = (0.03 + 0.85 * 4 * 0.03) / (1 - 0.85 ** 2);
    expect(ranks[0]).toBeCloseTo(hub, 4);
    expect(ranks[3]).toBeCloseTo(0.03 + (0.85 * hub) / 4, 4);
  });

  it('of nothing is nothing', () => {
    expect([...pageRank(buildLocalGraph([]))]).toEqual([]);
    expect([...communities(buildLocalGraph([]))]).toEqual([]);
  });
});

describe('pieces of a group', () => {
  it('are joined by edges within it alone', () => {
    // 0–1 and 3–4 are one group by name; the way between them leads over another.
    const graph = buildLocalGraph([
      part(5, [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ]),
    ]);
    expect([...inPieces(graph, (i) => (i === 2 ? 1 : 0))]).toEqual([0, 0, 1, 2, 2]);
  });
});

describe('communities of a neighbourhood', () => {
  it('are the cliques that one edge joins, the largest first', () => {
    const [small, large] = [
      [0, 1, 2, 3],
      [4, 5, 6, 7, 8],
    ];
    const found = communities(buildLocalGraph([part(10, [...clique(small), ...clique(large), [3, 4]])]));
    expect([...found]).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 2]);
  });

  it('never join what no way joins', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const graph = buildLocalGraph([some]);
        const found = communities(graph);
        const reached = (start: number): Set<number> => {
          const seen = new Set([start]);
          for (const i of seen)
            for (const to of graph.targets.subarray(graph.offsets[i], graph.offsets[i + 1])) seen.add(to);
          return seen;
        };
        for (let i = 0; i < found.length; i++) {
          const together = reached(i);
          for (let j = 0; j < found.length; j++) if (found[i] === found[j]) expect(together).toContain(j);
        }
      }),
    );
  });
});

describe('measures of a neighbourhood', () => {
  it('are the same whatever the order of nodes and edges', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const turned = { nodes: some.nodes.toReversed(), edges: some.edges.toReversed() };
        const [one, other] = [measureNeighbourhood(some), measureNeighbourhood(turned)];
        expect([...one].toSorted()).toEqual([...other].toSorted());
      }),
    );
  });
});

describe('similar nodes', () => {
  it('share neighbours, by the share of those that either has', () => {
    // 0 and 1 share 4 and 5 of 4, 5, 6; 0 and 2 share 5 of 4, 5, 7; 3 shares none; 0 and 1 are joined as well.
    const graph = buildLocalGraph([
      part(9, [
        [0, 4],
        [0, 5],
        [1, 4],
        [1, 5],
        [1, 6],
        [2, 5],
        [2, 7],
        [3, 8],
        [0, 1],
      ]),
    ]);
    const wanted = (node: number): boolean => node < 4;
    expect(similarNodes(graph, 0, 10, wanted)).toEqual([
      { node: 1, score: 2 / 3, shared: [4, 5] },
      { node: 2, score: 1 / 4, shared: [5] },
    ]);
    expect(similarNodes(graph, 0, 1, wanted)).toHaveLength(1);
    expect(similarNodes(graph, 3, 10, wanted)).toEqual([]);
  });

  it('are as similar the other way round', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const graph = buildLocalGraph([some]);
        const scores = some.nodes.map(
          (_, i) => new Map(similarNodes(graph, i, 99).map((one) => [one.node, one.score])),
        );
        for (const [i, all] of scores.entries()) for (const [j, score] of all) expect(scores[j]?.get(i)).toBe(score);
      }),
    );
  });
});
