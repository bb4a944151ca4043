import type { Logger } from 'pino';
import { encoderSpaces } from './encode/image-text.ts';
import { Reencoder, type StoredAsset } from './encode/reencode.ts';
import { SensegraphError } from './errors.ts';
import { fillSpaces } from './fill-spaces.ts';
import { decode } from './ingest/decode.ts';
import type { DecodeWorker } from './ingest/decode-worker.ts';
import type { Films } from './ingest/film.ts';
import type { Limits } from './ingest/limits.ts';
import type { Asset, Segment, Space } from './domain.ts';
import type { Encoders } from './ports/encoders.ts';
import type { Ledger } from './ports/ledger.ts';
import type { MigrationProgress, SpaceMigration } from './ports/space-migration.ts';
import type { BlobStore } from './ports/stores.ts';
import type { VectorStore } from './ports/vector-store.ts';

/** Assets re-encoded in one transaction: what a crash costs at most. */
const BATCH = 16;
const PAGE = 500;

export interface MigrateDeps {
  readonly migration: SpaceMigration;
  readonly ledger: Ledger;
  readonly vectors: VectorStore;
  readonly blobs: BlobStore;
  readonly decodeWorker: DecodeWorker;
  readonly limits: Limits;
  readonly films?: Films;
  readonly log: Logger;
}

export interface MigrateOptions {
  /** Stops after the batch in hand. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MigrationProgress) => void;
  /** Runs the last part, with ingest held, so that no asset comes that the new spaces would lack. */
  readonly holdIngest?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs the change itself, with questions held. */
  readonly holdQuestions?: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Embeds everything anew by `to` into spaces of their own where another model serves now, while the old ones serve, then
 * lets the new ones serve; then fills what spaces of pictures and sounds lack. Goes on where an earlier run to the same
 * models ended. Rejects with the signal's reason when stopped.
 */
export async function migrateModel(to: Encoders, deps: MigrateDeps, options: MigrateOptions = {}): Promise<void> {
  const { migration } = deps;
  // A model that can't be loaded is found out before anything is begun.
  await to.text.embed([{ text: 'ready' }], 'passage', options.signal);
  const [text, ...others] = encoderSpaces(to);
  if (!text) return;
  const begun = await migration.begin(text, await changed(others, deps.vectors));
  if (begun.length > 0) await changeOver(to, deps, options);
  // The space of pictures by words stands for all that are filled.
  const [, byWords = text] = others;
  await fillSpaces(to, deps, {
    ...(options.signal ? { signal: options.signal } : {}),
    onProgress: (done, total) => options.onProgress?.({ from: byWords, to: byWords, total, done }),
  });
}

/** Spaces that serve under their names with another model. One of a new name has nothing to change over from. */
async function changed(spaces: readonly Space[], vectors: VectorStore): Promise<Space[]> {
  const serving = await vectors.spaces();
  return spaces.filter((space) =>
    serving.some((one) => one.name === space.name && (one.model !== space.model || one.version !== space.version)),
  );
}

async function changeOver(to: Encoders, deps: MigrateDeps, options: MigrateOptions): Promise<void> {
  const { migration } = deps;
  const { holdIngest = (work) => work(), holdQuestions = (work) => work() } = options;
  await tell(migration, options);
  const reencoder = new Reencoder(to);
  await fill(reencoder, deps, options);
  await holdIngest(async () => {
    await fill(reencoder, deps, options);
    await holdQuestions(async () => {
      if (!(await migration.finish()))
        throw new SensegraphError('INTERNAL', 'Assets came while the spaces changed. Run the migration again.');
    });
  });
}

async function fill(reencoder: Reencoder, deps: MigrateDeps, options: MigrateOptions): Promise<void> {
  for (;;) {
    options.signal?.throwIfAborted();
    const assets = await deps.migration.next(BATCH);
    if (assets.length === 0) return;
    const stored = await Promise.all(assets.map((asset) => readStored(asset, deps.ledger)));
    const vectors = await reencoder.reencode(stored, (asset) => decodeAgain(asset, deps), options.signal);
    await deps.migration.write(
      assets.map(({ id }) => id),
      vectors,
    );
    await tell(deps.migration, options);
  }
}

async function tell(migration: SpaceMigration, { onProgress }: MigrateOptions): Promise<void> {
  const progress = onProgress && (await migration.progress());
  if (progress) onProgress?.(progress);
}

/** An asset with all its segments and readings. */
export async function readStored(asset: Asset, ledger: Ledger): Promise<StoredAsset> {
  const segments = await readSegments(asset, ledger);
  const readings = await ledger.readingsOf(segments.map(({ id }) => id));
  return { asset, segments, readings: [...readings.values()].flat() };
}

export async function readSegments(asset: Asset, ledger: Ledger): Promise<Segment[]> {
  const segments: Segment[] = [];
  let after: string | null | undefined;
  do {
    const page = await ledger.segmentsOf(asset.id, { first: PAGE, ...(after ? { after } : {}) });
    segments.push(...page.items);
    after = page.next;
  } while (after);
  return segments;
}

/** The asset's picture or sound; null, and a warning, where its bytes can't be decoded any more. */
export async function decodeAgain(asset: Asset, { blobs, decodeWorker, limits, films, log }: MigrateDeps) {
  const { blobKey, modality, mediaType, title } = asset;
  try {
    const bytes = await blobs.get(blobKey);
    const item = { bytes, blobKey, modality, mediaType, title, fileName: title };
    return (await decode(item, decodeWorker, limits, films)).content;
  } catch (error) {
    log.warn({ err: error, asset: asset.id }, 'an asset could not be decoded again: only its words are embedded anew');
    return null;
  }
}
