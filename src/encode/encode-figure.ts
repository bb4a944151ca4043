import type { Asset, Box, Locator, Reading } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import type { Encoders, RgbImage } from '../ports/encoders.ts';
import { BY_PLACE } from './encoded.ts';
import { encodePicture, type SeenPicture } from './encode-picture.ts';

/** What the document itself says of a figure, and where. */
export interface Caption {
  readonly text: string;
  readonly locator: Locator;
}

/** Looks at a part of a document's page (points, origin top left). The document's caption, or else the model's, is its first reading and its sentences. */
export async function encodeFigure(
  figure: {
    readonly asset: Asset;
    readonly page: number;
    readonly box: Box;
    readonly ordinal: number;
    readonly caption?: Caption;
  },
  draw: (page: number, box: Box) => Promise<{ readonly image: RgbImage; readonly scale: number }>,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<SeenPicture> {
  const { asset, page, box, ordinal, caption } = figure;
  const { image, scale } = await draw(page, box);
  const seen = await encodePicture(
    {
      assetId: asset.id,
      kind: 'FIGURE',
      ordinal,
      image,
      whole: { type: 'ImageRegion', page, x: box.x, y: box.y, width: box.width, height: box.height },
      locate: (part) => ({
        type: 'ImageRegion',
        page,
        x: box.x + part.x / scale,
        y: box.y + part.y / scale,
        width: part.width / scale,
        height: part.height / scale,
      }),
    },
    encoders,
    signal,
  );
  const [whole, ...lines] = seen.segments;
  if (!whole) return seen;
  if (!caption) return { ...seen, segments: [{ ...whole, sentences: whole.sentences.slice(0, 1) }, ...lines] };
  const reading: Reading = {
    id: `${whole.id}:caption-by-place`,
    segmentId: whole.id,
    kind: 'CAPTION',
    text: caption.text,
    score: 1,
    locator: caption.locator,
    ...BY_PLACE,
  };
  const text = whole.text === '' ? caption.text : `${caption.text}\n\n${whole.text}`;
  return {
    ...seen,
    segments: [{ ...whole, text, sentences: splitSentences(caption.text) }, ...lines],
    readings: [reading, ...seen.readings],
  };
}
