/** A table at hand as retrieval gives it, from its CSV: each row a segment, as ingestion makes them. */
import { CompromiseExtractor } from '../../../src/adapters/compromise/extractor.ts';
import { WordNet } from '../../../src/adapters/wordnet/wordnet.ts';
import { answerTable } from '../../../src/reason/answer-table.ts';
import { consider } from '../../../src/reason/consider.ts';
import type { Found } from '../../../src/reason/found.ts';
import type { Retrieval } from '../../../src/retrieve/retrieval.ts';
import { tableRetrieval as inOrder } from '../../../training/reason/table-retrieval.ts';

export const extractor = new CompromiseExtractor(new WordNet());

export function tableRetrieval(question: string, csv: string, mediaType?: string): Retrieval {
  const retrieval = inOrder(question, 'the table', csv, mediaType);
  // The order of retrieval is not that of the table.
  return { ...retrieval, segments: retrieval.segments.toReversed() };
}

export function askTable(question: string, csv: string, mediaType?: string): Found | null {
  return answerTable(consider(tableRetrieval(question, csv, mediaType), extractor));
}
