import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3BlobStore } from '../../src/adapters/s3/blob-store.ts';
import { Bucket } from '../../src/adapters/s3/bucket.ts';
import { S3WaitingBytes } from '../../src/adapters/s3/waiting-bytes.ts';
import { relay, type Relay } from '../relay.ts';
import { freshBucket } from '../servers.ts';
import { blobStoreContract } from './blob-store.ts';

const server = await freshBucket();

describe.skipIf(!server)('a real S3 server', () => {
  const { bucket: name, endpoint } = server ?? { bucket: '', endpoint: 'http://127.0.0.1' };
  const { hostname: host, port } = new URL(endpoint);
  let bucket: Bucket;
  let wire: Relay;
  let overWire: Bucket;
  beforeAll(async () => {
    bucket = await Bucket.open({ bucket: name, endpoint });
    wire = await relay({ host, port: Number(port) });
    overWire = await Bucket.open({ bucket: name, endpoint: `http://127.0.0.1:${wire.port}` });
  });
  afterAll(() => {
    bucket.close();
    overWire.close();
    wire.close();
  });

  blobStoreContract(
    'an S3 bucket',
    async () => new S3BlobStore(bucket),
    async (prefix) => new S3BlobStore(bucket, { prefix }),
  );

  it('is sent the same bytes once, and gives a part without the rest', async () => {
    const store = new S3BlobStore(overWire);
    const megabytes = new Uint8Array(5_000_000).map((_, n) => n % 251);
    const key = await store.put(megabytes);
    expect(wire.passed().to).toBeGreaterThan(megabytes.length);
    let before = wire.passed();
    await store.put(megabytes);
    expect(wire.passed().to - before.to).toBeLessThan(4000);
    before = wire.passed();
    const part: Uint8Array[] = [];
    for await (const chunk of await store.read(key, { start: 4_000_000, end: 4_010_000 })) part.push(chunk);
    expect(Buffer.concat(part).equals(megabytes.subarray(4_000_000, 4_010_000))).toBe(true);
    expect(wire.passed().from - before.from).toBeLessThan(14_000);
  });

  it('sees bytes that were changed, mends what another tool cut short, and stores none whose hash is another’s', async () => {
    const store = new S3BlobStore(bucket, { prefix: 'changed/' });
    const key = await store.put(Uint8Array.of(1, 2, 3));
    const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
    const change = (Body: Uint8Array) =>
      client.send(new PutObjectCommand({ Bucket: name, Key: `changed/${key}`, Body }));
    await change(Uint8Array.of(1, 2, 4));
    await expect(store.get(key)).rejects.toMatchObject({ code: 'CORRUPT' });
    await change(Uint8Array.of(1, 2));
    await store.put(Uint8Array.of(1, 2, 3));
    expect([...(await store.get(key))]).toEqual([1, 2, 3]);
    await expect(bucket.put('wrong', Uint8Array.of(1), key)).rejects.toMatchObject({ code: 'REMOTE_FAILED' });
    expect(await bucket.size('wrong')).toBeUndefined();
    client.destroy();
  });

  it('takes away what has waited too long', async () => {
    const waiting = new S3WaitingBytes(bucket, { prefix: 'waiting/' });
    const one = async function* () {
      yield Uint8Array.of(1);
    };
    await waiting.write('old', one(), 1);
    await waiting.sweep(new Date(Date.now() - 3600_000));
    expect((await waiting.read('old')).length).toBe(1);
    await waiting.sweep(new Date(Date.now() + 3600_000));
    await expect(waiting.read('old')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('that refuses, is away, or lacks the bucket is told of with what to do', async () => {
    const failed = (text: RegExp) => ({ code: 'REMOTE_FAILED', message: expect.stringMatching(text) as string });
    await expect(Bucket.open({ bucket: 'no-such-bucket', endpoint })).rejects.toMatchObject(
      failed(/^s3:\/\/no-such-bucket at .* is not there: make the bucket/),
    );
    await expect(Bucket.open({ bucket: name, endpoint: 'http://127.0.0.1:9' })).rejects.toMatchObject(
      failed(/can't be reached: start it, or correct SENSEGRAPH_S3_ENDPOINT/),
    );
    const store = new S3BlobStore(overWire);
    const key = await store.put(Uint8Array.of(4));
    wire.cut();
    await expect(store.get(key)).rejects.toMatchObject(failed(/can't be reached/));
    wire.mend();
    expect([...(await store.get(key))]).toEqual([4]);
    const right = process.env['AWS_SECRET_ACCESS_KEY'];
    process.env['AWS_SECRET_ACCESS_KEY'] = 'wrong';
    try {
      await expect(Bucket.open({ bucket: name, endpoint })).rejects.toMatchObject(
        failed(/refuses: correct the credentials/),
      );
    } finally {
      process.env['AWS_SECRET_ACCESS_KEY'] = right;
    }
  });
});
