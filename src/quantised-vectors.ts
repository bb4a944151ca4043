/** Vectors as int8 with a scale a row: a quarter of their size. */
export interface QuantisedVectors {
  readonly scales: Float32Array;
  /** Int8 values, row after row. */
  readonly packed: Uint8Array;
}

/** Symmetric int8 a row: value ≈ scale · int8, with scale = largest magnitude / 127. */
export function quantise(vectors: Float32Array, dimension: number): QuantisedVectors {
  const rows = vectors.length / dimension;
  const scales = new Float32Array(rows);
  const packed = new Int8Array(vectors.length);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) {
      largest = Math.max(largest, Math.abs(vectors[i] ?? 0));
    }
    const scale = largest / 127 || 1;
    scales[row] = scale;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) packed[i] = Math.round((vectors[i] ?? 0) / scale);
  }
  return { scales, packed: new Uint8Array(packed.buffer) };
}

export function dequantise({ scales, packed }: QuantisedVectors, dimension: number): Float32Array {
  const values = new Int8Array(packed.buffer, packed.byteOffset, packed.length);
  const vectors = new Float32Array(values.length);
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row] ?? 0;
    for (let i = row * dimension; i < (row + 1) * dimension; i++) vectors[i] = (values[i] ?? 0) * scale;
  }
  return vectors;
}
