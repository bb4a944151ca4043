import type { Asset } from '../domain.ts';
import { isTable } from '../ingest/row-text.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { RankedSegment } from './retrieval.ts';

const PAGE = 500;
/** More rows than ingestion takes of a table. */
const MOST = 10_000;

/**
 * The rows of the table at hand that were not found: a count or a sum needs all of them. Without scores or readings,
 * since nothing is ranked by them. Nothing for what is no table.
 */
export async function readOtherRows(
  asset: Asset | undefined,
  found: ReadonlySet<string>,
  ledger: Pick<Ledger, 'segmentsOf'>,
): Promise<RankedSegment[]> {
  if (!asset || !isTable(asset)) return [];
  const rows: RankedSegment[] = [];
  let after: string | null | undefined;
  do {
    const page = await ledger.segmentsOf(asset.id, { first: PAGE, ...(after ? { after } : {}) });
    for (const segment of page.items)
      if (!found.has(segment.id))
        rows.push({ segment, asset, readings: [], score: 0, features: {}, sentenceScores: [] });
    after = page.next;
  } while (after && rows.length < MOST);
  return rows;
}
