import type { Space } from '../domain.ts';
import type { ClassifiedImage, DetectedThings, Encoders, RgbImage } from '../ports/encoders.ts';
import { soundSpaces } from './sound-spaces.ts';

/** Space of pictures as seen through their labels' words; questions are centred before they search it. */
const LABEL_WORDS_SPACE = 'image-text';
/** Labels that count for one crop. */
const TOP = 10;

interface LabelSpace {
  /** One centred vector a label. */
  readonly vectors: readonly Float32Array[];
  readonly mean: Float32Array;
}

const cache = new WeakMap<Encoders, Promise<LabelSpace>>();

/** Every space that the encode stage writes into. */
export function encoderSpaces(encoders: Encoders): Space[] {
  const { text, image, voice } = encoders;
  const voices = voice ? [voice.space] : [];
  return [text.space, image.space, imageTextSpace(encoders), ...soundSpaces(encoders), ...voices];
}

/** Where pictures are found by words: the profile's own space of both, or else the one of their labels' words. */
export function imageTextSpace({ imageText, image, text }: Encoders): Space {
  return (
    imageText?.space ?? {
      name: LABEL_WORDS_SPACE,
      model: `${image.space.model}+${text.space.model}`,
      version: `${image.space.version}+${text.space.version}`,
      dimension: text.space.dimension,
    }
  );
}

/** A picture's vector in `imageTextSpace`, from what was seen in it already where that is enough. */
export async function imageTextVector(
  { image, crops, found }: { image: RgbImage; crops: readonly ClassifiedImage[]; found: DetectedThings | undefined },
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const { imageText } = encoders;
  if (!imageText) return labelWordsVector(crops, encoders);
  if (imageText.embedSeen && found) return imageText.embedSeen({ crops, objects: found.scores }, signal);
  const [vector] = await imageText.embedImages([image], signal);
  return vector ?? new Float32Array(imageText.space.dimension);
}

/** A question as it must search `imageTextSpace`; `textVector` is its vector in the text space. */
export async function imageTextQuery(
  words: string,
  textVector: Float32Array,
  encoders: Encoders,
): Promise<Float32Array> {
  if (!encoders.imageText) return labelWordsQuery(textVector, encoders);
  const [vector] = await encoders.imageText.embedTexts([words]);
  return vector ?? new Float32Array(encoders.imageText.space.dimension);
}

/**
 * A picture in the space of words (ConSE, arXiv 1312.5650): the mean of its top label embeddings by their probability,
 * averaged over crops, centred (labels share much of their direction), unit norm.
 */
export async function labelWordsVector(crops: readonly ClassifiedImage[], encoders: Encoders): Promise<Float32Array> {
  const { vectors, mean } = await labelSpace(encoders);
  const sum = new Float32Array(mean.length);
  for (const { scores } of crops) {
    const top = [...scores.keys()].toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, TOP);
    const total = top.reduce((all, label) => all + (scores[label] ?? 0), 0);
    for (const label of top) {
      const vector = vectors[label];
      if (vector)
        for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + ((scores[label] ?? 0) / total) * (vector[d] ?? 0);
    }
  }
  return unit(sum);
}

/** A question of the text space as it must search the space of the labels' words. */
export async function labelWordsQuery(textVector: Float32Array, encoders: Encoders): Promise<Float32Array> {
  const { mean } = await labelSpace(encoders);
  return unit(textVector.map((value, d) => value - (mean[d] ?? 0)));
}

/** Vectors of the labels' names, embedded once a process at the first picture. */
function labelSpace(encoders: Encoders): Promise<LabelSpace> {
  let space = cache.get(encoders);
  if (!space) {
    space = embedLabels(encoders);
    cache.set(encoders, space);
    // A failure (a missing model) is not remembered.
    space.catch(() => cache.delete(encoders));
  }
  return space;
}

async function embedLabels({ text, image }: Encoders): Promise<LabelSpace> {
  const embedded = await text.embed(
    image.labels.map(({ label }) => ({ text: `a photo of a ${label.toLowerCase()}` })),
    'passage',
  );
  const mean = new Float32Array(text.space.dimension);
  for (const { vector } of embedded)
    for (let d = 0; d < mean.length; d++) mean[d] = (mean[d] ?? 0) + (vector[d] ?? 0) / embedded.length;
  return { mean, vectors: embedded.map(({ vector }) => vector.map((value, d) => value - (mean[d] ?? 0))) };
}

/** The vector at length 1. */
export function unit(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}
