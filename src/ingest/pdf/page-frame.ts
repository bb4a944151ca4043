import type { Box } from '../../domain.ts';
import type { OpenPdf } from './library.ts';

/** Device units a point when a page's frame is asked for, since the library answers in whole ones. */
const FINE = 100;

/** A page as it is shown: turned and cropped as the file says. Points, origin top left. */
export interface PageFrame {
  readonly width: number;
  readonly height: number;
  /** A point of the file's own coordinates as shown. */
  readonly shown: (x: number, y: number) => { x: number; y: number };
  /** A direction as shown. */
  readonly direction: (dx: number, dy: number) => { x: number; y: number };
}

/** How the file's coordinates lie on the page as shown. */
export function frameOf({ pdfium, scratch }: OpenPdf, page: number): PageFrame {
  const width = pdfium.FPDF_GetPageWidthF(page);
  const height = pdfium.FPDF_GetPageHeightF(page);
  const map = (x: number, y: number) => {
    const [w, h] = [Math.round(width * FINE), Math.round(height * FINE)];
    pdfium.FPDF_PageToDevice(page, 0, 0, w, h, 0, x, y, scratch, scratch + 4);
    return {
      x: pdfium.pdfium.getValue(scratch, 'i32') / FINE,
      y: pdfium.pdfium.getValue(scratch + 4, 'i32') / FINE,
    };
  };
  const [origin, right, up] = [map(0, 0), map(1000, 0), map(0, 1000)];
  const [ax, ay] = [(right.x - origin.x) / 1000, (right.y - origin.y) / 1000];
  const [bx, by] = [(up.x - origin.x) / 1000, (up.y - origin.y) / 1000];
  return {
    width,
    height,
    shown: (x, y) => ({ x: origin.x + ax * x + bx * y, y: origin.y + ay * x + by * y }),
    direction: (dx, dy) => ({ x: ax * dx + bx * dy, y: ay * dx + by * dy }),
  };
}

/** A box between two corners of the file's coordinates as shown. */
export function shownBox(frame: PageFrame, left: number, bottom: number, right: number, top: number): Box {
  const [a, b] = [frame.shown(left, bottom), frame.shown(right, top)];
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}
