import { UndirectedGraph } from 'graphology';
import louvainModule from 'graphology-communities-louvain';
import { random } from './random.ts';
import { sizeOf, type Csr } from './csr.ts';

// What Node gives of this CommonJS module is the function itself, though its types say that it is under `default`.
const louvain = louvainModule as unknown as (typeof louvainModule)['default'];

const SEED = 20_261_129;

/**
 * Communities by Louvain (Blondel et al. 2008), by weight, each in one piece: what Louvain leaves together without an edge
 * between its parts is taken apart, which is what Leiden (Traag et al. 2019) was made to avoid. [nodes] of community
 * numbers, 0 the largest; of equal size, the one whose first node comes first. The same graph gives the same communities.
 */
export function communities(graph: Csr): Int32Array {
  const n = sizeOf(graph);
  const found = new Int32Array(n);
  if (n === 0) return found;
  const network = new UndirectedGraph();
  for (let i = 0; i < n; i++) network.addNode(i);
  for (let i = 0; i < n; i++)
    for (let k = graph.offsets[i] ?? 0; k < (graph.offsets[i + 1] ?? 0); k++) {
      const [to, weight] = [graph.targets[k] ?? 0, graph.weights[k] ?? 0];
      // Each edge is there from both ends; a loop says nothing of who belongs together. Parallel edges add up.
      if (to > i && weight > 0)
        network.updateEdge(i, to, (known) => ({ weight: Number(known['weight'] ?? 0) + weight }));
    }
  const raw = network.size > 0 ? louvain(network, { getEdgeWeight: 'weight', rng: random(SEED) }) : undefined;
  const whole = inPieces(graph, (i) => raw?.[i] ?? i);
  const members = Map.groupBy(
    Array.from({ length: n }, (_, i) => i),
    (i) => whole[i] ?? 0,
  );
  const bySize = [...members.values()].toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
  for (const [number, nodes] of bySize.entries()) for (const i of nodes) found[i] = number;
  return found;
}

/** [nodes] Number of each node's piece: nodes of one group that edges of weight join within it. */
export function inPieces(graph: Csr, groupOf: (node: number) => number): Int32Array {
  const n = sizeOf(graph);
  const pieces = new Int32Array(n).fill(-1);
  let count = 0;
  for (let start = 0; start < n; start++) {
    if (pieces[start] !== -1) continue;
    const waiting = [start];
    pieces[start] = count;
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (let k = graph.offsets[node] ?? 0; k < (graph.offsets[node + 1] ?? 0); k++) {
        const to = graph.targets[k] ?? 0;
        if (pieces[to] !== -1 || (graph.weights[k] ?? 0) <= 0 || groupOf(to) !== groupOf(node)) continue;
        pieces[to] = count;
        waiting.push(to);
      }
    }
    count++;
  }
  return pieces;
}
