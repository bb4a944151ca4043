import { randomFillSync } from 'node:crypto';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relay, type Relay } from '../relay.ts';
import { freshBucket, freshDatabase } from '../servers.ts';
import { runWith, serve, type ServerProcess } from './process.ts';

const bucket = await freshBucket();
const database = bucket && (await freshDatabase(18));

describe.skipIf(!database)('two servers with one Postgres and one bucket, and no folder in common', () => {
  let folder: string;
  let wire: Relay;
  let environment: Record<string, string>;
  let [left, right]: ServerProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sensegraph-bytes-'));
    const { hostname: host, port } = new URL(bucket?.endpoint ?? '');
    wire = await relay({ host, port: Number(port) });
    environment = {
      ...bucket?.environment,
      SENSEGRAPH_S3_ENDPOINT: `http://127.0.0.1:${wire.port}`,
      SENSEGRAPH_S3_PREFIX: 'here',
      SENSEGRAPH_POSTGRES_URL: database?.url ?? '',
      SENSEGRAPH_CAPTIONS: 'off',
    };
    [left, right] = await Promise.all(['left', 'right'].map((name) => serve(join(folder, name), [], environment)));
  });
  afterAll(async () => {
    await Promise.all([left, right].map((server) => server?.stop()));
    wire.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('take in at one what was sent to the other, serve parts of it without the rest, and leave nothing of it', async () => {
    const [width, height] = [1200, 900];
    const noise = randomFillSync(Buffer.alloc(width * height * 3));
    const picture = await sharp(noise, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const { createUpload } = await left!.graphql<{ createUpload: { upload: { id: string; url: string } } }>(
      'mutation ($n: ByteCount!) { createUpload(fileName: "noise.png", byteSize: $n) { upload { id url } } }',
      { n: picture.length },
    );
    const { id: uploadId, url } = createUpload.upload;
    const put = await fetch(new URL(url, right!.url), { method: 'PUT', body: picture });
    expect(put.status).toBe(201);
    const { ingest } = await left!.graphql<{
      ingest: { job: { id: string }; items: { assetId: string; userErrors: unknown[] }[] };
    }>(
      'mutation ($u: ID!) { ingest(items: [{ uploadId: $u }]) { job { id } items { assetId userErrors { code } } } }',
      {
        u: uploadId,
      },
    );
    const id = ingest.items[0]?.assetId ?? '';
    const done = 'query ($id: ID!) { job(id: $id) { state failed } }';
    let job = { state: '', failed: 0 };
    while (job.state !== 'COMPLETED')
      ({ job } = await right!.graphql<{ job: typeof job }>(done, { id: ingest.job.id }));
    expect(job.failed).toBe(0);

    const file = new URL(`/assets/${encodeURIComponent(id)}/bytes`, right!.url);
    const before = wire.passed().from;
    const part = await fetch(file, { headers: { range: 'bytes=2000000-2000999' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2000000-2000999/${picture.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(picture.subarray(2_000_000, 2_001_000))).toBe(true);
    expect(wire.passed().from - before).toBeLessThan(5000);
    const whole = await fetch(file);
    expect(Buffer.from(await whole.arrayBuffer()).equals(picture)).toBe(true);

    wire.cut();
    const away = await fetch(file);
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ code: 'REMOTE_FAILED' });
    wire.mend();

    const verify = ['doctor', '--verify-deleted', id, '--data', join(folder, 'left'), '--json'];
    const held = await runWith(environment, ...verify);
    expect(JSON.parse(held.stdout)).toMatchObject({ isDeleted: false });
    expect(held.stdout).toContain('{"place":"bytes","count":1}');
    await left!.graphql('mutation ($id: ID!) { deleteAsset(id: $id) { userErrors { code } } }', { id });
    expect(JSON.parse((await runWith(environment, ...verify)).stdout)).toMatchObject({ isDeleted: true, traces: [] });
    await expect(access(join(folder, 'left', 'blobs'))).rejects.toMatchObject({ code: 'ENOENT' });
  }, 400_000);
});
