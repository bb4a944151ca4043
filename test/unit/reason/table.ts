/** A table at hand as retrieval gives it, from its CSV: each row a segment, as ingestion makes them. */
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import type { Asset } from '../../../src/domain.ts';
import { decodeCsv } from '../../../src/ingest/decode-csv.ts';
import { answerTable } from '../../../src/reason/answer-table.ts';
import { consider } from '../../../src/reason/consider.ts';
import type { Found } from '../../../src/reason/found.ts';
import { ofSegments, type Retrieval } from '../../../src/retrieve/retrieval.ts';

export const extractor = new CompromiseExtractor(new WordNet());

export function tableRetrieval(question: string, csv: string, mediaType = 'text/csv'): Retrieval {
  const asset: Asset = {
    id: 'Asset:table',
    modality: 'TEXT',
    mediaType,
    byteSize: csv.length,
    title: 'the table',
    blobKey: 'table',
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const segments = decodeCsv(csv).map(({ text, start, end, runs }, ordinal) => ({
    segment: {
      id: `Segment:table:${ordinal}`,
      assetId: asset.id,
      ordinal,
      kind: 'PASSAGE' as const,
      locator: {
        type: 'TextSpan' as const,
        start,
        end,
        quote: csv.slice(start, end),
        ...(runs ? { runs } : {}),
      },
      text,
      sentences: [{ start: 0, end: text.length }],
    },
    asset,
    readings: [],
    score: 1,
    features: {},
    sentenceScores: [0.5],
  }));
  // The order of retrieval is not that of the table.
  return ofSegments({ text: question, asset }, segments.toReversed());
}

export function askTable(question: string, csv: string, mediaType?: string): Found | null {
  return answerTable(consider(tableRetrieval(question, csv, mediaType), extractor));
}
