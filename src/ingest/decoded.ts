import type { Asset, Box, Segment } from '../domain.ts';
import type { RgbImage } from '../ports/encoders.ts';
import type { FilmShot, Subtitles } from './film.ts';
import type { PdfPage } from './pdf/decode-pdf.ts';

/** What ingest gives encode: the asset, and its content in the one form that encoders take. */
export interface DecodedAsset {
  readonly asset: Asset;
  readonly content:
    /** Passages of a text or document, with sentence boundaries. */
    | { readonly type: 'text'; readonly segments: readonly Segment[] }
    /** Pages with their lines in reading order; `draw` gives a page (from 1) or a part of it (points) as a picture, `scale` = its pixels per point. */
    | {
        readonly type: 'document';
        readonly pages: readonly PdfPage[];
        readonly draw: (page: number, box?: Box) => Promise<{ readonly image: RgbImage; readonly scale: number }>;
      }
    /** `image` may be scaled down from the original; `scale` = original pixels per pixel of it. */
    | { readonly type: 'image'; readonly image: RgbImage; readonly scale: number }
    /** Mono, 16 kHz. */
    | { readonly type: 'audio'; readonly samples: Float32Array }
    /** Shots in order of time; the soundtrack as above, on the same clock. An animated picture has shots alone. */
    | {
        readonly type: 'film';
        readonly shots: readonly FilmShot[];
        readonly samples?: Float32Array;
        readonly subtitles: readonly Subtitles[];
      };
  /** What could not be read of it, for the log. */
  readonly warnings?: readonly string[];
}
