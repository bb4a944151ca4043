import sharp from 'sharp';
import { requirePicture } from './asset-at-hand.ts';
import type { Box } from './domain.ts';
import { drawBoxes } from './draw/draw-boxes.ts';
import { MOST_BOXES } from './draw/grounding.ts';
import { SensegraphError } from './errors.ts';
import { decodeImage } from './ingest/decode-image.ts';
import type { Limits } from './ingest/limits.ts';
import type { RgbImage } from './ports/encoders.ts';
import type { Ledger } from './ports/ledger.ts';
import type { BlobStore } from './ports/stores.ts';

/** A smaller picture is drawn larger, at most this many times, so that its numbers can be read. */
const LEAST_SIDE = 640;
const MOST_ENLARGED = 8;
const THUMBNAIL = 256;
/** Pictures that wait to be drawn, beside the one that is. */
const MOST_WAITING = 16;

interface DrawDeps {
  readonly ledger: Pick<Ledger, 'asset'>;
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly limits: Pick<Limits, 'maxPixels'>;
}

/** Draws pictures of the store one after the other, so that many who ask take no more memory than one. */
export class Drawer {
  readonly #deps: DrawDeps;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(deps: DrawDeps) {
    this.#deps = deps;
  }

  /**
   * The picture as PNG with boxes (pixels of the original, upright), numbered from 1 in their order; of at most 2.56
   * million pixels. NOT_FOUND; BAD_INPUT for no picture, or none or more than 20 boxes; OVERLOADED; TOO_MANY_PIXELS, CORRUPT.
   */
  async draw(assetId: string, boxes: readonly Box[]): Promise<Uint8Array> {
    if (boxes.length === 0 || boxes.length > MOST_BOXES)
      throw new SensegraphError('BAD_INPUT', `${boxes.length} boxes were given; give 1 to ${MOST_BOXES}.`);
    const { ledger, blobs, limits } = this.#deps;
    const asset = await requirePicture(ledger, assetId, 'boxes are drawn on pictures alone');
    return this.#inTurn(async () => drawn(await blobs.get(asset.blobKey), boxes, limits));
  }

  /** The picture as JPEG, upright, at most THUMBNAIL pixels on its longer side. NOT_FOUND; BAD_INPUT for no picture; OVERLOADED; TOO_MANY_PIXELS, CORRUPT. */
  async thumbnail(assetId: string): Promise<Uint8Array> {
    const { ledger, blobs, limits } = this.#deps;
    const asset = await requirePicture(ledger, assetId, 'only pictures have thumbnails');
    return this.#inTurn(async () => {
      const { image } = await decodeImage(await blobs.get(asset.blobKey), limits);
      return sharp(image.data, rawOf(image))
        .resize(THUMBNAIL, THUMBNAIL, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 80 })
        .toBuffer();
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting > MOST_WAITING)
      throw new SensegraphError('OVERLOADED', 'Many pictures wait to be drawn already. Try again in a few seconds.');
    this.#waiting += 1;
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }
}

async function drawn(bytes: Uint8Array, boxes: readonly Box[], limits: DrawDeps['limits']): Promise<Uint8Array> {
  const { image, scale } = await decodeImage(bytes, limits);
  const larger = await enlarged(image);
  const factor = larger.width / image.width / scale;
  drawBoxes(
    larger,
    boxes.map(({ x, y, width, height }) => ({
      x: x * factor,
      y: y * factor,
      width: width * factor,
      height: height * factor,
    })),
  );
  return sharp(larger.data, rawOf(larger)).png().toBuffer();
}

async function enlarged(image: RgbImage): Promise<RgbImage> {
  const times = Math.min(MOST_ENLARGED, LEAST_SIDE / Math.max(image.width, image.height));
  if (times <= 1) return image;
  const { data, info } = await sharp(image.data, rawOf(image))
    .resize(Math.max(1, Math.round(image.width * times)), Math.max(1, Math.round(image.height * times)), {
      fit: 'fill',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function rawOf({ width, height }: RgbImage): { raw: { width: number; height: number; channels: 3 } } {
  return { raw: { width, height, channels: 3 } };
}
