import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WaitingFolder } from '../../src/adapters/blob/waiting-folder.ts';
import { silentLog, type Db } from '../../src/adapters/postgres/db.ts';
import { migrate, readMigrations } from '../../src/adapters/postgres/migrate.ts';
import { ensureTenantRole } from '../../src/adapters/postgres/tenant-role.ts';
import { PostgresUploads } from '../../src/adapters/postgres/uploads.ts';
import { PostgresServer } from '../../src/adapters/postgres-server/client.ts';
import { Bucket } from '../../src/adapters/s3/bucket.ts';
import { S3WaitingBytes } from '../../src/adapters/s3/waiting-bytes.ts';
import type { WaitingBytes } from '../../src/ports/stores.ts';
import { DEFAULT_TENANT } from '../../src/ports/tenants.ts';
import { freshBucket, freshDatabase } from '../servers.ts';
import { MAX_BYTES, uploadsContract } from './uploads.ts';

const [database, server] = [await freshDatabase(18), await freshBucket()];

async function* one(byte: number): AsyncGenerator<Uint8Array> {
  yield Uint8Array.of(byte);
}

async function waitingIn(bucket: Bucket): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list('uploads/')) keys.push(key);
  return keys;
}

describe.skipIf(!database || !server)('several servers on one Postgres', () => {
  let connections: PostgresServer[];
  let bucket: Bucket;
  let folder: string;
  beforeAll(async () => {
    const open = () => PostgresServer.open({ url: database?.url ?? '', log: silentLog });
    connections = await Promise.all([open(), open()]);
    await ensureTenantRole(connections[0] as PostgresServer);
    await migrate(connections[0] as PostgresServer, await readMigrations());
    bucket = await Bucket.open({ bucket: server?.bucket ?? '', endpoint: server?.endpoint ?? '' });
    folder = await mkdtemp(join(tmpdir(), 'sensegraph-uploads-'));
  });
  afterAll(async () => {
    bucket.close();
    await Promise.all(connections.map((connection) => connection.close()));
    await database?.drop();
    await rm(folder, { recursive: true });
  });
  const tenantOf = (n: number): Db => (connections[n] as PostgresServer).forTenant(DEFAULT_TENANT);
  const uploadsOf = (n: number, waiting: WaitingBytes): PostgresUploads =>
    new PostgresUploads(tenantOf(n), waiting, { maxBytes: MAX_BYTES, log: silentLog });
  const inBucket = (): WaitingBytes => new S3WaitingBytes(bucket, { prefix: 'uploads/' });

  uploadsContract('Postgres with a folder', async () => uploadsOf(0, new WaitingFolder(folder)));
  uploadsContract('Postgres with a bucket', async () => uploadsOf(0, inBucket()));

  it('know one another’s uploads, of which nothing is left once they are taken', async () => {
    for (const waiting of [inBucket(), new WaitingFolder(folder)]) {
      const [left, right] = [uploadsOf(0, waiting), uploadsOf(1, waiting)];
      const { id, token } = await left.create({ fileName: 'a', byteSize: 1 });
      await right.receive(id, token, one(5));
      const takers = await Promise.allSettled([left.take(id), right.take(id)]);
      expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
    expect(await readdir(folder)).toEqual([]);
    expect(await waitingIn(bucket)).toEqual([]);
  });

  it('let the first PUT that is complete count, of two at once', async () => {
    const [left, right] = [uploadsOf(0, inBucket()), uploadsOf(1, inBucket())];
    const { id, token } = await left.create({ fileName: 'a', byteSize: 1 });
    const hold = Promise.withResolvers<void>();
    const slow = left.receive(
      id,
      token,
      (async function* () {
        await hold.promise;
        yield Uint8Array.of(1);
      })(),
    );
    await right.receive(id, token, one(2));
    hold.resolve();
    await expect(slow).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    expect([...(await left.take(id)).bytes]).toEqual([2]);
    expect(await waitingIn(bucket)).toEqual([]);
  });

  it('forget an upload after its hour, its bytes too', async () => {
    const uploads = uploadsOf(0, inBucket());
    const { id, token } = await uploads.create({ fileName: 'a', byteSize: 1 });
    await uploads.receive(id, token, one(1));
    const db = tenantOf(0);
    await db.query(`UPDATE upload SET expires_at = now() - interval '1 minute' WHERE id = $1`, [id]);
    await expect(uploads.take(id)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    await uploads.sweep();
    expect(await db.query('SELECT id FROM upload WHERE id = $1', [id])).toEqual([]);
    // Bytes go by their own age, which is an hour more than an upload's: a PUT may end when its hour does.
    expect(await waitingIn(bucket)).toHaveLength(1);
    await inBucket().sweep(new Date(Date.now() + 1000));
    expect(await waitingIn(bucket)).toEqual([]);
  });

  it('refuse another upload once too many wait', async () => {
    const db = tenantOf(0);
    await db.query(
      `INSERT INTO upload (id, token_hash, file_name, byte_size, expires_at)
       SELECT 'many ' || n, '', '', 1, now() + interval '1 hour' FROM generate_series(1, 10000) n`,
    );
    await expect(uploadsOf(1, inBucket()).create({ fileName: 'a', byteSize: 1 })).rejects.toMatchObject({
      code: 'TOO_MANY_ITEMS',
    });
    await db.query('DELETE FROM upload');
  });
});
