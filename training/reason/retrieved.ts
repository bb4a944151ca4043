import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { createApplication } from '../../src/create-application.ts';
import { ingestPassages, Passage } from '../../src/evaluate/corpus.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { openParts } from '../../src/main.ts';
import { findCandidates, type Candidate } from '../../src/reason/candidates.ts';
import { consider, type Considered } from '../../src/reason/consider.ts';
import { readFactsWith, readsInPart } from '../../src/reason/read.ts';
import type { Retrieval } from '../../src/retrieve/retrieval.ts';

type Parts = Awaited<ReturnType<typeof openParts>>;

/** The product over a data directory that holds the corpus, which is ingested if it is new. */
export async function openCorpus(corpus: string, data: string): Promise<{ parts: Parts; close(): Promise<void> }> {
  const { lines } = await readManifest(corpus, Passage);
  const parts = await openParts(readConfig({ SENSEGRAPH_DATA: data }), pino({ level: 'silent' }));
  const application = await createApplication(parts);
  await ingestPassages(application, lines, () => {});
  return { parts, close: () => application.close() };
}

/** What the product chooses among for a question in a question over several texts; undefined for any other. */
export async function nestedCandidates(
  retrieval: Retrieval,
  { extractor, spanReader }: Pick<Parts, 'extractor' | 'spanReader'>,
): Promise<{ considered: Considered; candidates: Candidate[] } | undefined> {
  const first = consider(retrieval, extractor, []);
  if (first.question.form !== 'SPAN' || !spanReader || !readsInPart(first.question, first.facts)) return undefined;
  const considered = { ...first, read: await readFactsWith(spanReader, first) };
  const candidates = findCandidates(considered.facts, considered);
  return candidates.length > 0 ? { considered, candidates } : undefined;
}
