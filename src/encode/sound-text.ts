import type { Encoders, SoundEncoder, SoundLabel } from '../ports/encoders.ts';
import { unit } from './image-text.ts';
import type { SoundPlace } from './sound-events.ts';

interface LabelSpace {
  /** One centred vector a label. */
  readonly vectors: readonly Float32Array[];
  readonly mean: Float32Array;
}

/** Samples a second. */
const RATE = 16_000;

const cache = new WeakMap<Encoders, Promise<LabelSpace>>();

/**
 * A place of a recording in `soundTextSpace`, from its samples (16 kHz) where the profile has a model of both; otherwise
 * from its labels' words, and undefined where it has none.
 */
export async function soundTextVector(
  place: SoundPlace,
  samples: Float32Array,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<Float32Array | undefined> {
  if (!encoders.soundText) return place.events.length === 0 ? undefined : labelWordsVector(place, encoders, signal);
  const heard = samples.subarray(Math.floor(place.startSeconds * RATE), Math.ceil(place.endSeconds * RATE));
  const [vector] = await encoders.soundText.embedSounds([heard.slice()], signal);
  return vector;
}

/** A question as it must search `soundTextSpace`; `textVector` is its vector in the text space. */
export async function soundTextQuery(
  words: string,
  textVector: Float32Array,
  encoders: Encoders,
): Promise<Float32Array> {
  if (!encoders.soundText) return labelWordsQuery(textVector, encoders);
  const [vector] = await encoders.soundText.embedTexts([words]);
  return vector ?? new Float32Array(encoders.soundText.space.dimension);
}

/** A place in the space of words: the mean of its labels' embeddings by their score, as ConSE does for pictures. */
async function labelWordsVector(
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

/** A question of the text space as it must search the space of the labels' words. */
async function labelWordsQuery(textVector: Float32Array, encoders: Encoders): Promise<Float32Array> {
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
