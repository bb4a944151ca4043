import type { Logger } from 'pino';
import { encodeAssets } from './encode/encode.ts';
import type { EncoderLoad } from './encoder-load.ts';
import type { EncodedAsset } from './encode/encoded.ts';
import { asSensegraphError } from './errors.ts';
import { decode } from './ingest/decode.ts';
import type { DecodedAsset } from './ingest/decoded.ts';
import type { DecodeWorker } from './ingest/decode-worker.ts';
import type { Films } from './ingest/film.ts';
import type { Limits } from './ingest/limits.ts';
import { modalityOf } from './ingest/sniff.ts';
import { findNames, resolveFound, type FoundInAsset, type LinkDeps } from './link/link.ts';
import type { Encoders } from './ports/encoders.ts';
import type { AssetRecord, IngestItem, Ledger, Projector } from './ports/ledger.ts';
import type { BlobStore, Events } from './ports/stores.ts';

/** Work of one chunk: 64 texts, 8 pictures or recordings, or one film. A chunk is one transaction, so a crash redoes or keeps it whole. */
const CHUNK_COST = 64;
const MEDIA_COST = 8;

export interface PipelineDeps {
  readonly ledger: Ledger;
  readonly projector: Projector;
  readonly blobs: BlobStore;
  readonly events: Events;
  readonly encoders: Encoders;
  readonly link: LinkDeps;
  readonly decodeWorker: DecodeWorker;
  readonly limits: Limits;
  /** Without it, films are refused. */
  readonly films?: Films;
  readonly log: Logger;
  readonly load: EncoderLoad;
}

type Outcome = {
  readonly ordinal: number;
  readonly assetId?: string;
  readonly error?: { code: string; message: string; field: string[] };
};
interface Encoded {
  readonly outcomes: Outcome[];
  readonly assets: readonly { readonly ordinal: number; readonly encoded: EncodedAsset }[];
}

/**
 * Runs the items of a job through decode → encode → link → commit → graph, chunk by chunk. While one chunk is
 * committed, the next is searched for names and the one after it encoded. Items done before a crash are not done again.
 */
export async function runIngestJob(
  jobId: string,
  ordinals: readonly number[],
  deps: PipelineDeps,
  signal: AbortSignal,
): Promise<void> {
  const pending = chunks(await deps.ledger.queuedItems(jobId, ordinals));
  let coming = pending[0] && encodeChunk(pending[0], deps, signal);
  let previous: Promise<void> = Promise.resolve();
  try {
    for (let i = 0; coming; i++) {
      const encoded = await coming;
      signal.throwIfAborted();
      if ((await deps.ledger.job(jobId))?.state === 'CANCELLED') break;
      const next = pending[i + 1];
      coming = next && encodeChunk(next, deps, signal);
      // A rejection is met at the next await; until then it must not count as unhandled.
      coming?.catch(() => {});
      const found = await findNames(
        encoded.assets.map((item) => item.encoded),
        deps.link,
      );
      await previous;
      previous = commitChunk(jobId, encoded, found, deps);
      previous.catch(() => {});
    }
  } finally {
    await previous;
  }
}

/** Items in order, cut where their cost reaches the budget; the cuts depend on the job alone, not on when it ran. */
export function chunks(items: readonly IngestItem[]): IngestItem[][] {
  const result: IngestItem[][] = [];
  let open: IngestItem[] = [];
  let cost = 0;
  for (const item of items) {
    const modality = modalityOf(item.mediaType ?? '');
    const itemCost = modality === 'TEXT' ? 1 : modality === 'VIDEO' ? CHUNK_COST : MEDIA_COST;
    if (cost + itemCost > CHUNK_COST && open.length > 0) {
      result.push(open);
      open = [];
      cost = 0;
    }
    open.push(item);
    cost += itemCost;
  }
  if (open.length > 0) result.push(open);
  return result;
}

function encodeChunk(chunk: readonly IngestItem[], deps: PipelineDeps, signal: AbortSignal): Promise<Encoded> {
  return deps.load.during(() => encodeItems(chunk, deps, signal));
}

