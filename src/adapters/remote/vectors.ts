import type { EmbeddedText, TextInput } from '../../ports/encoders.ts';
import type { Endpoint } from './endpoint.ts';

/** The vector at length 1. */
export function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const norm = Math.sqrt(sum) || 1;
  return vector.map((value) => value / norm);
}

/**
 * Guards a space: every vector must be finite and as long as the first one was. Throws REMOTE_FAILED: a server whose
 * model was exchanged would otherwise mix two spaces.
 */
export function checkVectors(
  vectors: readonly Float32Array[],
  expected: { readonly count: number; readonly dimension: number; readonly model: string },
  endpoint: Endpoint,
): Float32Array[] {
  if (vectors.length !== expected.count)
    throw endpoint.failed(`gave ${vectors.length} vectors for ${expected.count} inputs`);
  return vectors.map((vector) => {
    if (vector.length !== expected.dimension)
      throw endpoint.failed(
        `gave ${vector.length} numbers a vector where ${expected.model} gave ${expected.dimension} before: ` +
          'its model was changed. Restart this server, so that the new model gets a space of its own',
      );
    if (!vector.every(Number.isFinite)) throw endpoint.failed('gave a vector that holds no numbers');
    return unit(vector);
  });
}

/** `items` in runs of at most `size`, each given to `work`, a few at once; results in the order of the items. */
export async function inBatches<T, R>(
  items: readonly T[],
  size: number,
  work: (batch: readonly T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const batches: (readonly T[])[] = [];
  for (let i = 0; i < items.length; i += size) batches.push(items.slice(i, i + size));
  const results: (readonly R[])[] = [];
  let next = 0;
  let failed = false;
  const lane = async () => {
    for (let i = next++; i < batches.length && !failed; i = next++) {
      try {
        results[i] = await work(batches[i] ?? []);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, batches.length) }, lane));
  return results.flat();
}
const LANES = 4;

/**
 * Texts and their spans through an encoder that gives one vector a text: it shows no token outputs, so each span is
 * embedded by its own words.
 */
export async function embedWithSpans(
  inputs: readonly TextInput[],
  prefix: string,
  embed: (texts: readonly string[]) => Promise<Float32Array[]>,
): Promise<EmbeddedText[]> {
  const texts = inputs.flatMap(({ text, spans = [] }) => [
    prefix + text,
    ...spans.map(({ start, end }) => text.slice(start, end)),
  ]);
  const vectors = await embed(texts);
  let at = 0;
  const next = () => vectors[at++] ?? new Float32Array();
  return inputs.map(({ spans = [] }) => ({ vector: next(), spanVectors: spans.map(next) }));
}
