import { afterAll, describe, expect, it } from 'vitest';
import { decode } from '../../../src/ingest/decode.ts';
import { DecodeWorker } from '../../../src/ingest/decode-worker.ts';
import { checkItem } from '../../../src/ingest/check.ts';
import { docx, TYPES, zip } from '../../fixtures/docx.ts';

const worker = new DecodeWorker();
afterAll(() => worker.close());
const limits = { maxPixels: 50_000_000, maxAudioSeconds: 60, maxUploadBytes: 1_000_000_000 };
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** What the application does with bytes: looks what they are, then decodes them. */
async function segmentsOf(bytes: Uint8Array, fileName: string) {
  const { modality, mediaType } = await checkItem(bytes, { fileName }, limits);
  const item = { bytes, blobKey: 'a'.repeat(64), modality, mediaType, title: undefined, fileName };
  const { asset, content } = await decode(item, worker, limits);
  if (content.type !== 'text') throw new Error('no text');
  return { asset, segments: content.segments };
}
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('a page', () => {
  const html = `<!doctype html><html><head><title>The pier</title><style>p{}</style></head><body>
<nav>Home | About</nav><script>alert("no")</script><h1>North &amp; South Pier</h1>
<p>The <b>north pier</b> was built in 1871.</p><img src="x" alt="a lamp on a wall">
<table><tr><th>Ship</th><th>Year</th></tr><tr><td>Hope</td><td>1902</td></tr></table></body></html>`;

  it('gives its words, its rows as facts and its alt texts, without scripts and navigation', async () => {
    const { asset, segments } = await segmentsOf(bytesOf(html), 'pier.html');
    const text = segments.map((segment) => segment.text).join('\n');
    expect(asset).toMatchObject({ title: 'The pier', mediaType: 'text/html' });
    expect(text).toContain('# North & South Pier');
    expect(text).toContain('The north pier was built in 1871.');
    expect(text).toContain('a lamp on a wall');
    expect(text).toContain('Ship: Hope; Year: 1902');
    expect(text).not.toMatch(/alert|Home|p\{/);
  });

  it('points at the characters of the original', async () => {
    const { segments } = await segmentsOf(bytesOf(html), 'pier.html');
    const locator = segments[0]?.locator;
    if (locator?.type !== 'TextSpan') throw new Error('no span');
    expect(html.slice(locator.start, locator.end)).toBe(locator.quote);
    expect(locator.quote).toContain('<b>north pier</b>');
  });

  it('is refused where it nests too deeply, and where it says nothing', async () => {
    const deep = `<html>${'<div>'.repeat(5000)}x${'</div>'.repeat(5000)}</html>`;
    await expect(segmentsOf(bytesOf(deep), 'deep.html')).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(segmentsOf(bytesOf('<html><script>1</script></html>'), 'none.html')).rejects.toMatchObject({
      code: 'EMPTY',
    });
  });
});

describe('a table', () => {
  const csv = 'Ship,Year,Note\nHope,1902,"lost, at night"\n\nGull,,kept\n';

  it('gives each row as a fact, at its place in the file', async () => {
    const { asset, segments } = await segmentsOf(bytesOf(csv), 'life_boats.csv');
    expect(asset.title).toBe('life boats');
    expect(segments.map(({ text }) => text)).toEqual([
      'Ship: Hope; Year: 1902; Note: lost, at night',
      'Ship: Gull; Note: kept',
    ]);
    const quotes = segments.map(({ locator }) => (locator.type === 'TextSpan' ? locator.quote : ''));
    expect(quotes).toEqual(['Hope,1902,"lost, at night"', 'Gull,,kept']);
    for (const { locator } of segments)
      if (locator.type === 'TextSpan') expect(csv.slice(locator.start, locator.end)).toBe(locator.quote);
  });

  it('takes tabs and semicolons, and refuses a header alone', async () => {
    expect((await segmentsOf(bytesOf('a\tb\n1\t2\n'), 't.tsv')).segments[0]?.text).toBe('a: 1; b: 2');
    expect((await segmentsOf(bytesOf('a;b\n1;2\n'), 't.csv')).segments[0]?.text).toBe('a: 1; b: 2');
    await expect(segmentsOf(bytesOf('a,b\n'), 't.csv')).rejects.toMatchObject({ code: 'EMPTY' });
  });

  it('is refused with more than 10,000 rows', async () => {
    const long = `a,b\n${'1,2\n'.repeat(10_001)}`;
    await expect(segmentsOf(bytesOf(long), 't.csv')).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});

describe('a Word document', () => {
  it('gives its paragraphs', async () => {
    const bytes = docx(['The lamp was lit by Ada Penrose.', 'It burned for a year.']);
    const { asset, segments } = await segmentsOf(bytes, 'lamp.docx');
    expect(asset).toMatchObject({ modality: 'DOCUMENT', mediaType: DOCX });
    expect(segments.map(({ text }) => text).join('\n')).toContain('The lamp was lit by Ada Penrose.');
  });

  it('is refused where it unpacks to more than 200 MB, and where it is cut off', async () => {
    const bomb = zip({ '[Content_Types].xml': TYPES, 'word/document.xml': Buffer.alloc(210e6, 0x20) });
    expect(bomb.length).toBeLessThan(1e6);
    await expect(segmentsOf(bomb, 'bomb.docx')).rejects.toMatchObject({ code: 'TOO_LARGE' });
    const whole = docx(['Words.']);
    await expect(segmentsOf(whole.subarray(0, whole.length - 60), 'cut.docx')).rejects.toMatchObject({
      code: 'CORRUPT',
    });
  });
});
