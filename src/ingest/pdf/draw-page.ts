import type { Box } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import type { RgbImage } from '../../ports/encoders.ts';
import { heapOf, withPdf } from './library.ts';

/** Pixels a point: 200 dots an inch, which small print needs; a larger page is drawn smaller. */
const SCALE = 200 / 72;
const LONGEST_SIDE = 2400;
/** A small picture is drawn larger, up to this many pixels, to see what it holds. */
const ENOUGH = 800;
const LEAST_SIDE = 16;
/** BGR, 3 bytes a pixel; annotations are drawn, too. */
const BGR = 2;
const ANNOTATIONS = 1;

/**
 * A page (from 1) as it is shown, or the part of it in `box` (points, origin top left), drawn on white; at most 2,400
 * pixels a side. `scale` = pixels per point. Throws CORRUPT. Blocks its thread: call it through decode-worker.ts.
 */
export function drawPage(bytes: Uint8Array, number: number, box?: Box): Promise<{ image: RgbImage; scale: number }> {
  return withPdf(bytes, ({ pdfium, document }) => {
    const page = pdfium.FPDF_LoadPage(document, number - 1);
    if (!page) throw new SensegraphError('CORRUPT', `Page ${number} of the PDF can’t be drawn: it is damaged.`);
    const whole = { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
    const { x, y, width: w, height: h } = box ?? { x: 0, y: 0, ...whole };
    const side = Math.max(w, h, 1);
    const scale = Math.min(Math.max(SCALE, ENOUGH / side), LONGEST_SIDE / side);
    const [width, height] = [Math.max(LEAST_SIDE, Math.round(w * scale)), Math.max(LEAST_SIDE, Math.round(h * scale))];
    const stride = width * 3;
    const { malloc, free } = pdfium.pdfium.wasmExports;
    const pixels = malloc(stride * height);
    const bitmap = pixels ? pdfium.FPDFBitmap_CreateEx(width, height, BGR, pixels, stride) : 0;
    try {
      if (!bitmap) throw new SensegraphError('CORRUPT', `Page ${number} of the PDF takes too much memory to draw.`);
      pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
      const [left, top] = [Math.round(-x * scale), Math.round(-y * scale)];
      const [across, down] = [Math.round(whole.width * scale), Math.round(whole.height * scale)];
      pdfium.FPDF_RenderPageBitmap(bitmap, page, left, top, across, down, 0, ANNOTATIONS);
      const data = heapOf(pdfium).slice(pixels, pixels + stride * height);
      for (let i = 0; i < data.length; i += 3) [data[i], data[i + 2]] = [data[i + 2] ?? 0, data[i] ?? 0];
      return { image: { width, height, data }, scale };
    } finally {
      if (bitmap) pdfium.FPDFBitmap_Destroy(bitmap);
      free(pixels);
      pdfium.FPDF_ClosePage(page);
    }
  });
}
