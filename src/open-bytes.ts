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

export interface Bytes {
  readonly blobs: BlobStore;
  /** Where they are. */
  readonly place: string;
  openUploads(db: Db, log: StoreLog): Promise<Uploads>;
  close(): void;
}

/** Where bytes are kept: a bucket where one is named, else a folder. REMOTE_FAILED when the bucket doesn't answer. */
export async function openBytes({ dataDir, maxUploadBytes, stores: { s3, postgres } }: Config): Promise<Bytes> {
  const bucket = s3 && (await Bucket.open(s3));
  const folder = join(dataDir, 'uploads');
  const place = bucket && s3 ? `${bucket.place}${s3.prefix === '' ? '' : `, under ${s3.prefix}`}` : dataDir;
  return {
    place,
    blobs:
      bucket && s3
        ? new S3BlobStore(bucket, { prefix: `${s3.prefix}blobs/` })
        : new FolderBlobStore(join(dataDir, 'blobs')),
    openUploads: async (db, log) => {
      // The embedded database has one process, whose uploads end with it.
      if (!postgres) return FolderUploads.open(folder, maxUploadBytes);
      const waiting =
        bucket && s3 ? new S3WaitingBytes(bucket, { prefix: `${s3.prefix}uploads/` }) : new WaitingFolder(folder);
      return new PostgresUploads(db, waiting, { maxBytes: maxUploadBytes, log });
    },
    close: () => bucket?.close(),
  };
}
