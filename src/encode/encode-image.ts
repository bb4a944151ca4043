import type { Asset } from '../domain.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import type { Encoders } from '../ports/encoders.ts';
import type { EncodedAsset } from './encoded.ts';
import { encodePicture } from './encode-picture.ts';

type ImageContent = Extract<DecodedAsset['content'], { type: 'image' }>;

/** Looks at an asset that is one picture. */
export async function encodeImage(
  asset: Asset,
  { image, scale }: ImageContent,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset> {
  const { width = image.width * scale, height = image.height * scale } = asset;
  const seen = await encodePicture(
    {
      assetId: asset.id,
      kind: 'IMAGE',
      ordinal: 0,
      image,
      whole: { type: 'ImageRegion', x: 0, y: 0, width, height },
      locate: (box) => ({
        type: 'ImageRegion',
        x: box.x * scale,
        y: box.y * scale,
        width: box.width * scale,
        height: box.height * scale,
      }),
    },
    encoders,
    signal,
  );
  return { asset, ...seen, sentenceVectors: new Map() };
}
