import type { Encoders, SoundEncoder, SoundLabel } from '../ports/encoders.ts';
import { unit } from './image-text.ts';
import type { SoundPlace } from './sound-events.ts';

interface LabelSpace {
  /** One centred vector a label. */
  readonly vectors: readonly Float32Array[];
  readonly mean: Float32Array;
}

const cache = new WeakMap<Encoders, Promise<LabelSpace>>();

/** A place of a recording in the space of words: the mean of its labels' embeddings by their score, as ConSE does for pictures. */
export async function soundTextVector(
  { events }: SoundPlace,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { vectors, mean } = await labelSpace(encoders, signal);
  const sum = new Float32Array(mean.length);
  for (const { label, score } of events) {
    const vector = vectors[label.index];
    if (vector) for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + score * (vector[d] ?? 0);
  }
  return unit(sum);
}

/** A question of the text space as it must search the sound-text space. */
export async function soundTextQuery(textVector: Float32Array, encoders: Encoders): Promise<Float32Array> {
  const { mean } = await labelSpace(encoders);
  return unit(textVector.map((value, d) => value - (mean[d] ?? 0)));
}

/** Vectors of the labels' words, embedded once a process at the first sound. */
function labelSpace(encoders: Encoders, signal?: AbortSignal): Promise<LabelSpace> {
  let space = cache.get(encoders);
  if (!space) {
    space = embedLabels(encoders, signal);
    cache.set(encoders, space);
    // A failure (a missing model, a cancelled call) is not remembered.
    space.catch(() => cache.delete(encoders));
  }
  return space;
}

async function embedLabels({ text, sound }: Encoders, signal?: AbortSignal): Promise<LabelSpace> {
  const embedded = await text.embed((sound as SoundEncoder).labels.map(labelText), 'passage', signal);
  const mean = new Float32Array(text.space.dimension);
  for (const { vector } of embedded)
    for (let d = 0; d < mean.length; d++) mean[d] = (mean[d] ?? 0) + (vector[d] ?? 0) / embedded.length;
  return { mean, vectors: embedded.map(({ vector }) => vector.map((value, d) => value - (mean[d] ?? 0))) };
}

/** "the sound of a dog: bark": a label's word alone is ambiguous. */
function labelText({ label, thing }: SoundLabel): { text: string } {
  const words = label.toLowerCase();
  const isNamed = !thing || words.includes(thing.name);
  return { text: isNamed ? `the sound of ${words}` : `the sound of a ${thing.name}: ${words}` };
}
