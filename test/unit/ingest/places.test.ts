import { afterAll, describe, expect, it } from 'vitest';
import type { Segment } from '../../../src/domain.ts';
import { decode } from '../../../src/ingest/decode.ts';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';
import { placeOf } from '../../../src/place.ts';

const worker = new DecodeWorker();
afterAll(() => worker.close());

async function segmentsOf(text: string, mediaType: string): Promise<readonly Segment[]> {
  const bytes = new TextEncoder().encode(text);
  const item = { bytes, blobKey: 'a'.repeat(64), modality: 'TEXT' as const, mediaType, fileName: 'x' };
  const { content } = await decode(item, worker, { maxPixels: 1, maxAudioSeconds: 1, maxUploadBytes: 1e6 });
  if (content.type !== 'text') throw new Error('no text');
  return content.segments;
}

/** What the original holds at the place of words of a segment. */
function written(segments: readonly Segment[], words: string, original: string): string {
  const segment = segments.find(({ text }) => text.includes(words));
  if (!segment) throw new Error(`nobody says ${words}`);
  const start = segment.text.indexOf(words);
  const place = placeOf(segment, { start, end: start + words.length });
  if (place.type !== 'TextSpan') throw new Error('no span');
  expect(original.slice(place.start, place.end)).toBe(place.quote);
  expect(place).not.toHaveProperty('runs');
  return place.quote;
}

describe('words of a page', () => {
  const html = `<html><body><h1>Salt &amp; <em>Rope</em></h1>
<p>The <b>first</b> mast was&nbsp;raised
   in 1871. Nobody saw it &#x2014; but Ada.</p>
<table><tr><th>Ship</th><th>Year</th></tr><tr><td> Hope </td><td><b>1902</b></td></tr></table></body></html>`;

  it('have the place of their own among the marks', async () => {
    const segments = await segmentsOf(html, 'text/html');
    expect(written(segments, 'The first mast', html)).toBe('The <b>first</b> mast');
    expect(written(segments, 'Nobody saw it — but Ada.', html)).toBe('Nobody saw it &#x2014; but Ada.');
    expect(written(segments, 'Salt & Rope', html)).toBe('Salt &amp; <em>Rope');
    expect(written(segments, 'in 1871.', html)).toBe('in 1871.');
  });

  it('of a table have their cell’s', async () => {
    const segments = await segmentsOf(html, 'text/html');
    expect(written(segments, 'Hope', html)).toBe('Hope');
    expect(written(segments, '1902', html)).toBe('<b>1902</b>');
  });
});

describe('cells of a table', () => {
  const csv = 'Ship,Year,Note\nHope,1902,"lost, at ""night"""\n\nGull, 1911 ,kept\n';

  it('have the characters of the file that are theirs', async () => {
    const segments = await segmentsOf(csv, 'text/csv');
    expect(written(segments, 'Hope', csv)).toBe('Hope');
    expect(written(segments, 'lost, at "night"', csv)).toBe('lost, at ""night""');
    expect(written(segments, '1911', csv)).toBe('1911');
    expect(written(segments, 'Ship: Hope; Year: 1902', csv)).toBe('Hope,1902');
  });
});

it('a sentence of a plain text has its own characters', async () => {
  const text = 'The lamp was lit. It burned for a year.';
  expect(written(await segmentsOf(text, 'text/markdown'), 'It burned for a year.', text)).toBe('It burned for a year.');
});
