import type { Box, Embedding, Locator, Reading, Segment } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { segmentId } from '../ingest/split.ts';
import type { ClassifiedImage, DetectedThings, Encoders, ModelInfo, ReadLine, RgbImage } from '../ports/encoders.ts';
import { captionPicture, captionReading, pictureWords } from './caption.ts';
import { cropImage } from './crops.ts';
import type { SeenLabel } from './encoded.ts';
import { placeSureLabels } from './sure-labels.ts';
import { imageTextSpace, imageTextVector, unit } from './image-text.ts';

/** Labels kept: at most this many, none below the least score. */
const MOST_LABELS = 5;
const LEAST_SCORE = 0.08;
/** A box is told of from here on; below, half of them are wrong. */
const LEAST_THING = 0.5;

/** A picture to look at: an asset of its own, a figure of a document, a frame of a film. */
export interface Picture {
  readonly assetId: string;
  readonly kind: 'IMAGE' | 'FIGURE' | 'SHOT';
  /** Ordinal of its segment; the lines read in it take the next ones. */
  readonly ordinal: number;
  readonly image: RgbImage;
  /** Its place in the asset. */
  readonly whole: Locator;
  /** Place in the asset of a box in pixels of `image`. */
  readonly locate: (box: Box) => Locator;
}

/** What was seen and read in one picture: a part of an EncodedAsset. The picture's segment comes first. */
export interface SeenPicture {
  readonly segments: readonly Segment[];
  readonly readings: readonly Reading[];
  readonly labels: readonly SeenLabel[];
  /** By space name. */
  readonly embeddings: Readonly<Record<string, readonly Embedding[]>>;
}

/** Looks at a picture: labels of the whole and of crops, lines of text, a caption, vectors in the image and the image-text space. */
export async function encodePicture(picture: Picture, encoders: Encoders, signal?: AbortSignal): Promise<SeenPicture> {
  const { assetId, kind, ordinal, image, whole: locator, locate } = picture;
  const crops = await encoders.image.classify(await cropImage(image), signal, { cells: true });
  const [lines, found] = await Promise.all([
    encoders.reader.read(image, signal),
    encoders.detector?.detect(image, signal),
  ]);
  const whole = segmentId(assetId, ordinal);
  const things = seenThings(whole, found, locate, encoders.detector?.info);
  const ofWhole = await placeSureLabels(seenLabels(whole, crops, encoders), { image, crops, locate }, encoders, signal);
  const labels = [...things, ...ofWhole];
  const caption = await captionPicture({ image, crops, found }, encoders, signal);
  const named = [...new Set(labels.map((label) => label.label)), ...lines.map((line) => line.text)].join(', ');
  const lineSegments = lines.map((line, i) => lineSegment(assetId, ordinal + 1 + i, line, locate));
  const readings: Reading[] = [
    ...(caption ? captionReading(whole, locator, caption, encoders) : []),
    ...labels.map((label): Reading => ({
      id: label.readingId,
      segmentId: whole,
      kind: 'LABEL',
      text: label.label,
      score: label.score,
      locator: label.locator ?? label.region ?? locator,
      model: label.model.id,
      modelVersion: label.model.version,
    })),
    ...lineSegments.map((segment, i): Reading => ({
      id: `${segment.id}:line`,
      segmentId: segment.id,
      kind: 'TEXT_LINE',
      text: segment.text,
      score: lines[i]?.score ?? 0,
      locator: segment.locator,
      model: encoders.reader.info.id,
      modelVersion: encoders.reader.info.version,
    })),
  ];
  const [first] = crops;
  return {
    segments: [{ id: whole, assetId, ordinal, kind, locator, ...pictureWords(caption, named) }, ...lineSegments],
    readings,
    labels,
    embeddings: {
      ...(first ? { [encoders.image.space.name]: [{ nodeId: whole, vector: unit(first.feature) }] } : {}),
      [imageTextSpace(encoders).name]: [
        { nodeId: whole, vector: await imageTextVector({ image, crops, found }, encoders, signal) },
      ],
    },
  };
}

function lineSegment(assetId: string, ordinal: number, { text, box }: ReadLine, locate: Picture['locate']): Segment {
  return {
    id: segmentId(assetId, ordinal),
    assetId,
    ordinal,
    kind: 'TEXT_LINE',
    locator: locate(box),
    text,
    sentences: splitSentences(text),
  };
}

/** Each thing that the detector found, with its box. */
function seenThings(
  segment: string,
  found: DetectedThings | undefined,
  locate: Picture['locate'],
  model: ModelInfo | undefined,
): SeenLabel[] {
  if (!found || !model) return [];
  return found.things
    .filter(({ score }) => score >= LEAST_THING)
    .map(({ label, score, box }, i) => ({
      segmentId: segment,
      label: label.label,
      synonyms: [],
      synset: label.synset,
      score,
      readingId: `${segment}:thing:${i}`,
      locator: locate(box),
      model,
    }));
}

/** Labels by the mean of the whole picture's score and the best crop's: a thing that fills one corner is seen, too. */
function seenLabels(segment: string, crops: readonly ClassifiedImage[], { image }: Encoders): SeenLabel[] {
  const [whole, ...parts] = crops;
  return image.labels
    .map((label) => ({
      label,
      score:
        ((whole?.scores[label.index] ?? 0) + Math.max(0, ...parts.map((part) => part.scores[label.index] ?? 0))) / 2,
    }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_LABELS)
    .map(({ label, score }) => ({
      segmentId: segment,
      label: label.label,
      synonyms: label.synonyms,
      synset: label.synset,
      score,
      readingId: `${segment}:label:${label.index}`,
      model: image.info,
    }));
}
