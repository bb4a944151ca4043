import { createHash } from 'node:crypto';
import { CompromiseExtractor } from '../adapters/compromise/extractor.ts';
import { WordNet } from '../adapters/wordnet/wordnet.ts';
import type { Asset, Segment } from '../domain.ts';
import { encodeImage } from '../encode/encode-image.ts';
import { segmentId } from '../ingest/split.ts';
import type { VisualItem, VisualResult } from '../evaluate/visual-qa.ts';
import type { Encoders, RgbImage } from '../ports/encoders.ts';
import { answerPicture } from '../reason/answer-picture.ts';
import { consider } from '../reason/consider.ts';
import type { Found } from '../reason/found.ts';
import type { Sight } from '../reason/sight.ts';
import { ofSegments, type RankedSegment } from '../retrieve/retrieval.ts';
import { sightOfPicture } from '../sight-of.ts';

/** A picture as `ask` has it at hand: what was seen in it, and the eyes for more. */
interface AtHand {
  readonly asset: Asset;
  readonly segments: readonly RankedSegment[];
  readonly sight: Sight;
}

let words: { lexicon: WordNet; extractor: CompromiseExtractor } | undefined;
const seen = new WeakMap<RgbImage, Promise<AtHand>>();

/**
 * What `ask` says about a picture that was ingested, by the same `answerPicture`, without stores. Null where `ask` would
 * look for the answer elsewhere or give none. Each picture is encoded once.
 */
async function askPicture(
  question: string,
  choices: readonly string[],
  image: RgbImage,
  encoders: Encoders,
): Promise<Found | null> {
  const lexicon = (words ??= openWords()).lexicon;
  const atHand = seen.get(image) ?? see(image, encoders, lexicon);
  seen.set(image, atHand);
  const { asset, segments, sight } = await atHand;
  const retrieval = ofSegments({ text: question, asset }, segments);
  return (await answerPicture(consider(retrieval, words.extractor, choices), sight)) ?? null;
}

function openWords(): NonNullable<typeof words> {
  const lexicon = new WordNet();
  return { lexicon, extractor: new CompromiseExtractor(lexicon) };
}

async function see(image: RgbImage, encoders: Encoders, lexicon: WordNet): Promise<AtHand> {
  const { width, height, data } = image;
  const blobKey = createHash('sha256').update(data).digest('hex');
  const asset: Asset = {
    id: `Asset:${blobKey}`,
    modality: 'IMAGE',
    mediaType: 'image/png',
    byteSize: data.length,
    title: 'the picture',
    blobKey,
    createdAt: new Date(0).toISOString(),
    width,
    height,
  };
  const sight = sightOfPicture(async () => ({ image, scale: 1 }), encoders, lexicon);
  // What models see in a drawing of plain shapes answers nothing; nor do captions, which cost more than all else.
  const { segments, readings } = (await sight.drawing?.())
    ? { segments: [wholeOf(asset, image)], readings: [] }
    : await encodeImage(asset, { type: 'image', image, scale: 1 }, { ...encoders, captions: false });
  const ranked = segments.map((segment): RankedSegment => ({
    segment,
    asset,
    readings: readings.filter(({ segmentId }) => segmentId === segment.id),
    score: 1,
    features: {},
    sentenceScores: [],
  }));
  return { asset, segments: ranked, sight };
}

function wholeOf({ id }: Asset, { width, height }: RgbImage): Segment {
  const locator = { type: 'ImageRegion' as const, x: 0, y: 0, width, height };
  return { id: segmentId(id, 0), assetId: id, ordinal: 0, kind: 'IMAGE', locator, text: '', sentences: [] };
}

/** What `ask` says of the picture, be it sure or not; null where it says nothing of it. */
export async function saidByAsk(
  item: VisualItem,
  image: RgbImage,
  encoders: Encoders,
): Promise<Pick<VisualResult, 'said' | 'probability'> | null> {
  const text = item.kind === 'STATEMENT' ? item.statement : item.question;
  if (text === '') return null;
  const found = await askPicture(text, item.kind === 'CHOICE' ? item.choices : [], image, encoders);
  if (!found) return null;
  const { shortAnswer, confidence } = found;
  const said =
    item.kind === 'STATEMENT'
      ? ['yes', 'no'].indexOf(shortAnswer)
      : item.kind === 'CHOICE'
        ? item.choices.indexOf(shortAnswer)
        : shortAnswer;
  return said === -1 ? null : { said, probability: confidence };
}
