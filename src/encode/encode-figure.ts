import type { Asset, Box, Locator, Reading } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import type { Encoders, RgbImage } from '../ports/encoders.ts';
import { encodePicture, type SeenPicture } from './encode-picture.ts';

/** What the document itself says of a figure, and where. */
export interface Caption {
  readonly text: string;
  readonly locator: Locator;
}

/** Names the rule that found a caption by its place (ingest/pdf/figures.ts) where a reading names its model. */
const RULE = { model: 'caption-by-place', modelVersion: '1' };

/** Looks at a part of a document's page (points, origin top left). The caption is its first reading and its sentences. */
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
  if (!caption || !whole) return seen;
  const reading: Reading = {
    id: `${whole.id}:caption-by-place`,
    segmentId: whole.id,
    kind: 'CAPTION',
    text: caption.text,
    score: 1,
    locator: caption.locator,
    ...RULE,
  };
  const text = whole.text === '' ? caption.text : `${caption.text}\n\n${whole.text}`;
  return {
    ...seen,
    segments: [{ ...whole, text, sentences: splitSentences(caption.text) }, ...lines],
    readings: [reading, ...seen.readings],
  };
}
