import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';
import { MOST_PAGES } from '../../../src/ingest/pdf/decode-pdf.ts';
import { figuresOf } from '../../../src/ingest/pdf/figures.ts';
import { limitMemory } from '../../../src/ingest/pdf/library.ts';
import { hyphenatedWords, pageText } from '../../../src/ingest/pdf/page-text.ts';
import { paragraphsOf, textOf } from '../../../src/ingest/pdf/paragraphs.ts';
import { withoutRepeated } from '../../../src/ingest/pdf/repeated-lines.ts';
import { boxesOf } from '../../../src/place.ts';
import { A4, blank, CAPTION, drawing, locked, paper, scan, turnedPage } from '../../fixtures/pdf-files.ts';

const worker = new DecodeWorker();
afterAll(() => worker.close());
const cat = () => readFile(new URL('../../../examples/images/museum-cat.jpg', import.meta.url));

async function read(bytes: Uint8Array) {
  const pages = await worker.decodePdf(bytes);
  const kept = withoutRepeated(pages);
  const hyphenated = hyphenatedWords(kept.flat());
  return pages.map((page, i) => {
    const paragraphs = paragraphsOf(kept[i] ?? []);
    return { ...pageText(paragraphs, hyphenated), page, paragraphs };
  });
}

describe('a PDF in two columns', () => {
  it('is read column by column, without running titles and numbers, its parted words whole', async () => {
    const [first, second] = await read(await paper(await cat()));
    const text = first?.text ?? '';
    expect(text).toContain('A History of the Harbour and of Those Who Kept It');
    expect(text).toContain('after a winter of storms. Its lamp came from a glass works in Oakford');
    expect(text.indexOf('harbour mouth.')).toBeLessThan(text.indexOf('The harbour office closed'));
    for (const page of [first, second]) expect(page?.text).not.toMatch(/Annals|^\d$/m);
    expect(second?.text.startsWith('The harbour office closed')).toBe(true);
  });

  it('tells where each word stands, also where it is parted', async () => {
    const [page] = await read(await paper(await cat()));
    if (!page) throw new Error('no page');
    const start = page.text.indexOf('winter');
    const [end, begin, ...more] = boxesOf(page.text, page.lines, { start, end: start + 6 });
    expect(more).toEqual([]);
    expect(end?.y).toBeGreaterThan(130);
    expect(end?.y).toBeLessThan(143);
    expect(begin?.y).toBeCloseTo((end?.y ?? 0) + 13, 0);
    expect(begin?.x).toBeCloseTo(72, 0);
    expect(end?.x).toBeGreaterThan(230);
    expect((end?.x ?? 0) + (end?.width ?? 0)).toBeLessThan(310);
  });

  it('shows its picture, with the caption below it', async () => {
    const [first, second] = await read(await paper(await cat()));
    if (!first || !second) throw new Error('no page');
    const [figure, ...more] = figuresOf(first.page.pictures, first.paragraphs, first.page);
    expect(more).toEqual([]);
    expect(figure?.box.x).toBeCloseTo(150, 0);
    expect(figure?.box.y).toBeCloseTo(280, 0);
    expect(figure?.box.width).toBeCloseTo(280, 0);
    expect(first.paragraphs[figure?.caption ?? -1]?.map(textOf).join(' ')).toBe(CAPTION);
    expect(figuresOf(second.page.pictures, second.paragraphs, second.page)).toEqual([]);
  });
});

describe('a PDF', () => {
  it('takes strokes for a figure where a caption with a number says so', async () => {
    const [page] = await read(await drawing());
    if (!page) throw new Error('no page');
    const [figure, ...more] = figuresOf(page.page.pictures, page.paragraphs, page.page);
    expect(more).toEqual([]);
    expect(figure?.drawn).toBe(true);
    expect(page.paragraphs[figure?.caption ?? -1]?.map(textOf).join(' ')).toContain('Figure 2.');
  });

  it.each([0, 1, 2, 3])('has its places on the page as it is shown, turned by %i quarters', async (quarters) => {
    const [page] = await worker.decodePdf(await turnedPage(quarters));
    const [width, height] = quarters % 2 === 0 ? [A4.width, A4.height] : [A4.height, A4.width];
    expect([Math.round(page?.width ?? 0), Math.round(page?.height ?? 0)]).toEqual([width, height]);
    const [line, ...more] = page?.lines ?? [];
    expect(more).toEqual([]);
    expect(line && textOf(line)).toBe('The ferry leaves at noon.');
    const { x = 0, y = 0 } = line?.box ?? {};
    const near = [
      [100, 190],
      [height === A4.width ? width - 210 : 0, 100],
      [A4.width - 240, A4.height - 205],
      [190, A4.width - 240],
    ][quarters] ?? [0, 0];
    expect(Math.abs(x - (near[0] ?? 0))).toBeLessThan(20);
    expect(Math.abs(y - (near[1] ?? 0))).toBeLessThan(20);
  });

  it('without a text layer is told to be scanned', async () => {
    const [page] = await worker.decodePdf(await scan(['The net loft burned down in 1902.']));
    expect(page).toMatchObject({ scanned: true, lines: [] });
  });

  it('is drawn as it is shown, as a whole or in part', async () => {
    const bytes = await paper(await cat());
    const { image, scale } = await worker.drawPage(bytes, 1);
    expect(image.data).toHaveLength(image.width * image.height * 3);
    expect(image.width / scale).toBeCloseTo(A4.width, 0);
    const part = await worker.drawPage(bytes, 1, { x: 150, y: 280, width: 280, height: 200 });
    const mean = part.image.data.reduce((sum, value) => sum + value, 0) / part.image.data.length;
    expect(mean).toBeLessThan(200);
    expect(part.image.width / part.scale).toBeCloseTo(280, 0);
  });

  it('that asks for a password, or has too many pages, says so', async () => {
    await expect(worker.decodePdf(locked())).rejects.toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining('password') as string,
    });
    await expect(worker.decodePdf(await blank(MOST_PAGES + 1))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});

it('a module’s memory is bounded by what it says itself', () => {
  // One memory of 1 page at least, 32,768 at most.
  const wasm = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 6, 1, 1, 1, 0x80, 0x80, 2]);
  expect([...limitMemory(wasm, 16_384)].slice(-3)).toEqual([0x80, 0x80, 1]);
});
