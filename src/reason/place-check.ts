import { createHash } from 'node:crypto';
import type { Asset, Box, Locator } from '../domain.ts';
import { asSensegraphError, SensegraphError } from '../errors.ts';
import { decodeText } from '../ingest/decode-text.ts';
import type { PdfPage } from '../ingest/pdf/decode-pdf.ts';
import { DOCX } from '../ingest/sniff.ts';
import type { BlobStore } from '../ports/stores.ts';

/** Reads documents again, as they were read when they were ingested. */
export interface DocumentReader {
  decodeDocx(bytes: Uint8Array): Promise<string>;
  /** Pages by their numbers, from 1; those that the file lacks are left out. */
  decodePdfPages(bytes: Uint8Array, numbers: readonly number[]): Promise<ReadonlyMap<number, PdfPage>>;
}

/** What the bytes of an asset hold now, as far as places in it need it. */
export interface Content {
  readonly asset: Asset;
  /** The bytes are there and are those that were ingested. */
  readonly whole: boolean;
  /** Of a text or Word document: what its places count characters of. */
  readonly text?: string;
  /** Of a PDF: the pages that are cited, from 1, as far as it has them. */
  readonly pages?: ReadonlyMap<number, PdfPage>;
}

/** Reads the asset's bytes once, and of a PDF the pages that the places name. What can't be read any more holds no place. */
export async function readContent(
  asset: Asset,
  places: readonly Locator[],
  { blobs, documents }: { readonly blobs: Pick<BlobStore, 'get'>; readonly documents: DocumentReader },
): Promise<Content> {
  const bytes = await bytesOf(asset, blobs);
  if (!bytes) return { asset, whole: false };
  if (asset.modality === 'TEXT') return { asset, whole: true, text: decodeText(bytes) };
  if (asset.modality !== 'DOCUMENT') return { asset, whole: true };
  const cited = new Set(places.flatMap((place) => ('page' in place && place.page !== undefined ? [place.page] : [])));
  try {
    return asset.mediaType === DOCX
      ? { asset, whole: true, text: await documents.decodeDocx(bytes) }
      : { asset, whole: true, pages: await documents.decodePdfPages(bytes, [...cited]) };
  } catch (error) {
    if (asSensegraphError(error).code !== 'CORRUPT') throw error;
    return { asset, whole: true, text: '', pages: new Map() };
  }
}

/** Null where they are gone or are others. */
async function bytesOf({ blobKey }: Asset, blobs: Pick<BlobStore, 'get'>): Promise<Uint8Array | null> {
  try {
    const bytes = await blobs.get(blobKey);
    return createHash('sha256').update(bytes).digest('hex') === blobKey ? bytes : null;
  } catch (error) {
    if (error instanceof SensegraphError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Whether the place is in the asset, and in a text or on a page whether its words stand there. */
export function isPlace(locator: Locator, content: Content): boolean {
  const { asset, text, pages } = content;
  switch (locator.type) {
    case 'TextSpan': {
      if (locator.page === undefined)
        return text === undefined || text.slice(locator.start, locator.end) === locator.quote;
      const page = pages?.get(locator.page);
      return page !== undefined && isOnPage(locator, page);
    }
    case 'ImageRegion': {
      if (locator.page === undefined) return isWithin(locator, asset);
      const page = pages?.get(locator.page);
      return page !== undefined && isWithin(locator, page);
    }
    case 'TimeSpan':
      return isDuring(locator, asset);
    case 'VideoSpan':
      return isDuring(locator, asset) && isWithin(locator, asset);
  }
}

/**
 * Whether the lines that the boxes lie on say the quoted words, by their letters and digits: a hyphen at a line's end and
 * the spaces between lines are the reader's; without boxes whether the page says them. The words of a scan were read off its picture and are none of the file's.
 */
function isOnPage({ boxes = [], quote }: Extract<Locator, { type: 'TextSpan' }>, page: PdfPage): boolean {
  if (!boxes.every((box) => isWithin(box, page))) return false;
  if (page.scanned) return true;
  const lines = boxes.length === 0 ? page.lines : page.lines.filter((line) => boxes.some((box) => meet(box, line.box)));
  const said = lines.flatMap(({ words }) => words.map((word) => word.text)).join('');
  return lettersOf(said).includes(lettersOf(quote));
}

function lettersOf(text: string): string {
  return (text.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? []).join('');
}

/** Their middles are on one height, and they share some of their width. */
function meet(a: Box, b: Box): boolean {
  const middle = a.y + a.height / 2;
  return middle >= b.y && middle <= b.y + b.height && a.x < b.x + b.width && b.x < a.x + a.width;
}

/** A pixel or point over the edge is rounding. */
function isWithin(
  { x, y, width, height }: Box,
  { width: w = Infinity, height: h = Infinity }: { readonly width?: number; readonly height?: number },
): boolean {
  return x >= -1 && y >= -1 && x + width <= w + 1 && y + height <= h + 1;
}

/** A tenth of a second past the end is rounding. */
function isDuring(span: { startSeconds: number; endSeconds: number }, { durationSeconds = Infinity }: Asset): boolean {
  return span.startSeconds >= 0 && span.startSeconds <= span.endSeconds && span.endSeconds <= durationSeconds + 0.1;
}
