import type { Ledger } from '../ports/ledger.ts';
import type { RankedSegment } from './retrieval.ts';

/** Segments with their assets and readings, without a ranking (score 1), for paths that no question asked for. */
export async function rankedAsThey(
  segmentIds: readonly string[],
  ledger: Pick<Ledger, 'segmentsById' | 'assetsById' | 'readingsOf'>,
): Promise<Map<string, RankedSegment>> {
  const segments = await ledger.segmentsById(segmentIds);
  const [assets, readings] = await Promise.all([
    ledger.assetsById([...new Set(segments.map((segment) => segment.assetId))]),
    ledger.readingsOf(segmentIds),
  ]);
  const assetById = new Map(assets.map((asset) => [asset.id, asset]));
  const ranked = new Map<string, RankedSegment>();
  for (const segment of segments) {
    const asset = assetById.get(segment.assetId);
    if (asset)
      ranked.set(segment.id, {
        segment,
        asset,
        readings: readings.get(segment.id) ?? [],
        score: 1,
        features: {},
        sentenceScores: [],
      });
  }
  return ranked;
}
