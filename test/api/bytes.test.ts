import { afterAll, beforeAll, expect, test } from 'vitest';
import { example, exampleText, startServing, type ApiClient, type Serving } from './serving.ts';

let serving: Serving;
let api: ApiClient;
let picture: Uint8Array;
let urls: { md: string; html: string; png: string };
beforeAll(async () => {
  serving = await startServing();
  ({ api } = serving);
  picture = await example('images/drawing-pin.png');
  const ids = await api.ingestAll([
    { uploadId: await api.uploaded('bells.md', await example('texts/bells.md')) },
    { uploadId: await api.uploaded('page.html', Buffer.from(HTML), 'text/html') },
    { uploadId: await api.uploaded('drawing-pin.png', picture) },
  ]);
  const { nodes } = await api.data<{ nodes: { url: string }[] }>(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Asset { url } } }',
    { ids },
  );
  const [md = '', html = '', png = ''] = nodes.map(({ url }) => api.origin + url);
  urls = { md, html, png };
});
afterAll(() => serving.close());

const HTML = '<!doctype html><title>A page</title><script>alert(1)</script><p>The lamp was lit.</p>';

test('a picture comes back byte for byte, with its type and no guessing', async () => {
  const response = await fetch(urls.png);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array(picture));
});

test('Markdown and HTML are plain text to a browser', async () => {
  for (const [url, text] of [
    [urls.md, await exampleText('texts/bells.md')],
    [urls.html, HTML],
  ] as const) {
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(text);
  }
});

test('one range gives 206 and its part', async () => {
  const part = async (range: string) => {
    const response = await fetch(urls.png, { headers: { range } });
    return [
      response.status,
      response.headers.get('content-range'),
      Buffer.from(await response.arrayBuffer()).equals(picture.subarray(...bounds(range))),
    ];
  };
  const size = picture.length;
  const bounds = (range: string): [number, number] =>
    range === 'bytes=0-9' ? [0, 10] : range === 'bytes=100-' ? [100, size] : [size - 5, size];
  expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${size}`, true]);
  expect(await part('bytes=100-')).toEqual([206, `bytes 100-${size - 1}/${size}`, true]);
  expect(await part('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, true]);
});

test('a range beyond the end gives 416 with the size', async () => {
  const response = await fetch(urls.png, { headers: { range: `bytes=${picture.length}-` } });
  expect(response.status).toBe(416);
  expect(response.headers.get('content-range')).toBe(`bytes */${picture.length}`);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('several ranges and what is no range give the whole', async () => {
  for (const range of ['bytes=0-1,5-6', 'lines=1-2', 'bytes=x']) {
    const response = await fetch(urls.png, { headers: { range } });
    expect([range, response.status]).toEqual([range, 200]);
    expect((await response.arrayBuffer()).byteLength).toBe(picture.length);
  }
});

test('HEAD tells the size and sends nothing; a known ETag gives 304', async () => {
  const head = await fetch(urls.png, { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(head.headers.get('content-length')).toBe(String(picture.length));
  const etag = head.headers.get('etag') ?? '';
  const same = await fetch(urls.png, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
  expect(same.status).toBe(304);
});

test('unknown and malformed ids are 404 and 400, in JSON', async () => {
  for (const [path, status] of [
    ['/assets/Asset%3Anone/bytes', 404],
    ['/assets/a%00b/bytes', 404],
    ['/assets/..%2f..%2fetc%2fpasswd/bytes', 404],
    ['/assets/%zz/bytes', 400],
  ] as const) {
    const response = await fetch(api.origin + path);
    expect([path, response.status]).toEqual([path, status]);
    expect(response.headers.get('content-type')).toContain('application/json');
  }
});
