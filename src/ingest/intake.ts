import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { IngestInput, IngestItemResult } from '../application.ts';
import type { Job, UserError } from '../domain.ts';
import { asSensegraphError, SensegraphError } from '../errors.ts';
import type { IngestItem, Ledger } from '../ports/ledger.ts';
import type { BlobStore, Uploads } from '../ports/stores.ts';
import { checkItem } from './check.ts';
import { assetId } from './decode.ts';
import type { Limits } from './limits.ts';

/** Most items in one call. */
export const MOST_ITEMS = 1000;
/** Items looked at side by side. */
const CONCURRENCY = 8;

interface IntakeDeps {
  readonly ledger: Pick<Ledger, 'assetsById' | 'createJob'>;
  readonly blobs: BlobStore;
  readonly uploads: Uploads;
  readonly limits: Limits;
}

/**
 * Checks every item by itself, stores the bytes of the good ones and makes their job. A refused item has its
 * `userErrors`, the others go on. Throws TOO_MANY_ITEMS, and BAD_INPUT for an empty list.
 */
export async function intake(
  inputs: readonly IngestInput[],
  deps: IntakeDeps,
): Promise<{ job: Job | null; items: IngestItemResult[] }> {
  if (inputs.length === 0) throw new SensegraphError('BAD_INPUT', 'There are no items to ingest. Name at least one.');
  if (inputs.length > MOST_ITEMS) {
    throw new SensegraphError(
      'TOO_MANY_ITEMS',
      `${inputs.length} items in one call; at most ${MOST_ITEMS} are taken. Send them in parts.`,
    );
  }
  const accepted: (IngestItem | undefined)[] = Array.from({ length: inputs.length }, () => undefined);
  const errors: (UserError | undefined)[] = Array.from({ length: inputs.length }, () => undefined);
  let next = 0;
  const take = async (): Promise<void> => {
    for (let ordinal = next++; ordinal < inputs.length; ordinal = next++) {
      const input = inputs[ordinal];
      if (!input) continue;
      try {
        accepted[ordinal] = await accept(input, ordinal, deps);
      } catch (error) {
        const { code, message } = asSensegraphError(error);
        if (code === 'INTERNAL') throw error;
        errors[ordinal] = { code, message, field: ['items', String(ordinal)] };
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, take));

  const good = accepted.filter((item) => item !== undefined);
  const known = new Set(
    (await deps.ledger.assetsById(good.map((item) => assetId(item.blobKey)))).map((asset) => asset.id),
  );
  const queued: IngestItem[] = [];
  const items = inputs.map((_, ordinal): IngestItemResult => {
    const item = accepted[ordinal];
    const error = errors[ordinal];
    if (!item) return { ordinal, duplicate: false, userErrors: error ? [error] : [] };
    const id = assetId(item.blobKey);
    const duplicate = known.has(id);
    if (!duplicate) queued.push(item);
    // The same bytes twice in one call are one asset too.
    known.add(id);
    return { ordinal, assetId: id, duplicate, userErrors: [] };
  });
  const rejected = errors.flatMap((error, ordinal) => (error ? [{ ordinal, error }] : []));
  return { job: queued.length > 0 ? await deps.ledger.createJob(queued, rejected) : null, items };
}

async function accept(input: IngestInput, ordinal: number, deps: IntakeDeps): Promise<IngestItem> {
  const { bytes, fileName, mediaType } = await load(input, deps.uploads);
  const checked = await checkItem(bytes, { fileName, mediaType }, deps.limits);
  const blobKey = createHash('sha256').update(bytes).digest('hex');
  await deps.blobs.put(bytes);
  const name = fileName ?? firstWords(bytes);
  return {
    ordinal,
    blobKey,
    byteSize: bytes.length,
    fileName: name,
    mediaType: checked.mediaType,
    ...(input.title === undefined ? {} : { title: input.title.slice(0, 500) }),
  };
}

async function load(
  input: IngestInput,
  uploads: Uploads,
): Promise<{ bytes: Uint8Array; fileName?: string | undefined; mediaType?: string | undefined }> {
  const sources = [input.text, input.uploadId, input.path, input.bytes].filter((source) => source !== undefined);
  if (sources.length !== 1) throw new SensegraphError('BAD_INPUT', 'Give exactly one of text and uploadId.');
  const { fileName, mediaType } = input;
  if (input.text !== undefined)
    return {
      bytes: new TextEncoder().encode(input.text),
      fileName,
      mediaType: mediaType ?? (fileName === undefined ? 'text/plain' : undefined),
    };
  if (input.bytes !== undefined) return { bytes: input.bytes, fileName, mediaType };
  if (input.path !== undefined)
    return { bytes: await readPath(input.path), fileName: fileName ?? basename(input.path), mediaType };
  const upload = await uploads.take(input.uploadId ?? '');
  return { bytes: upload.bytes, fileName: fileName ?? upload.fileName, mediaType: mediaType ?? upload.mediaType };
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new SensegraphError('NOT_FOUND', `${path} can’t be read. Check the path and its permissions.`, { cause });
  }
}

/** Name of a text that has none: how it begins. */
function firstWords(bytes: Uint8Array): string {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trim().replace(/\s+/g, ' ');
  return start.length > 60 ? `${start.slice(0, 60).replace(/\s\S*$/, '')} …` : start;
}
