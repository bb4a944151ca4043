import type { Asset } from '../../src/domain.ts';
import { decodeCsv } from '../../src/ingest/decode-csv.ts';
import { segmentId } from '../../src/ingest/split.ts';
import { ofSegments, type RankedSegment, type Retrieval } from '../../src/retrieve/retrieval.ts';

/** What retrieval gives for a table at hand: each row a segment, as src/ingest/decode.ts makes them. */
export function tableRetrieval(question: string, file: string, csv: string, mediaType = 'text/csv'): Retrieval {
  const asset: Asset = {
    id: `Asset:${file}`,
    modality: 'TEXT',
    mediaType,
    byteSize: csv.length,
    title: file,
    blobKey: file,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const segments = decodeCsv(csv).map(({ text, start, end, runs }, ordinal): RankedSegment => ({
    segment: {
      id: segmentId(asset.id, ordinal),
      assetId: asset.id,
      ordinal,
      kind: 'PASSAGE',
      locator: { type: 'TextSpan', start, end, quote: csv.slice(start, end), ...(runs ? { runs } : {}) },
      text,
      sentences: [{ start: 0, end: text.length }],
    },
    asset,
    readings: [],
    score: 1,
    features: {},
    sentenceScores: [],
  }));
  return ofSegments({ text: question, asset }, segments);
}
