import type { Box } from '../../domain.ts';
import type { OpenPdf } from './library.ts';
import { around } from '../../place.ts';
import { shownBox, type PageFrame } from './page-frame.ts';

/** What is drawn on a page beside its words; points, origin top left. */
export interface PagePictures {
  readonly images: readonly Box[];
  /** Lines, curves and areas close to one another, as one box a drawing. */
  readonly drawings: readonly Box[];
}

const [PATH, IMAGE, SHADING, FORM] = [2, 3, 4, 5];
/** Objects looked at on a page, and forms within each other. */
const MOST_OBJECTS = 20_000;
const DEEPEST = 6;
/** Most strokes, and strips of pictures, that are joined; a map has more, and is one drawing anyway. */
const MOST_STROKES = 3000;
/** Strokes at most this far apart (points) are of one drawing. */
const NEAR = 12;

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];
const STRAIGHT: Matrix = [1, 0, 0, 1, 0, 0];

/** Pictures and drawings of a page, also those within forms. */
export function readPictures(pdf: OpenPdf, page: number, frame: PageFrame): PagePictures {
  const { pdfium } = pdf;
  const images: Box[] = [];
  const strokes: Box[] = [];
  let left = MOST_OBJECTS;
  const visit = (object: number, matrix: Matrix, depth: number) => {
    if (left-- <= 0) return;
    const type = pdfium.FPDFPageObj_GetType(object);
    if (type === FORM && depth < DEEPEST) {
      const inner = times(matrixOf(pdf, object), matrix);
      const count = pdfium.FPDFFormObj_CountObjects(object);
      for (let i = 0; i < count; i++) visit(pdfium.FPDFFormObj_GetObject(object, i), inner, depth + 1);
    } else if (type === IMAGE || type === PATH || type === SHADING) {
      const box = onPage(boundsOf(pdf, object, matrix, frame), frame);
      if (box) (type === IMAGE ? images : strokes).push(box);
    }
  };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) visit(pdfium.FPDFPage_GetObject(page, i), STRAIGHT, 0);
  return { images: joined(images.slice(0, MOST_STROKES), 1), drawings: joined(strokes.slice(0, MOST_STROKES), NEAR) };
}

function matrixOf({ pdfium, scratch }: OpenPdf, object: number): Matrix {
  if (!pdfium.FPDFPageObj_GetMatrix(object, scratch)) return STRAIGHT;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = [0, 4, 8, 12, 16, 20].map((offset) =>
    Number(pdfium.pdfium.getValue(scratch + offset, 'float')),
  );
  return [a, b, c, d, e, f];
}

/** First `inner`, then `outer`. */
function times([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

function boundsOf({ pdfium, scratch }: OpenPdf, object: number, matrix: Matrix, frame: PageFrame): Box | undefined {
  if (!pdfium.FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return undefined;
  const [left = 0, bottom = 0, right = 0, top = 0] = [0, 4, 8, 12].map((offset) =>
    Number(pdfium.pdfium.getValue(scratch + offset, 'float')),
  );
  const [a, b, c, d, e, f] = matrix;
  const corners = [
    [left, bottom],
    [right, bottom],
    [left, top],
    [right, top],
  ].map(([x = 0, y = 0]) => ({ x: a * x + c * y + e, y: b * x + d * y + f }));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return shownBox(frame, Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

/** The part of a box that the page shows; nothing where that is no area. */
function onPage(box: Box | undefined, { width, height }: PageFrame): Box | undefined {
  if (!box) return undefined;
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  return right >= x && bottom >= y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/** Boxes that lie within `near` of each other as one, until none do: pictures are often stored in strips. */
function joined(boxes: readonly Box[], near: number): Box[] {
  const groups: Box[] = [];
  for (const box of boxes) {
    let open = box;
    for (let i = groups.length - 1; i >= 0; i--) {
      const other = groups[i];
      if (!other || !touch(open, other, near)) continue;
      open = around([open, other]);
      groups.splice(i, 1);
      // What was looked at before may touch the larger box.
      i = groups.length;
    }
    groups.push(open);
  }
  return groups;
}

function touch(a: Box, b: Box, near: number): boolean {
  return (
    a.x <= b.x + b.width + near &&
    b.x <= a.x + a.width + near &&
    a.y <= b.y + b.height + near &&
    b.y <= a.y + a.height + near
  );
}
