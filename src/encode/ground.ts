import type { Box, Locator } from '../domain.ts';
import type { ClassifiedImage, DetectedThing, Encoders, ModelInfo, RgbImage } from '../ports/encoders.ts';
import type { Lexicon } from '../ports/extractor.ts';
import { cropImage, cropBoxes } from './crops.ts';
import { kindsOf } from './phrase-kinds.ts';

/** From here on a thing that was looked for is taken as there, and what the picture is in shared space as shown. Chosen on half of the photographs of models/image-text/CARD.md. */
const LEAST_THING = 0.15;
const LEAST_FIT = 0.25;

/** A picture, looked at for phrases that are to be found in it. */
export interface LookedAt {
  readonly width: number;
  readonly height: number;
  readonly crops: readonly ClassifiedImage[];
  /** Strongest first; the best of each label in each crop. Undefined without a detector that searches. */
  readonly things: readonly DetectedThing[] | undefined;
}

/** Where a phrase is in a picture. */
export interface Grounding {
  /** Pixels of the picture. */
  readonly box: Extract<Locator, { type: 'ImageRegion' }>;
  /** 0…1, by the model that found it: the detector's score, or the cosine of phrase and picture. */
  readonly score: number;
  readonly model: ModelInfo;
}

/** Looks at a picture and its five parts, cell by cell and for things: small ones are seen in the part they fill. */
export async function lookForPhrases(image: RgbImage, encoders: Encoders, signal?: AbortSignal): Promise<LookedAt> {
  const parts = await cropImage(image);
  const { detector } = encoders;
  const [crops, found] = await Promise.all([
    encoders.image.classify(parts, signal, { cells: true }),
    Promise.all(parts.map((part) => detector?.search?.(part, signal))),
  ]);
  const places = cropBoxes(image);
  const things = found.flatMap((some = [], i) => some.map((thing) => moved(thing, places[i])));
  return {
    width: image.width,
    height: image.height,
    crops,
    things: detector?.search ? things.toSorted((a, b) => b.score - a.score) : undefined,
  };
}

/**
 * The place of each phrase in the picture, null where nothing fits it. What a phrase means decides: a thing of a kind that
 * the detector knows is found by the detector or not at all, any other by the picture's cells in the space of words.
 */
export async function groundPhrases(
  seen: LookedAt,
  phrases: readonly string[],
  encoders: Encoders,
  lexicon: Lexicon,
  signal?: AbortSignal,
): Promise<(Grounding | null)[]> {
  const { detector, imageText } = encoders;
  const places = (await imageText?.place?.(seen, phrases, signal)) ?? [];
  return phrases.map((phrase, i) => {
    const kinds = seen.things && detector ? kindsOf(phrase, detector.labels, lexicon) : [];
    if (seen.things && detector && kinds.length > 0) {
      const indices = new Set(kinds.map(({ index }) => index));
      const thing = seen.things.find(({ label, score }) => indices.has(label.index) && score >= LEAST_THING);
      return thing ? { box: thing.box, score: thing.score, model: detector.info } : null;
    }
    const placed = places[i];
    return placed && imageText && placed.fit >= LEAST_FIT
      ? { box: placed.box, score: Math.min(1, placed.fit), model: imageText.info }
      : null;
  });
}

function moved(thing: DetectedThing, by: Box | undefined): DetectedThing {
  const { box } = thing;
  return { ...thing, box: { ...box, x: box.x + (by?.x ?? 0), y: box.y + (by?.y ?? 0) } };
}
