import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/config.ts';
import type { Asset, Box, Locator, TextLine } from '../../../src/domain.ts';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';
import { decode } from '../../../src/ingest/decode.ts';
import { pageText } from '../../../src/ingest/pdf/page-text.ts';
import { paragraphsOf } from '../../../src/ingest/pdf/paragraphs.ts';
import { DOCX } from '../../../src/ingest/sniff.ts';
import { boxesOf } from '../../../src/place.ts';
import { evidenceAt } from '../../../src/retrieve/evidence.ts';
import { isPlace, readContent, type Content } from '../../../src/reason/place-check.ts';
import { dataPack } from '../../data-pack.ts';
import { docx } from '../../fixtures/docx.ts';

const worker = new DecodeWorker();
afterAll(() => worker.close());

const assetOf = (blobKey: string, mediaType: string): Asset => ({
  id: `Asset:${blobKey}`,
  modality: 'DOCUMENT',
  mediaType,
  byteSize: 1,
  title: 'made',
  blobKey,
  createdAt: '',
});
const keyOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Every sentence of a PDF with its place, as ingest cuts it. */
async function sentencesOf(bytes: Uint8Array): Promise<Extract<Locator, { type: 'TextSpan' }>[]> {
  const item = { bytes, blobKey: keyOf(bytes), modality: 'DOCUMENT' as const, mediaType: 'application/pdf' };
  const { content } = await decode({ ...item, fileName: 'x.pdf' }, worker, { maxPixels: 1e7 } as never);
  if (content.type !== 'document') throw new Error('no document');
  return content.pages.flatMap((page, index) => {
    const { text, lines } = pageText(paragraphsOf([...page.lines]), new Set());
    return [...text.matchAll(/[^.!?\n]{12,}[.!?]/g)].map(({ 0: quote, index: start }) => {
      const span = { start, end: start + quote.length };
      const boxes: Box[] = boxesOf(text, lines as TextLine[], span);
      return { type: 'TextSpan' as const, page: index + 1, ...span, quote, boxes };
    });
  });
}
const read = (bytes: Uint8Array, places: readonly Locator[], mediaType = 'application/pdf'): Promise<Content> =>
  readContent(assetOf(keyOf(bytes), mediaType), places, {
    blobs: { get: async () => Buffer.from(bytes) },
    documents: worker,
  });

describe('places in a PDF', () => {
  let bytes: Buffer;
  let sentences: Awaited<ReturnType<typeof sentencesOf>>;
  let content: Content;
  beforeAll(async () => {
    bytes = await readFile(join(packageRoot, 'examples/documents/guide.pdf'));
    sentences = await sentencesOf(bytes);
    content = await read(bytes, sentences);
  });

  it('hold where their boxes lie on the quoted words', () => {
    expect(sentences.length).toBeGreaterThan(20);
    for (const place of sentences) expect(isPlace(place, content), place.quote).toBe(true);
  });

  it('fall where other words stand there, off the page, and on a page that the file lacks', async () => {
    const [place] = sentences;
    if (!place) throw new Error('no sentence');
    expect(isPlace({ ...place, quote: place.quote.replace(/\w+/, 'Elsewhere') }, content)).toBe(false);
    const aside = place.boxes?.map((box) => ({ ...box, y: box.y + 200 })) ?? [];
    expect(isPlace({ ...place, boxes: aside }, content)).toBe(false);
    expect(isPlace({ ...place, boxes: [{ x: 10, y: 5000, width: 10, height: 10 }] }, content)).toBe(false);
    expect(isPlace({ ...place, page: 9 }, await read(bytes, [{ ...place, page: 9 }]))).toBe(false);
    const figure = { type: 'ImageRegion' as const, page: 1, x: 40, y: 40, width: 100, height: 100 };
    expect(isPlace(figure, content)).toBe(true);
    expect(isPlace({ ...figure, width: 1000 }, content)).toBe(false);
  });

  const pack = dataPack('documents/pdf/manifest.jsonl');
  it.skipIf(!pack)('hold in the documents of the development data, of LaTeX, columns and forms', async () => {
    const lines = (await readFile(pack ?? '', 'utf8')).trim().split('\n');
    let [all, missed] = [0, 0];
    for (const { file } of lines.map((line) => JSON.parse(line) as { file: string })) {
      const own = await readFile(join(pack ?? '', '../../..', file));
      // One asks for a password.
      const places = await sentencesOf(own).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'CORRUPT', message: expect.stringContaining('password') });
        return [];
      });
      const there = await read(own, places);
      for (const place of places) {
        expect(isPlace(place, there), `${file}: ${place.quote}`).toBe(true);
        const changed = place.quote.replace(/[a-z]{4}/, (letters) => `${letters.toUpperCase()}x`);
        if (changed !== place.quote && isPlace({ ...place, quote: changed }, there)) missed++;
      }
      all += places.length;
    }
    expect(all).toBeGreaterThan(300);
    expect(missed).toBeLessThan(0.01 * all);
  });
});

describe('places in a Word document', () => {
  it('are those that ingest gave its sentences', async () => {
    const bytes = docx(['The lamp was lit by Ada Penrose.', 'It burned for a year. Then it went out.']);
    const item = { bytes, blobKey: keyOf(bytes), modality: 'DOCUMENT' as const, mediaType: DOCX, fileName: 'x.docx' };
    const { asset, content: decoded } = await decode(item, worker, { maxPixels: 1e7 } as never);
    if (decoded.type !== 'text') throw new Error('no text');
    const content = await read(bytes, [], DOCX);
    const ranked = decoded.segments.map((segment) => ({ segment, asset, readings: [], score: 1 }));
    const places = ranked.flatMap((one) => one.segment.sentences.map((_, i) => evidenceAt(one, i).locator));
    expect(places.length).toBeGreaterThan(2);
    for (const place of places) {
      expect(isPlace(place, content)).toBe(true);
      if (place.type === 'TextSpan') expect(isPlace({ ...place, start: place.start + 1 }, content)).toBe(false);
    }
  });

  it('fall, and the check goes on, where the file can no longer be read', async () => {
    const damaged = new TextEncoder().encode('PK no archive');
    const content = await read(damaged, [], DOCX);
    expect(isPlace(place(0, 2, 'PK'), content)).toBe(false);
    const pdf = await read(damaged, [{ type: 'ImageRegion', page: 1, x: 0, y: 0, width: 1, height: 1 }]);
    expect(isPlace({ type: 'ImageRegion', page: 1, x: 0, y: 0, width: 1, height: 1 }, pdf)).toBe(false);
  });

  const words = 'The bell was cast in 1871. It hangs in the tower.';
  const bytes = new TextEncoder().encode('any bytes');
  const place = (start: number, end: number, quote: string): Locator => ({ type: 'TextSpan', start, end, quote });

  it('hold where the quoted words stand in its text, and nowhere else', async () => {
    const content = await readContent(assetOf(keyOf(bytes), DOCX), [], {
      blobs: { get: async () => Buffer.from(bytes) },
      documents: { decodeDocx: async () => words, decodePdfPages: async () => new Map() },
    });
    expect(isPlace(place(4, 8, 'bell'), content)).toBe(true);
    expect(isPlace(place(5, 9, 'bell'), content)).toBe(false);
    expect(isPlace(place(4, 8, 'bows'), content)).toBe(false);
  });
});
