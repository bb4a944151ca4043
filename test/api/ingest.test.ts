import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { example, exampleText, startServing, type ApiClient, type Serving } from './serving.ts';

let serving: Serving;
let api: ApiClient;
beforeAll(async () => {
  serving = await startServing({ SENSEGRAPH_MAX_UPLOAD_BYTES: String(1024 * 1024) });
  ({ api } = serving);
});
afterAll(() => serving.close());

const counts = () => serving.application.health().then((health) => health.counts);

/** Header and end of a PNG of this size; its pixels are missing. */
function pngOfSize(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(10))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

describe('uploads', () => {
  test('the URL of an upload works once', async () => {
    const bytes = await example('images/drawing-pin.png');
    const { id, url } = await api.createUpload('drawing-pin.png', bytes.length);
    const first = await api.put(url, bytes);
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ byteSize: bytes.length });
    const second = await api.put(url, bytes);
    expect(second.status).toBe(404);
    expect(await second.json()).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  test('a wrong token, no token and an unknown upload are not found', async () => {
    const { id, url } = await api.createUpload('a.txt', 3);
    for (const path of [`${url}x`, `/uploads/${id}`, `/uploads/${id}?token=a&token=b`, '/uploads/none?token=x']) {
      const response = await api.put(path, Buffer.from('abc'));
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.json()).toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    }
    expect((await api.put(url, Buffer.from('abc'))).status).toBe(201);
  });

  test('more bytes than announced are refused with 413, few or many, and the URL stays good', async () => {
    const { url } = await api.createUpload('a.txt', 3);
    for (const size of [4, 900_000]) {
      const response = await api.put(url, Buffer.alloc(size, 'a'));
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ code: 'TOO_LARGE' });
    }
    expect((await api.put(url, Buffer.from('abc'))).status).toBe(201);
  });

  test('fewer bytes than announced are refused with 400', async () => {
    const { id, url } = await api.createUpload('a.txt', 3);
    const response = await api.put(url, Buffer.from('ab'));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    const { items, job } = await api.ingest([{ uploadId: id }]);
    expect(job).toBeNull();
    expect(items[0]?.userErrors[0]?.code).toBe('UPLOAD_INCOMPLETE');
  });

  test('an upload of no bytes, of fewer, and of too many is refused before it is sent', async () => {
    const refused = async (byteSize: number) => {
      const { createUpload } = await api.data<{
        createUpload: { upload: null; userErrors: { code: string; field: string[] }[] };
      }>(
        'mutation ($n: ByteCount!) { createUpload(fileName: "a.txt", byteSize: $n) { upload { id } userErrors { code field message } } }',
        { n: byteSize },
      );
      expect(createUpload.upload).toBeNull();
      return createUpload.userErrors.map(({ code, field }) => [code, ...field]);
    };
    expect(await refused(0)).toEqual([['EMPTY', 'byteSize']]);
    expect(await refused(-5)).toEqual([['EMPTY', 'byteSize']]);
    expect(await refused(3_000_000_000)).toEqual([['TOO_LARGE', 'byteSize']]);
  });
});

