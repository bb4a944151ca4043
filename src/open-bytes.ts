import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderBlobStore } from './adapters/blob/folder.ts';
import { FolderUploads } from './adapters/blob/uploads.ts';
import { WaitingFolder } from './adapters/blob/waiting-folder.ts';
import type { Db, StoreLog } from './adapters/postgres/db.ts';
import { PostgresUploads } from './adapters/postgres/uploads.ts';
import { S3BlobStore } from './adapters/s3/blob-store.ts';
import { Bucket } from './adapters/s3/bucket.ts';
import { S3WaitingBytes } from './adapters/s3/waiting-bytes.ts';
import type { Config } from './config.ts';
import type { BlobStore, Uploads } from './ports/stores.ts';
import { DEFAULT_TENANT } from './ports/tenants.ts';

/** What one tenant has: the bytes of another can't be reached from here, also by their key. */
export interface BytesOfTenant {
  readonly blobs: BlobStore;
  /** `db` is the tenant's. */
  openUploads(db: Db, log: StoreLog): Promise<Uploads>;
  /** Takes all of it away. */
  removeAll(): Promise<void>;
  hasAny(): Promise<boolean>;
}

export interface Bytes {
  /** Where they are. */
  readonly place: string;
  of(tenant: string): BytesOfTenant;
  close(): void;
}

/** What the tenant's folder, and its part of a bucket, begin with. The default tenant has both as they were. */
function partOf(tenant: string): readonly string[] {
  return tenant === DEFAULT_TENANT ? [] : ['tenants', tenant];
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Where bytes are kept: a bucket where one is named, else a folder. REMOTE_FAILED when the bucket doesn't answer. */
export async function openBytes({ dataDir, maxUploadBytes, stores: { s3, postgres } }: Config): Promise<Bytes> {
  const bucket = s3 && (await Bucket.open(s3));
  const inFolder = (tenant: string): BytesOfTenant => {
    const folder = join(dataDir, ...partOf(tenant));
    const uploads = join(folder, 'uploads');
    return {
      blobs: new FolderBlobStore(join(folder, 'blobs')),
      // The embedded database has one process, whose uploads end with it.
      openUploads: async (db, log) =>
        postgres
          ? new PostgresUploads(db, new WaitingFolder(uploads), { maxBytes: maxUploadBytes, log })
          : FolderUploads.open(uploads, maxUploadBytes),
      removeAll: () => rm(folder, { recursive: true, force: true }),
      hasAny: () => isThere(folder),
    };
  };
  if (!bucket || !s3) return { place: dataDir, of: inFolder, close: () => {} };
  return {
    place: `${bucket.place}${s3.prefix === '' ? '' : `, under ${s3.prefix}`}`,
    of: (tenant) => {
      const prefix = `${s3.prefix}${partOf(tenant)
        .map((part) => `${part}/`)
        .join('')}`;
      const waiting = new S3WaitingBytes(bucket, { prefix: `${prefix}uploads/` });
      return {
        blobs: new S3BlobStore(bucket, { prefix: `${prefix}blobs/` }),
        openUploads: async (db, log) =>
          postgres
            ? new PostgresUploads(db, waiting, { maxBytes: maxUploadBytes, log })
            : FolderUploads.open(join(dataDir, ...partOf(tenant), 'uploads'), maxUploadBytes),
        removeAll: async () => {
          for await (const { key } of bucket.list(prefix)) await bucket.remove(key);
          await inFolder(tenant).removeAll();
        },
        hasAny: async () => {
          const first = await bucket.list(prefix).next();
          return first.done !== true || inFolder(tenant).hasAny();
        },
      };
    },
    close: () => bucket.close(),
  };
}
