import type { Box } from '../../domain.ts';
import type { PageLine } from './page-lines.ts';
import { around } from '../../place.ts';
import type { PagePictures } from './page-pictures.ts';
import { sizeOf, textOf } from './paragraphs.ts';

/** A picture on a page, and the paragraph that tells what it shows. */
export interface PdfFigure {
  /** Points, origin top left. */
  readonly box: Box;
  /** Index of the caption among the page's paragraphs. */
  readonly caption?: number;
  readonly drawn: boolean;
}

/** Least side of a figure in points: below are icons, rules and logos. */
const LEAST_SIDE = 36;
/** Share of the page from which on a picture is its background. */
const WHOLE_PAGE = 0.85;
/** Farthest that a caption stands from its figure, in points: one with a number, and one without. */
const FAR = 60;
const NEAR = 20;
const LONGEST_CAPTION = 400;
const NUMBERED =
  /^(?:fig(?:ure)?|plate|photo(?:graph)?|image|picture|diagram|chart|graph|scheme|map|exhibit|illustration|abb(?:ildung)?)\.?\s*[A-Z]?\d/i;

/** Pictures of a page with their captions; drawings only where a caption says that they are a figure. */
export function figuresOf(
  { images, drawings }: PagePictures,
  paragraphs: readonly (readonly PageLine[])[],
  page: { readonly width: number; readonly height: number },
): PdfFigure[] {
  const all = [
    ...images.map((box) => ({ box, drawn: false })),
    ...drawings.map((box) => ({ box, drawn: true })),
  ].filter(
    ({ box }) =>
      Math.min(box.width, box.height) >= LEAST_SIDE && box.width * box.height < WHOLE_PAGE * page.width * page.height,
  );
  const blocks = paragraphs.map((lines) => ({ box: around(lines.map(({ box }) => box)), lines }));
  const taken = new Set<number>();
  const figures: PdfFigure[] = [];
  // Those with a number choose first, nearest first, so that two figures don't take one caption.
  const pairs = all
    .flatMap((figure, at) => blocks.map((block, index) => ({ at, index, far: distance(figure.box, block, all) })))
    .filter(({ far }) => far !== undefined)
    .toSorted((a, b) => (a.far ?? 0) - (b.far ?? 0));
  const captions = new Map<number, number>();
  for (const { at, index } of pairs) {
    if (captions.has(at) || taken.has(index)) continue;
    captions.set(at, index);
    taken.add(index);
  }
  for (const [at, { box, drawn }] of all.entries()) {
    const caption = captions.get(at);
    if (drawn && (caption === undefined || isText(box, blocks))) continue;
    if (drawn && images.some((image) => covers(image, box))) continue;
    figures.push({ box, drawn, ...(caption === undefined ? {} : { caption }) });
  }
  return figures;
}

/** How far a block stands from a figure as its caption; undefined where it can't be one. Numbered ones come first. */
function distance(
  figure: Box,
  { box, lines }: { box: Box; lines: readonly PageLine[] },
  figures: readonly { box: Box; drawn: boolean }[],
): number | undefined {
  const text = lines.map(textOf).join(' ');
  const below = box.y - figure.y - figure.height;
  const above = figure.y - box.y - box.height;
  const shared = Math.min(figure.x + figure.width, box.x + box.width) - Math.max(figure.x, box.x);
  const size = Math.max(...lines.map(sizeOf));
  const gap = below >= -size ? Math.max(0, below) : above >= -size ? Math.max(0, above) + 1 : Infinity;
  if (shared < 0.5 * Math.min(box.width, figure.width) || text.length > LONGEST_CAPTION) return undefined;
  if (NUMBERED.test(text)) return gap <= FAR ? gap : undefined;
  // Without a number: a few short lines right below, no wider than the figure, with space after them.
  const drawn = figures.some((other) => other.box === figure && other.drawn);
  const inside = box.x >= figure.x - 2 * size && box.x + box.width <= figure.x + figure.width + 2 * size;
  const looks = !drawn && inside && below >= -size && gap <= NEAR && lines.length <= 3;
  return looks ? 1000 + gap : undefined;
}

/** Whether a drawn box holds running text: a frame around paragraphs, a table. */
function isText(figure: Box, blocks: readonly { box: Box; lines: readonly PageLine[] }[]): boolean {
  const inside = blocks.filter(({ box }) => covers(figure, box)).flatMap(({ lines }) => lines);
  return inside.filter((line) => textOf(line).length > 40).length >= 3;
}

/** Whether the middle of the second lies in the first. */
export function covers(outer: Box, inner: Box): boolean {
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height;
}
