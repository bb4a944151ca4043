import { requirePicture } from './asset-at-hand.ts';
import type { Locator } from './domain.ts';
import { groundPhrases, lookForPhrases } from './encode/ground.ts';
import { SensegraphError } from './errors.ts';
import { decodeImage } from './ingest/decode-image.ts';
import type { Limits } from './ingest/limits.ts';
import type { Encoders } from './ports/encoders.ts';
import type { Lexicon } from './ports/extractor.ts';
import type { Ledger } from './ports/ledger.ts';
import type { BlobStore } from './ports/stores.ts';

const LONGEST_PHRASE = 200;

/** Where a phrase is in a picture, and who says so. */
export interface GroundedPhrase {
  /** Pixels of the original picture held upright. */
  readonly region: Extract<Locator, { type: 'ImageRegion' }>;
  /** 0…1, on the model's own scale. */
  readonly score: number;
  readonly model: string;
  readonly modelVersion: string;
}

export interface GroundDeps {
  readonly encoders: Encoders;
  readonly lexicon: Lexicon;
  readonly limits: Pick<Limits, 'maxPixels'>;
}

/** Finds a phrase in a picture of the store; null where nothing fits. NOT_FOUND, BAD_INPUT, and as groundBytes. */
export async function groundAsset(
  assetId: string,
  phrase: string,
  deps: GroundDeps & { readonly ledger: Ledger; readonly blobs: BlobStore },
): Promise<GroundedPhrase | null> {
  const asset = await requirePicture(deps.ledger, assetId, 'phrases are found in pictures alone');
  return groundBytes(await deps.blobs.get(asset.blobKey), phrase, deps);
}

/** Finds a phrase in a picture file's bytes. EMPTY, TOO_LONG of the phrase; as decodeImage; BAD_INPUT where the profile has no model for it. */
export async function groundBytes(
  bytes: Uint8Array,
  phrase: string,
  { encoders, lexicon, limits }: GroundDeps,
): Promise<GroundedPhrase | null> {
  const words = phrase.trim();
  if (words === '') throw new SensegraphError('EMPTY', 'The phrase is empty. Say what to find, e.g. "the dog".');
  if (words.length > LONGEST_PHRASE)
    throw new SensegraphError('TOO_LONG', `The phrase is longer than ${LONGEST_PHRASE} characters. Name one thing.`);
  if (!encoders.detector?.search && !encoders.imageText?.place)
    throw new SensegraphError('BAD_INPUT', 'This profile has no model that finds phrases in pictures.');
  const { image, scale } = await decodeImage(bytes, limits);
  const [found] = await groundPhrases(await lookForPhrases(image, encoders), [words], encoders, lexicon);
  if (!found) return null;
  const { box, score, model } = found;
  return {
    region: {
      type: 'ImageRegion',
      x: box.x * scale,
      y: box.y * scale,
      width: box.width * scale,
      height: box.height * scale,
    },
    score,
    model: model.id,
    modelVersion: model.version,
  };
}
