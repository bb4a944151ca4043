import { requirePicture } from './asset-at-hand.ts';
import type { Asset, Box } from './domain.ts';
import { coloursIn } from './encode/box-colours.ts';
import { readFlatDrawing } from './encode/flat-drawing.ts';
import { chooseAmong, look, meanProbability, type Looked, type LookRequest } from './encode/look.ts';
import { decodeImage } from './ingest/decode-image.ts';
import type { Limits } from './ingest/limits.ts';
import type { Encoders, RgbImage } from './ports/encoders.ts';
import type { Lexicon } from './ports/extractor.ts';
import type { Ledger } from './ports/ledger.ts';
import type { BlobStore } from './ports/stores.ts';
import type { Scene } from './reason/scene/scene.ts';
import type { Sight } from './reason/sight.ts';

export interface LookDeps {
  readonly ledger: Pick<Ledger, 'asset'>;
  readonly blobs: BlobStore;
  readonly limits: Limits;
}

/** Looks at a picture that was ingested. NOT_FOUND, and BAD_INPUT for an asset that is no picture. */
export async function lookAtAsset(
  { assetId, ...request }: LookRequest & { readonly assetId: string },
  encoders: Encoders,
  deps: LookDeps,
): Promise<Looked> {
  const asset = await requirePicture(deps.ledger, assetId, 'only pictures can be looked at');
  return look((await pictureOf(asset, deps)).image, request, encoders);
}

/** The eyes for a question about a picture; undefined where it is about none. The picture is decoded once, when it is first looked at. */
export function sightOf(
  asset: Asset | undefined,
  encoders: Encoders,
  deps: LookDeps & { readonly lexicon: Lexicon },
  signal: AbortSignal | undefined,
): Sight | undefined {
  if (asset?.modality !== 'IMAGE') return undefined;
  return sightOfPicture(() => pictureOf(asset, deps), encoders, deps.lexicon, signal);
}

/** A picture as it was decoded; `scale` = original pixels per pixel given. */
export interface DecodedPicture {
  readonly image: RgbImage;
  readonly scale: number;
}

/** The eyes for a picture, which is decoded once, when it is first looked at. */
export function sightOfPicture(
  decode: () => Promise<DecodedPicture>,
  { captioner, image, detector }: Pick<Encoders, 'captioner' | 'image' | 'detector'>,
  lexicon: Lexicon,
  signal?: AbortSignal,
): Sight {
  let decoded: Promise<DecodedPicture> | undefined;
  let drawing: Promise<Scene | null> | undefined;
  const whole = () => (decoded ??= decode());
  const picture = async () => (await whole()).image;
  const synsets = (labels: readonly { readonly label: string; readonly synset: number }[]) =>
    new Map(labels.map(({ label, synset }) => [label.toLowerCase(), synset]));
  return {
    lexicon,
    drawing: () => (drawing ??= whole().then(drawnScene)),
    colours: async (box) => {
      const { image: pixels, scale } = await whole();
      return coloursIn(pixels, scaled(box, 1 / scale));
    },
    boxed: synsets(detector?.labels ?? []),
    named: synsets(image.labels),
    ...(captioner
      ? {
          looker: {
            async answer(question) {
              const written = await captioner.answer(await picture(), question, signal);
              return { text: written.text, score: meanProbability(written) };
            },
            choose: async (question, choices) => chooseAmong(await picture(), question, choices, captioner, signal),
            fits: async (captions) => chooseAmong(await picture(), '', captions, captioner, signal),
            verify: async (statement) => captioner.verify(await picture(), statement, signal),
          },
        }
      : {}),
  };
}

async function pictureOf({ blobKey }: Asset, { blobs, limits }: LookDeps): Promise<DecodedPicture> {
  return decodeImage(await blobs.get(blobKey), limits);
}

/** A drawing's shapes in pixels of the original. */
function drawnScene({ image, scale }: DecodedPicture): Scene | null {
  const drawing = readFlatDrawing(image);
  if (!drawing) return null;
  const original = (box: Box): Box => scaled(box, scale);
  return {
    things: drawing.shapes.map(({ shape, box, ...rest }) => ({ ...rest, name: shape, box: original(box) })),
    fields: drawing.fields.map(original),
  };
}

function scaled({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}
