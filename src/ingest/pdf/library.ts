import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { SensegraphError } from '../../errors.ts';

export type Pdfium = WrappedPdfiumModule;

/** Most memory that PDFium may take: 1 GiB, in pages of 64 KiB. The module as it comes may take twice that. */
const MOST_PAGES = 16_384;
const WRONG_PASSWORD = 4;

let library: Promise<Pdfium> | undefined;

async function load(): Promise<Pdfium> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: limitMemory(wasm).buffer as ArrayBuffer });
  pdfium.PDFiumExt_Init();
  return pdfium;
}

/** Lowers the memory's upper bound in the module itself (its section 5), so that no file can take more. */
export function limitMemory(wasm: Uint8Array, pages: number = MOST_PAGES): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(wasm);
  let at = 8;
  const number = (): { value: number; width: number } => {
    let [value, width] = [0, 0];
    for (let byte = 0x80; byte & 0x80; width++) {
      byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << (7 * width);
    }
    return { value: value >>> 0, width };
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = number().value + at;
    if (section === 5) {
      number();
      const bounded = number().value & 1;
      number();
      const place = at;
      const { value, width } = bounded ? number() : { value: 0, width: 0 };
      if (value <= pages) return bytes;
      for (let i = 0; i < width; i++) bytes[place + i] = ((pages >>> (7 * i)) & 0x7f) | (i < width - 1 ? 0x80 : 0);
      return bytes;
    }
    at = end;
  }
  return bytes;
}

/** The library's memory as bytes; it moves when it grows, so ask again after each call. */
export function heapOf(pdfium: Pdfium): Uint8Array {
  return (pdfium.pdfium as Pdfium['pdfium'] & { readonly HEAPU8: Uint8Array }).HEAPU8;
}

/** An open document; `scratch` is room for the results of calls. */
export interface OpenPdf {
  readonly pdfium: Pdfium;
  readonly document: number;
  readonly pageCount: number;
  readonly scratch: number;
}

/**
 * Opens a PDF, gives it to `work` and closes it. Throws CORRUPT, also for one that asks for a password.
 * Blocks its thread: call it through decode-worker.ts.
 */
export async function withPdf<T>(bytes: Uint8Array, work: (pdf: OpenPdf) => T): Promise<T> {
  const pdfium = await (library ??= load());
  const { malloc, free } = pdfium.pdfium.wasmExports;
  const [data, scratch] = [malloc(bytes.length), malloc(64)];
  heapOf(pdfium).set(bytes, data);
  const document = pdfium.FPDF_LoadMemDocument(data, bytes.length, '');
  try {
    if (!document)
      throw new SensegraphError(
        'CORRUPT',
        pdfium.FPDF_GetLastError() === WRONG_PASSWORD
          ? 'The PDF asks for a password. Save it without one and send it again.'
          : 'The PDF can’t be read: it is damaged or cut off.',
      );
    return work({ pdfium, document, pageCount: pdfium.FPDF_GetPageCount(document), scratch });
  } finally {
    if (document) pdfium.FPDF_CloseDocument(document);
    free(data);
    free(scratch);
  }
}
