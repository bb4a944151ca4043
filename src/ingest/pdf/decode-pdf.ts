import { SensegraphError } from '../../errors.ts';
import { withPdf, type OpenPdf } from './library.ts';
import { frameOf } from './page-frame.ts';
import { linesOf, type PageLine } from './page-lines.ts';
import { readPictures, type PagePictures } from './page-pictures.ts';
import { readWords } from './read-words.ts';

/** A page as it is shown: turned and cropped as the file says. Points (1/72 inch), origin top left. */
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  /** Lines of its text in reading order. */
  readonly lines: readonly PageLine[];
  readonly pictures: PagePictures;
  /** It shows a picture or a drawing and holds hardly any text: what is written on it must be read off the picture. */
  readonly scanned: boolean;
}

/** Most pages of a document. */
export const MOST_PAGES = 1000;
/** Letters below which a page with something drawn on it is taken for a scan. */
const HARDLY_ANY = 40;
/** Share of the page that a scan's picture takes at least. */
const SCAN_SHARE = 0.5;

/** Pages of one call: a decoding thread's time is bounded. */
const PAGES_AT_ONCE = 50;

/** Some pages of a PDF, and how many it has. */
export interface SomePages {
  readonly pageCount: number;
  readonly pages: PdfPage[];
}

/**
 * Text with its places, pictures and drawings of the next 50 pages of a PDF, `from` on (from 0). Throws CORRUPT (also
 * for a password), TOO_LARGE. Blocks its thread: call it through decode-worker.ts.
 */
export function decodePages(bytes: Uint8Array, from: number): Promise<SomePages> {
  return withPdf(bytes, (pdf) => {
    if (pdf.pageCount > MOST_PAGES)
      throw new SensegraphError(
        'TOO_LARGE',
        `The PDF has ${pdf.pageCount} pages; at most ${MOST_PAGES} are taken. Cut it into parts.`,
      );
    const length = Math.min(PAGES_AT_ONCE, pdf.pageCount - from);
    return { pageCount: pdf.pageCount, pages: Array.from({ length }, (_, i) => decodePage(pdf, from + i)) };
  });
}

/** Pages by their numbers, from 1; those that the PDF lacks are left out. Throws and blocks as `decodePages`. */
export function decodePagesAt(bytes: Uint8Array, numbers: readonly number[]): Promise<ReadonlyMap<number, PdfPage>> {
  return withPdf(bytes, (pdf) => {
    const there = numbers.filter((number) => number >= 1 && number <= pdf.pageCount);
    return new Map(there.map((number) => [number, decodePage(pdf, number - 1)]));
  });
}

/** A damaged page is an empty one; the others are still worth reading. */
function decodePage(pdf: OpenPdf, index: number): PdfPage {
  const page = pdf.pdfium.FPDF_LoadPage(pdf.document, index);
  if (!page) return { width: 0, height: 0, lines: [], pictures: { images: [], drawings: [] }, scanned: false };
  try {
    const frame = frameOf(pdf, page);
    const words = readWords(pdf, page, frame);
    const pictures = readPictures(pdf, page, frame);
    const { width, height } = frame;
    return {
      width,
      height,
      lines: linesOf(words, frame),
      pictures,
      scanned: isScan(words, pictures, width * height),
    };
  } finally {
    pdf.pdfium.FPDF_ClosePage(page);
  }
}

function isScan(
  words: readonly { readonly text: string }[],
  { images, drawings }: PagePictures,
  area: number,
): boolean {
  const letters = words.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
  const shares = [...images, ...drawings].map(({ width, height }) => (width * height) / area);
  if (letters === 0) return shares.length > 0;
  // A text layer full of signs without a meaning (a font without a map) is none.
  const unknown = words.reduce((sum, { text }) => sum + (text.match(/[\ufffd\ue000-\uf8ff]/gu)?.length ?? 0), 0);
  return (letters < HARDLY_ANY && Math.max(0, ...shares) > SCAN_SHARE) || unknown > letters;
}