async function encodeItems(chunk: readonly IngestItem[], deps: PipelineDeps, signal: AbortSignal): Promise<Encoded> {
  // Side by side: one after the other, each would wait for a turn between the names of the chunk before.
  const results = await Promise.all(chunk.map((item) => decodeItem(item, deps, signal)));
  const outcomes: Outcome[] = results.filter((result) => 'error' in result);
  const decoded = results.filter((result) => 'asset' in result);
  if (decoded.length === 0) return { outcomes, assets: [] };
  try {
    const encoded = await encodeAssets(
      decoded.map(({ asset }) => asset),
      deps.encoders,
      signal,
    );
    return {
      outcomes,
      assets: decoded.flatMap(({ ordinal }, i) => (encoded[i] ? [{ ordinal, encoded: encoded[i] }] : [])),
    };
  } catch (error) {
    signal.throwIfAborted();
    deps.log.warn({ err: error }, 'a chunk failed to encode: trying its items one by one');
  }
  const assets: { ordinal: number; encoded: EncodedAsset }[] = [];
  for (const { ordinal, asset } of decoded) {
    try {
      const [encoded] = await encodeAssets([asset], deps.encoders, signal);
      if (encoded) assets.push({ ordinal, encoded });
    } catch (error) {
      signal.throwIfAborted();
      outcomes.push(failure(ordinal, error, deps.log));
    }
  }
  return { outcomes, assets };
}

async function decodeItem(
  item: IngestItem,
  deps: PipelineDeps,
  signal: AbortSignal,
): Promise<Outcome | { readonly ordinal: number; readonly asset: DecodedAsset }> {
  const { ordinal, blobKey, title, fileName, mediaType = 'text/plain' } = item;
  try {
    const bytes = await deps.blobs.get(blobKey);
    const modality = modalityOf(mediaType) ?? 'TEXT';
    const undecoded = { bytes, blobKey, modality, mediaType, title, fileName };
    const asset = await decode(undecoded, deps.decodeWorker, deps.limits, deps.films, signal);
    if (asset.warnings?.length)
      deps.log.warn({ file: fileName, warnings: asset.warnings }, 'only a part could be read');
    return { ordinal, asset };
  } catch (error) {
    signal.throwIfAborted();
    // Bytes that can't be had now are no fault of the item: the queue brings it again.
    if (asSensegraphError(error).code === 'REMOTE_FAILED') throw error;
    const outcome = failure(ordinal, error, deps.log);
    // Bytes that can't be decoded are no asset: keep nothing of them.
    if (outcome.error?.code !== 'INTERNAL') await deps.blobs.remove(blobKey);
    return outcome;
  }
}

async function commitChunk(
  jobId: string,
  { outcomes, assets }: Encoded,
  found: readonly FoundInAsset[],
  deps: PipelineDeps,
): Promise<void> {
  if (assets.length > 0) {
    const encoded = assets.map((item) => item.encoded);
    const linked = await resolveFound(found, deps.link);
    const records = encoded.map((asset, i): AssetRecord => {
      const { entities = [], mentions = [], relations = [], merges = [] } = linked[i] ?? {};
      return {
        asset: asset.asset,
        segments: asset.segments,
        readings: asset.readings,
        embeddings: asset.embeddings,
        sentenceVectors: asset.sentenceVectors,
        entities,
        mentions,
        relations,
        merges,
      };
    });
    await deps.ledger.commit(records);
    await deps.projector.project();
    outcomes.push(...assets.map(({ ordinal, encoded: { asset } }) => ({ ordinal, assetId: asset.id })));
  }
  const job = await deps.ledger.finishItems(jobId, outcomes);
  deps.events.publish({ type: 'job', job });
}

function failure(ordinal: number, error: unknown, log: Logger): Outcome {
  const known = asSensegraphError(error);
  if (known.code === 'INTERNAL') log.error({ err: error }, 'an item failed for a reason that its sender can’t mend');
  const message = known.code === 'INTERNAL' ? 'The item failed inside the server; its log says why.' : known.message;
  return { ordinal, error: { code: known.code, message, field: ['items', String(ordinal)] } };
}
