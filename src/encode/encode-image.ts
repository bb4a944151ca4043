import type { Asset, Reading, Segment } from '../domain.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { segmentId } from '../ingest/split.ts';
import type { ClassifiedImage, DetectedThings, Encoders, ModelInfo, ReadLine } from '../ports/encoders.ts';
import { cropImage } from './crops.ts';
import type { EncodedAsset, SeenLabel } from './encoded.ts';
import { imageTextSpace, imageTextVector, unit } from './image-text.ts';

/** Labels kept: at most this many, none below the least score. */
const MOST_LABELS = 5;
const LEAST_SCORE = 0.08;
/** A box is told of from here on; below, half of them are wrong. */
const LEAST_THING = 0.5;

type ImageContent = Extract<DecodedAsset['content'], { type: 'image' }>;

/** Looks at a picture: labels of the whole and of crops, lines of text, vectors in the image and the image-text space. */
export async function encodeImage(
  asset: Asset,
  { image, scale }: ImageContent,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset> {
  const crops = await encoders.image.classify(await cropImage(image), signal);
  const [lines, found] = await Promise.all([
    encoders.reader.read(image, signal),
    encoders.detector?.detect(image, signal),
  ]);
  const whole = segmentId(asset.id, 0);
  const things = seenThings(whole, found, scale, encoders.detector?.info);
  const labels = [...things, ...seenLabels(whole, crops, encoders)];
  const locator = {
    type: 'ImageRegion',
    x: 0,
    y: 0,
    width: asset.width ?? image.width * scale,
    height: asset.height ?? image.height * scale,
  } as const;
  const text = [...new Set(labels.map((label) => label.label)), ...lines.map((line) => line.text)].join(', ');
  const segments: Segment[] = [
    { id: whole, assetId: asset.id, ordinal: 0, kind: 'IMAGE', locator, text, sentences: [] },
    ...lines.map((line, i): Segment => lineSegment(asset.id, i + 1, line, scale)),
  ];
  const readings: Reading[] = [
    ...labels.map((label): Reading => ({
      id: label.readingId,
      segmentId: whole,
      kind: 'LABEL',
      text: label.label,
      score: label.score,
      locator: label.locator ?? locator,
      model: label.model.id,
      modelVersion: label.model.version,
    })),
    ...lines.map((line, i): Reading => {
      const segment = segments[i + 1];
      const { id, version } = encoders.reader.info;
      return {
        id: `${segment?.id}:line`,
        segmentId: segment?.id ?? whole,
        kind: 'TEXT_LINE',
        text: line.text,
        score: line.score,
        locator: segment?.locator ?? locator,
        model: id,
        modelVersion: version,
      };
    }),
  ];
  const [first] = crops;
  return {
    asset,
    segments,
    readings,
    labels,
    embeddings: {
      ...(first ? { [encoders.image.space.name]: [{ nodeId: whole, vector: unit(first.feature) }] } : {}),
      [imageTextSpace(encoders).name]: [
        { nodeId: whole, vector: await imageTextVector({ image, crops, found }, encoders, signal) },
      ],
    },
    sentenceVectors: new Map(),
  };
}

function scaled({ x, y, width, height }: ReadLine['box'], scale: number): ReadLine['box'] {
  return { type: 'ImageRegion', x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

function lineSegment(assetId: string, ordinal: number, { text, box }: ReadLine, scale: number): Segment {
  return {
    id: segmentId(assetId, ordinal),
    assetId,
    ordinal,
    kind: 'TEXT_LINE',
    locator: scaled(box, scale),
    text,
    sentences: splitSentences(text),
  };
}

/** Each thing that the detector found, with its box. */
function seenThings(
  segment: string,
  found: DetectedThings | undefined,
  scale: number,
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
      locator: scaled(box, scale),
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
