import { readFile } from 'node:fs/promises';
import { readPage } from '../encode/read-page.ts';
import { decodeImage } from '../ingest/decode-image.ts';
import type { DecodeWorker } from '../ingest/decode-worker.ts';
import type { Limits } from '../ingest/limits.ts';
import type { PageLine } from '../ingest/pdf/page-lines.ts';
import { textOf } from '../ingest/pdf/paragraphs.ts';
import type { Encoders } from '../ports/encoders.ts';
import { plain, wordsWritten, type OcrItem, type ReadItem } from './ocr.ts';

interface ReadDeps {
  readonly encoders: Pick<Encoders, 'reader'>;
  readonly worker: DecodeWorker;
  readonly limits: Limits;
}

/**
 * Reads an item as ingest does: pictures, scanned pages, and the text that a PDF holds. A PDF whose words the manifest
 * doesn't tell is drawn page by page and read off the pictures; what is written then is its own text. Null where
 * nothing tells what is written.
 */
export async function readItem(item: OcrItem, path: string, deps: ReadDeps): Promise<ReadItem | null> {
  const lines = wordsWritten(item.lines);
  const fields = wordsWritten(item.fields);
  const told = lines.length > 0 || fields.length > 0;
  const bytes = new Uint8Array(await readFile(path));
  const isPdf = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
  if (!isPdf && !told) return null;
  if (!isPdf) {
    const { image } = await decodeImage(bytes, deps.limits);
    const read = await deps.encoders.reader.read(image);
    return { source: item.source, written: joined(lines), fields, read: plain(read.map(({ text }) => text).join(' ')) };
  }
  const pages = await deps.worker.decodePdf(bytes);
  const content = {
    type: 'document' as const,
    pages,
    draw: (page: number) => deps.worker.drawPage(bytes, page),
  };
  const read: PageLine[] = [];
  for (const [index, page] of pages.entries())
    read.push(...(told && !page.scanned ? page.lines : (await readPage(content, index, deps.encoders)).lines));
  const written = told ? joined(lines) : textOfLines(pages.flatMap((page) => (page.scanned ? [] : page.lines)));
  return !told && !written ? null : { source: item.source, written, fields, read: textOfLines(read) };
}

function joined(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : plain(lines.join(' '));
}

function textOfLines(lines: readonly PageLine[]): string {
  return plain(lines.map(textOf).join(' '));
}
