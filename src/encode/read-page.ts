import type { Reading, Segment } from '../domain.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import type { PdfFigure } from '../ingest/pdf/figures.ts';
import type { LineWord, PageLine } from '../ingest/pdf/page-lines.ts';
import type { Encoders, ReadLine, RgbImage } from '../ports/encoders.ts';
import { around } from '../place.ts';
import { LINES, readingOrder } from '../reading-order.ts';

/** What was read on a page that is a picture. */
export interface ReadPage {
  readonly lines: readonly PageLine[];
  /** The page itself as a figure, where it holds hardly any words and is not blank. */
  readonly picture: readonly PdfFigure[];
  /** The reading that a passage of its text stands on. */
  readonly readingOf: (passage: Segment) => Reading;
}

/** Letters below which a page is rather a picture than a page of text. */
const HARDLY_ANY = 40;
/** Difference between the lightest and the darkest of a page's pixels below which it is blank. */
const CONTRAST = 24;

/** Draws a page (index from 0) and reads it: lines in reading order with boxes in points. */
export async function readPage(
  { pages, draw }: Extract<DecodedAsset['content'], { type: 'document' }>,
  index: number,
  { reader }: Pick<Encoders, 'reader'>,
  signal?: AbortSignal,
): Promise<ReadPage> {
  const { image, scale } = await draw(index + 1);
  const read = await reader.read(image, signal);
  const lines = regionsOf(read).flatMap((rows, region) => rows.map((row) => lineOf(row, 1 / scale, region)));
  const letters = read.reduce((sum, { text }) => sum + text.length, 0);
  const { width = 0, height = 0 } = pages[index] ?? {};
  const isPicture = letters < HARDLY_ANY && !isBlank(image);
  const score = read.reduce((sum, line) => sum + line.score, 0) / Math.max(1, read.length);
  return {
    lines,
    picture: isPicture ? [{ box: { x: 0, y: 0, width, height }, drawn: false }] : [],
    readingOf: ({ id, text, locator }) => ({
      id: `${id}:lines`,
      segmentId: id,
      kind: 'TEXT_LINE',
      text,
      score,
      locator,
      model: reader.info.id,
      modelVersion: reader.info.version,
    }),
  };
}

/** Regions and rows as the reader tells them; by the boxes where it doesn't. */
function regionsOf(read: readonly ReadLine[]): ReadLine[][][] {
  if (read.some(({ region, row }) => region === undefined || row === undefined)) return readingOrder(read, LINES);
  return [...Map.groupBy(read, ({ region }) => region).values()].map((region) => [
    ...Map.groupBy(region, ({ row }) => row).values(),
  ]);
}

/** Lines that stand side by side as one, its words with boxes by their share of the letters. */
function lineOf(row: readonly ReadLine[], scale: number, region: number): PageLine {
  const words = row.flatMap(({ text, box }): LineWord[] => {
    const letters = box.width / Math.max(1, text.length);
    return [...text.matchAll(/\S+/g)].map(({ 0: word, index: at }) => ({
      text: word,
      box: {
        x: (box.x + at * letters) * scale,
        y: box.y * scale,
        width: word.length * letters * scale,
        height: box.height * scale,
      },
    }));
  });
  const { x, y, width, height } = around(row.map(({ box }) => box));
  return { words, region, box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale } };
}

function isBlank({ data }: RgbImage): boolean {
  let [least, most] = [255, 0];
  for (const value of data) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least < CONTRAST;
}
