import type { Asset, Embedding } from './domain.ts';
import { encoderSpaces } from './encode/image-text.ts';
import { Reencoder } from './encode/reencode.ts';
import { spacesOf } from './encode/space-members.ts';
import { decodeAgain, readSegments, readStored, type MigrateDeps } from './migrate-model.ts';
import type { Encoders } from './ports/encoders.ts';
import type { Ledger } from './ports/ledger.ts';
import type { VectorStore } from './ports/vector-store.ts';

const PAGE = 100;
/** Everything but plain text may hold pictures or sounds. */
const SEEN_OR_HEARD = ['IMAGE', 'AUDIO', 'VIDEO', 'DOCUMENT'] as const;

/** An asset some of whose pictures or sounds have no vector in a space of the profile. */
interface AssetGap {
  readonly asset: Asset;
  /** Space name → segments without a vector there. */
  readonly missing: ReadonlyMap<string, ReadonlySet<string>>;
}

export type GapDeps = { readonly ledger: Ledger; readonly vectors: VectorStore };

/** Space name → how many pictures and sounds have no vector there; a space without gaps is left out. */
export async function countGaps(encoders: Encoders, deps: GapDeps): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { missing } of await findGaps(encoders, deps))
    for (const [space, ids] of missing) counts.set(space, (counts.get(space) ?? 0) + ids.size);
  return counts;
}

/**
 * Looks at and listens to again what has no vector in a space of pictures or sounds that the encoders write: what was
 * ingested before the profile named them. Each asset is written by itself, so that a run that was stopped goes on where
 * it was. What can't be decoded any more stays without. Gives the number of assets filled.
 */
export async function fillSpaces(
  encoders: Encoders,
  deps: MigrateDeps,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  const { vectors } = deps;
  for (const space of encoderSpaces(encoders).slice(1)) await vectors.ensureSpace(space);
  const gaps = await findGaps(encoders, deps);
  const reencoder = new Reencoder(encoders);
  for (const [done, { asset, missing }] of gaps.entries()) {
    options.onProgress?.(done, gaps.length);
    options.signal?.throwIfAborted();
    const stored = await readStored(asset, deps.ledger);
    const { embeddings } = await reencoder.reencode([stored], (one) => decodeAgain(one, deps), options.signal);
    // One that was deleted meanwhile must not come back.
    if (!(await deps.ledger.asset(asset.id))) continue;
    for (const [space, ids] of missing) {
      const wanted = (embeddings[space] ?? []).filter(({ nodeId }: Embedding) => ids.has(nodeId));
      if (wanted.length > 0) await vectors.upsert(space, wanted);
    }
  }
  if (gaps.length > 0) options.onProgress?.(gaps.length, gaps.length);
  return gaps.length;
}

async function findGaps(encoders: Encoders, { ledger, vectors }: GapDeps): Promise<AssetGap[]> {
  const there = new Set((await vectors.spaces()).map(({ name }) => name));
  const gaps: AssetGap[] = [];
  let after: string | null | undefined;
  do {
    const page = await ledger.assets({ first: PAGE, modalities: SEEN_OR_HEARD, ...(after ? { after } : {}) });
    for (const asset of page.items) {
      const wanted = new Map<string, Set<string>>();
      for (const segment of await readSegments(asset, ledger)) {
        for (const space of spacesOf(segment, encoders))
          wanted.set(space, (wanted.get(space) ?? new Set()).add(segment.id));
      }
      for (const [space, ids] of wanted) {
        if (there.has(space)) for (const id of (await vectors.get(space, [...ids])).keys()) ids.delete(id);
        if (ids.size === 0) wanted.delete(space);
      }
      if (wanted.size > 0) gaps.push({ asset, missing: wanted });
    }
    after = page.next;
  } while (after);
  return gaps;
}
