import type { GraphStore } from '../../../src/ports/graph-store.ts';
import { edgeChange, nodeChange, type MadeGraph } from './made-graph.ts';
import { load, mediansBeside, parts, ratesBeside, rounded, type Figures } from './measure.ts';
import { plainExpand, type PlainGraph } from './plain-graphs.ts';

/** Changes of one call: about what the projector applies at once. */
const BATCH = 2000;
const QUESTIONS = 40;
const BOUNDS = { fanout: 10, maxNodes: 500 } as const;

/** Writes the graph into both and asks both the same, in turns. */
export async function graphFigures(made: MadeGraph, graph: GraphStore, plain: PlainGraph): Promise<Figures> {
  const inStatements = async <T>(
    part: readonly T[],
    write: (rows: readonly T[]) => Promise<unknown>,
  ): Promise<void> => {
    for (const rows of parts(part, plain.rows)) await write(rows);
  };
  const nodes = await ratesBeside(
    made.nodes,
    BATCH,
    (part) => graph.apply(part.map(nodeChange)),
    (part) => inStatements(part, plain.nodes),
  );
  const edges = await ratesBeside(
    made.edges,
    BATCH,
    (part) => graph.apply(part.map(edgeChange)),
    (part) => inStatements(part, plain.edges),
  );
  const seeds = Array.from(
    { length: QUESTIONS },
    (_, i) => made.nodes[Math.floor((i / QUESTIONS) * made.nodes.length)]?.id ?? '',
  );
  const figures: Figures = {
    'nodes/s': nodes.ours,
    'of plain ': rounded(nodes.ours / nodes.plain),
    'edges/s': edges.ours,
    'of plain  ': rounded(edges.ours / edges.plain),
  };
  for (const hops of [1, 3]) {
    const sizes = { ours: 0, plain: 0 };
    const expand = async (seed: string): Promise<void> => {
      const { nodes: found } = await graph.expand({ from: [seed], hops, types: ['RELATES_TO'], ...BOUNDS });
      sizes.ours += found.length;
    };
    const byHand = async (seed: string): Promise<void> => {
      sizes.plain += await plainExpand(plain, seed, { hops, ...BOUNDS });
    };
    const times = await mediansBeside(seeds, expand, byHand);
    if (Math.abs(sizes.ours - sizes.plain) > 0.02 * sizes.plain)
      throw new Error(`They don't find the same: ${sizes.ours} and ${sizes.plain} nodes.`);
    figures[`${hops}-hop p50 ms`] = times.ours;
    figures[`plain ${hops}-hop`] = times.plain;
  }
  return { ...figures, load: load() };
}
