import { SensegraphError } from '../errors.ts';
import type { LedgerTransfer } from '../ports/ledger-transfer.ts';
import type { SpaceMigration } from '../ports/space-migration.ts';
import type { BlobStore } from '../ports/stores.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import { writeBytes } from './asset-bytes.ts';
import { FORMAT, VERSION, type Line } from './line.ts';
import { recordLines } from './record-lines.ts';

export interface ExportStores {
  readonly transfer: LedgerTransfer;
  readonly vectors: VectorStore;
  readonly migration: SpaceMigration;
  readonly blobs: BlobStore;
}

export interface ExportOptions {
  readonly vectors: boolean;
  /** With the answers that were given, and the conversations: what was asked is private as well. */
  readonly answers: boolean;
  /** Folder for the bytes of the assets, each under its SHA-256. */
  readonly bytes?: string;
  /** The program that writes. */
  readonly by: string;
  readonly signal?: AbortSignal;
  /** Called after each page. */
  readonly onProgress?: (counts: TransferCounts) => void;
}

export interface TransferCounts {
  readonly assets: number;
  readonly relations: number;
}

export interface Exported extends TransferCounts {
  readonly merges: number;
  readonly answers: number;
  readonly conversations: number;
}

/** Assets of a page: what is held at once. */
const PAGE = 50;
const ROWS = 1000;
/** Conversations of a page, which may be of 500 turns each. */
const CONVERSATIONS = 10;

/** Gives the whole ledger to `write`, line by line. CANCELLED when stopped. */
export async function exportLedger(
  { transfer, vectors, migration, blobs }: ExportStores,
  write: (line: Line) => Promise<void>,
  options: ExportOptions,
): Promise<Exported> {
  const text = await migration.servingText();
  const serving = await vectors.spaces();
  const spaces = options.vectors ? serving.map((space) => ({ ...space, isText: space.name === text?.name })) : [];
  await write({
    header: { format: FORMAT, version: VERSION, createdAt: new Date().toISOString(), by: options.by, spaces },
  });
  let [assets, relations] = [0, 0];
  await byPages(
    options.signal,
    (after) => transfer.records(after, PAGE, options),
    ({ asset }) => asset.id,
    async (record) => {
      // Its bytes go after the ledger's part of a delete: without them it was deleted meanwhile.
      if (options.bytes !== undefined && !(await writeBytes(options.bytes, record.asset.blobKey, blobs))) return;
      for (const line of recordLines(record)) await write(line);
      assets += 1;
      relations += record.relations.length;
    },
    () => options.onProgress?.({ assets, relations }),
  );
  const each = <T extends { readonly id: string }>(
    read: (after: string) => Promise<readonly T[]>,
    take: (item: T) => Promise<void>,
  ): Promise<number> => byPages(options.signal, read, ({ id }) => id, take);
  const merges = await each(
    (after) => transfer.merges(after, ROWS),
    (merge) => write({ merge }),
  );
  let [answers, conversations] = [0, 0];
  if (options.answers) {
    answers = await each(
      (after) => transfer.answers(after, PAGE),
      (answer) => write({ answer }),
    );
    conversations = await each(
      (after) => transfer.conversations(after, CONVERSATIONS),
      (conversation) => write({ conversation }),
    );
  }
  if (options.vectors && JSON.stringify(await vectors.spaces()) !== JSON.stringify(serving))
    throw new SensegraphError(
      'CORRUPT',
      'A space was changed while it was exported, so the export holds vectors of both: export again.',
    );
  await write({ end: { assets, merges, answers, conversations } });
  return { assets, relations, merges, answers, conversations };
}

/** Each item of all pages in turn. Gives how many there were. */
async function byPages<T>(
  signal: AbortSignal | undefined,
  read: (after: string) => Promise<readonly T[]>,
  idOf: (item: T) => string,
  take: (item: T) => Promise<void>,
  onPage?: () => void,
): Promise<number> {
  let count = 0;
  for (let after = ''; ;) {
    if (signal?.aborted) throw new SensegraphError('CANCELLED', 'Stopped; nothing was written.');
    const page = await read(after);
    for (const item of page) await take(item);
    count += page.length;
    const last = page.at(-1);
    if (last === undefined) return count;
    onPage?.();
    after = idOf(last);
  }
}
