import type { Asset, Embedding, Reading, Segment } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import { hyphenatedWords, pageText, type PageText } from '../ingest/pdf/page-text.ts';
import { covers, figuresOf, type PdfFigure } from '../ingest/pdf/figures.ts';
import { paragraphsOf } from '../ingest/pdf/paragraphs.ts';
import { withoutRepeated } from '../ingest/pdf/repeated-lines.ts';
import { splitPassages } from '../ingest/split.ts';
import { boxesOf, linesWithin } from '../place.ts';
import type { Encoders } from '../ports/encoders.ts';
import { encodeFigure } from './encode-figure.ts';
import type { EncodedAsset, SeenLabel } from './encoded.ts';
import { readPage, type ReadPage } from './read-page.ts';

type DocumentContent = Extract<DecodedAsset['content'], { type: 'document' }>;

/** Figures looked at in one document; those of the first pages come first. */
const MOST_FIGURES = 300;
/** Pages on which a picture at the same place is a mark of the house, not a figure. */
const LOGO_PAGES = 3;

/**
 * Pages → passages with the boxes of their words, and figures as pictures with their captions. A page that holds a
 * picture instead of text is drawn and read first. Throws EMPTY where all pages are blank.
 */
export async function encodeDocument(
  asset: Asset,
  content: DocumentContent,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset> {
  const read = new Map<number, ReadPage>();
  for (const [index, page] of content.pages.entries())
    if (page.scanned) read.set(index, await readPage(content, index, encoders, signal));
  const kept = withoutRepeated(
    content.pages.map((page, i) => ({ height: page.height, lines: linesOf(read.get(i)) ?? page.lines })),
  );
  const hyphenated = hyphenatedWords(kept.flat());
  const marks = logos(content.pages.map(({ pictures }) => pictures.images));

  const segments: Segment[] = [];
  const readings: Reading[] = [];
  const labels: SeenLabel[] = [];
  const embeddings: Record<string, Embedding[]> = {};
  let left = MOST_FIGURES;
  for (const [index, page] of content.pages.entries()) {
    const reading = read.get(index);
    const paragraphs = paragraphsOf(kept[index] ?? []);
    const found = reading
      ? reading.picture
      : figuresOf(page.pictures, paragraphs, page).filter(({ box }) => !marks.has(key(box)));
    const figures = found.slice(0, left);
    left -= figures.length;
    // What is written in a drawing is read in the drawing, not between the paragraphs around it.
    const text = pageText(
      paragraphs.map((lines) => lines.filter(({ box }) => !figures.some((f) => f.drawn && covers(f.box, box)))),
      hyphenated,
    );
    const passages = passagesOf(asset.id, text, index + 1, segments.length);
    segments.push(...passages);
    if (reading) readings.push(...passages.map((passage) => reading.readingOf(passage)));
    for (const figure of figures) {
      const caption = captionOf(figure, text, index + 1);
      const seen = await encodeFigure(
        { asset, page: index + 1, box: figure.box, ordinal: segments.length, ...(caption ? { caption } : {}) },
        content.draw,
        encoders,
        signal,
      );
      segments.push(...seen.segments);
      readings.push(...seen.readings);
      labels.push(...seen.labels);
      for (const [space, vectors] of Object.entries(seen.embeddings)) (embeddings[space] ??= []).push(...vectors);
    }
  }
  if (segments.length === 0)
    throw new SensegraphError('EMPTY', 'The PDF shows nothing: its pages are blank. Check that it is the right file.');
  return { asset, segments, readings, labels, embeddings, sentenceVectors: new Map() };
}

/** A page that is rather a picture is read where it is looked at as one. */
function linesOf(read: ReadPage | undefined): ReadPage['lines'] | undefined {
  return read && (read.picture.length > 0 ? [] : read.lines);
}

/** Passages of a page's text, with the boxes of their lines. */
function passagesOf(assetId: string, { text, lines }: PageText, page: number, firstOrdinal: number): Segment[] {
  return splitPassages(assetId, text, { page, firstOrdinal }).map((segment) => {
    if (segment.locator.type !== 'TextSpan') return segment;
    const own = linesWithin(text, lines, segment.locator);
    const boxes = boxesOf(segment.text, own, { start: 0, end: segment.text.length });
    return { ...segment, locator: { ...segment.locator, boxes, lines: own } };
  });
}

function captionOf({ caption }: PdfFigure, { text, lines, paragraphs }: PageText, page: number) {
  const span = caption === undefined ? undefined : paragraphs[caption];
  if (!span || span.end <= span.start) return undefined;
  const quote = text.slice(span.start, span.end);
  return {
    text: quote,
    locator: { type: 'TextSpan' as const, page, ...span, quote, boxes: boxesOf(text, lines, span) },
  };
}

/** Places of pictures that come again and again. */
function logos(pages: readonly (readonly PdfFigure['box'][])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const boxes of pages) for (const box of boxes) counts.set(key(box), (counts.get(key(box)) ?? 0) + 1);
  return new Set([...counts].flatMap(([place, count]) => (count >= LOGO_PAGES ? [place] : [])));
}

function key({ x, y, width, height }: PdfFigure['box']): string {
  return [x, y, width, height].map(Math.round).join();
}