describe('ingest', () => {
  test('every bad item has its own userErrors, and the good ones go on', async () => {
    const png = await example('images/drawing-pin.png');
    const text = await exampleText('texts/samuel-reed.md');
    const items = [
      { text: '' },
      { text: ' \n\t ' },
      { uploadId: await api.uploaded('note.png', Buffer.from('This is a text and no picture.')) },
      { uploadId: await api.uploaded('cut.png', png.subarray(0, 3000)) },
      { uploadId: await api.uploaded('huge.png', pngOfSize(20_000, 10_000)) },
      { uploadId: await api.uploaded('latin.txt', Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0xe9])) },
      { uploadId: 'no-such-upload' },
      { text, fileName: 'samuel-reed.md' },
      { text: 'Both.', uploadId: 'x' },
      { title: 'Neither' },
      {
        uploadId: await api.uploaded('things.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0])),
      },
    ];
    const result = await api.ingest(items);
    expect(result.userErrors).toEqual([]);
    expect(result.items.map(({ ordinal }) => ordinal)).toEqual(items.map((_, i) => i));
    expect(result.items.map(({ userErrors }) => userErrors[0]?.code ?? null)).toEqual([
      'EMPTY',
      'EMPTY',
      'TYPE_MISMATCH',
      'CORRUPT',
      'TOO_MANY_PIXELS',
      'BAD_ENCODING',
      'UPLOAD_NOT_FOUND',
      null,
      'BAD_INPUT',
      'BAD_INPUT',
      'UNSUPPORTED_TYPE',
    ]);
    for (const { ordinal, assetId, userErrors } of result.items) {
      expect(assetId === null).toBe(userErrors.length > 0);
      for (const { field, message } of userErrors) {
        expect(field.slice(0, 2)).toEqual(['items', String(ordinal)]);
        expect(message.length).toBeGreaterThan(10);
      }
    }
    expect((await api.ended(result.job?.id ?? '')).at(-1)).toBe('COMPLETED');
    const { job } = await api.data<{
      job: { done: number; failed: number; total: number; finishedAt: string; items: object[] };
    }>(
      'query ($id: ID!) { job(id: $id) { total done failed finishedAt items { ordinal state asset { title } userErrors { code } } } }',
      { id: result.job?.id },
    );
    expect(job).toMatchObject({ done: 1, failed: 10, total: 11 });
    expect(job.finishedAt).toBeTruthy();
    expect(job.items).toHaveLength(11);
    expect(job.items[7]).toEqual({ ordinal: 7, state: 'DONE', asset: { title: 'Samuel Reed' }, userErrors: [] });
    expect(job.items[6]).toMatchObject({ state: 'FAILED', asset: null, userErrors: [{ code: 'UPLOAD_NOT_FOUND' }] });
  });

  test('a picture whose pixels are damaged fails in its job, with a reason', async () => {
    const png = Buffer.from(await example('images/drawing-shakers.png'));
    png.fill(0x55, 2000, 20_000);
    const { job, items } = await api.ingest([{ uploadId: await api.uploaded('damaged.png', png) }]);
    expect(items[0]?.userErrors).toEqual([]);
    expect((await api.ended(job?.id ?? '')).at(-1)).toBe('COMPLETED');
    const shown = await api.data<{ job: { failed: number; items: object[] } }>(
      'query ($id: ID!) { job(id: $id) { failed items { state asset { id } userErrors { code field } } } }',
      { id: job?.id },
    );
    expect(shown.job).toEqual({
      failed: 1,
      items: [{ state: 'FAILED', asset: null, userErrors: [{ code: 'CORRUPT', field: ['items', '0'] }] }],
    });
  });

  test('the same bytes again are a duplicate: no job, and nothing is counted twice', async () => {
    const text = await exampleText('texts/ruth-carter.md');
    const [id] = await api.ingestAll([{ text }]);
    const before = await counts();
    const { job, items } = await api.ingest([{ text }, { text, title: 'Under another name' }]);
    expect(job).toBeNull();
    expect(items).toMatchObject([
      { assetId: id, duplicate: true, userErrors: [] },
      { assetId: id, duplicate: true, userErrors: [] },
    ]);
    expect(await counts()).toEqual(before);
  });

  test('the same bytes twice in one call are one asset', async () => {
    const text = 'Two gulls sat on the quay.';
    const { job, items } = await api.ingest([{ text }, { text }]);
    expect(items.map(({ duplicate }) => duplicate)).toEqual([false, true]);
    expect(job?.total).toBe(1);
    expect((await api.ended(job?.id ?? '')).at(-1)).toBe('COMPLETED');
  });

  test('an upload is ingested once', async () => {
    const uploadId = await api.uploaded('once.txt', Buffer.from('A lamp was lit once.'));
    await api.ingestAll([{ uploadId }]);
    const { items } = await api.ingest([{ uploadId }]);
    expect(items[0]?.userErrors[0]?.code).toBe('UPLOAD_NOT_FOUND');
  });

  test('a text of its own title and name keeps them', async () => {
    const [id] = await api.ingestAll([{ text: 'A buoy is red.', title: 'Of buoys' }]);
    const { asset } = await api.data<{ asset: object }>(
      'query ($id: ID!) { asset(id: $id) { title modality byteSize } }',
      { id },
    );
    expect(asset).toEqual({ title: 'Of buoys', modality: 'TEXT', byteSize: 14 });
  });

  test('1,001 items and no items are refused whole', async () => {
    const many = await api.ingest(Array.from({ length: 1001 }, (_, i) => ({ text: `Text ${i}.` })));
    expect(many).toMatchObject({ job: null, items: [], userErrors: [{ code: 'TOO_MANY_ITEMS', field: ['items'] }] });
    const none = await api.ingest([]);
    expect(none).toMatchObject({ job: null, items: [], userErrors: [{ code: 'BAD_INPUT', field: ['items'] }] });
  });

  test('a zero byte in a text is refused, and one in a title fails nothing', async () => {
    const { items, job } = await api.ingest([{ text: 'A zero \0 byte.' }, { text: 'A name.', title: 'A title\0' }]);
    expect(items.map(({ userErrors }) => userErrors[0]?.code)).toEqual(['BAD_ENCODING', undefined]);
    await api.ended(job?.id ?? '');
    const { asset } = await api.data<{ asset: { title: string } }>('query ($id: ID!) { asset(id: $id) { title } }', {
      id: items[1]?.assetId,
    });
    expect(asset.title).toContain('A title');
  });
});

describe('cancelJob', () => {
  test('a job that runs is stopped, and keeps what is done', async () => {
    const { job } = await api.ingest(
      Array.from({ length: 200 }, (_, i) => ({ text: `Boat ${i} came from port ${i * 7}.` })),
    );
    const { cancelJob } = await api.data<{ cancelJob: { job: { state: string }; userErrors: [] } }>(
      'mutation ($id: ID!) { cancelJob(id: $id) { job { id state } userErrors { code } } }',
      { id: job?.id },
    );
    expect(cancelJob.userErrors).toEqual([]);
    expect(cancelJob.job.state).toBe('CANCELLED');
    expect(await api.ended(job?.id ?? '')).toEqual(['CANCELLED']);
  });

  test('an unknown job is not found', async () => {
    const { cancelJob } = await api.data<{ cancelJob: object }>(
      'mutation { cancelJob(id: "Job:none") { job { id } userErrors { code field } } }',
    );
    expect(cancelJob).toEqual({ job: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] });
  });
});
