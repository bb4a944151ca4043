/** A value of a COPY row, already in Postgres' binary form. */
export type BinaryField = Uint8Array;

const SIGNATURE = Uint8Array.of(0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00);

/** Rows as the body of `COPY … WITH (FORMAT binary)` (PostgreSQL manual, "COPY", Binary Format). */
export function binaryCopy(rows: readonly (readonly BinaryField[])[]): Uint8Array<ArrayBuffer> {
  let size = SIGNATURE.length + 8 + 2;
  for (const row of rows) {
    size += 2;
    for (const field of row) size += 4 + field.length;
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set(SIGNATURE);
  let at = SIGNATURE.length + 8;
  for (const row of rows) {
    view.setInt16(at, row.length);
    at += 2;
    for (const field of row) {
      view.setInt32(at, field.length);
      bytes.set(field, at + 4);
      at += 4 + field.length;
    }
  }
  view.setInt16(at, -1);
  return bytes;
}

const encoder = new TextEncoder();

export function textField(text: string): BinaryField {
  return encoder.encode(text);
}

export function intField(value: number): BinaryField {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

/** pgvector's binary form: dimension, two zero bytes, float32 big-endian. */
export function vectorField(vector: Float32Array): BinaryField {
  const bytes = new Uint8Array(4 + vector.length * 4);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, vector.length);
  for (let i = 0; i < vector.length; i++) view.setFloat32(4 + i * 4, vector[i] ?? 0);
  return bytes;
}

/** The inverse of vectorField, for `vector_send(…)`. */
export function vectorOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vector = new Float32Array(view.getInt16(0));
  for (let i = 0; i < vector.length; i++) vector[i] = view.getFloat32(4 + i * 4);
  return vector;
}

/** A one-dimensional `real[]`: dimensions, no nulls, element type 700, length, lower bound 1, elements. */
export function realArrayField(values: Float32Array): BinaryField {
  const bytes = new Uint8Array(20 + values.length * 8);
  const view = new DataView(bytes.buffer);
  [1, 0, 700, values.length, 1].forEach((word, i) => view.setInt32(i * 4, word));
  for (let i = 0; i < values.length; i++) {
    view.setInt32(20 + i * 8, 4);
    view.setFloat32(24 + i * 8, values[i] ?? 0);
  }
  return bytes;
}
