/** A weighted graph as typed arrays (compressed sparse rows), each edge in both directions. */
export interface Csr {
  /** Int32Array [nodes + 1]: neighbours of node i are at offsets[i] … offsets[i + 1]. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Float32Array, parallel to `targets`; not negative. */
  readonly weights: Float32Array;
}

export function sizeOf(graph: Csr): number {
  return graph.offsets.length - 1;
}
