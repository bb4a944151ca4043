import { sizeOf, type Csr } from './csr.ts';

/** Mass that may stay where it is, a unit of a node's weight: far below what two ranks of a neighbourhood differ by. */
const EPSILON = 1e-7;

/**
 * Personalised PageRank by forward push (Andersen, Chung and Lang 2006, "Local graph partitioning using PageRank
 * vectors"): the mass of `reset` lies at its nodes as residue; of a node that holds more than `epsilon` times the
 * weight of its edges, the share 1 − `damping` stays for good and the rest moves on over its edges. Only edges that the
 * mass reaches are walked: at most 1 / (epsilon · (1 − damping)) edges where each weighs 1, however large the graph.
 *
 * `reset` [nodes] need not be normalised; all zero gives all zero. The result [nodes] is below the exact rank, by at
 * most `epsilon` times the weight of a node's edges where weights are the same in both directions. What comes to a node
 * without edges and would walk on is lost.
 */
export function forwardPush(graph: Csr, reset: Float64Array, damping = 0.5, epsilon = EPSILON): Float64Array {
  const n = sizeOf(graph);
  const rank = new Float64Array(n);
  const total = reset.reduce((sum, value) => sum + value, 0);
  if (total <= 0) return rank;
  const residue = reset.map((value) => value / total);
  const weightOf = new Float64Array(n);
  // A ring: a node waits in it once at most.
  const queue = new Int32Array(n);
  const waits = new Uint8Array(n);
  let [head, count] = [0, 0];
  const add = (node: number) => {
    if (waits[node] || (residue[node] ?? 0) <= epsilon * (weightOf[node] ?? 0)) return;
    waits[node] = 1;
    queue[(head + count++) % n] = node;
  };
  for (let i = 0; i < n; i++) {
    if ((residue[i] ?? 0) <= 0) continue;
    weightOf[i] = weightAround(graph, i);
    add(i);
  }
  while (count > 0) {
    const node = queue[head] ?? 0;
    head = (head + 1) % n;
    count--;
    waits[node] = 0;
    const mass = residue[node] ?? 0;
    residue[node] = 0;
    rank[node] = (rank[node] ?? 0) + (1 - damping) * mass;
    const weight = weightOf[node] ?? 0;
    if (weight === 0) continue;
    const share = (damping * mass) / weight;
    for (let k = graph.offsets[node] ?? 0; k < (graph.offsets[node + 1] ?? 0); k++) {
      const moved = share * (graph.weights[k] ?? 0);
      if (moved === 0) continue;
      const target = graph.targets[k] ?? 0;
      residue[target] = (residue[target] ?? 0) + moved;
      if (weightOf[target] === 0) weightOf[target] = weightAround(graph, target);
      add(target);
    }
  }
  // What was too little to move is where it lies.
  for (let i = 0; i < n; i++) rank[i] = (rank[i] ?? 0) + (1 - damping) * (residue[i] ?? 0);
  return rank;
}

function weightAround(graph: Csr, node: number): number {
  let sum = 0;
  for (let k = graph.offsets[node] ?? 0; k < (graph.offsets[node + 1] ?? 0); k++) sum += graph.weights[k] ?? 0;
  return sum;
}
