import { z } from 'zod';
import { retrieve, type RetrieveDeps } from '../retrieve/retrieve.ts';
import type { RecipeName } from '../retrieve/recipes.ts';
import type { PassageIds } from './corpus.ts';
import { interval95, mean, percent, quantile } from './figures.ts';

export const RETRIEVAL_TASKS = ['multihop_qa', 'multihop_retrieval', 'multihop_qa_yesno'];

export const RetrievalQuestion = z.object({
  id: z.string(),
  question: z.string().min(1),
  supporting_passages: z.array(z.string()).min(1),
  source: z.string().default('unknown'),
});
export type RetrievalQuestion = z.infer<typeof RetrievalQuestion>;

/** Segments asked for: enough that ten different passages are among them. */
const DEPTH = 40;

export interface QuestionResult {
  readonly question: RetrievalQuestion;
  /** Passage ids, best first, each once. */
  readonly ranked: readonly string[];
  readonly milliseconds: number;
}

/** Retrieves for every question and keeps the passages found, by the id that the corpus gives them. */
export async function retrieveAll(
  questions: readonly RetrievalQuestion[],
  ids: PassageIds,
  recipe: RecipeName,
  deps: RetrieveDeps,
  show: (done: number) => void,
): Promise<QuestionResult[]> {
  const results: QuestionResult[] = [];
  for (const question of questions) {
    const started = performance.now();
    const retrieval = await retrieve({ text: question.question }, deps, { recipe, limit: DEPTH, paths: false });
    const milliseconds = performance.now() - started;
    const ranked = [...new Set(retrieval.segments.flatMap(({ asset }) => ids.get(asset.id) ?? []))];
    results.push({ question, ranked, milliseconds });
    show(results.length);
  }
  return results;
}

/** Figures by source in the shape of `sensegraph eval retrieval --json`. */
export function retrievalFigures(results: readonly QuestionResult[]): Record<string, Record<string, unknown>> {
  const bySource = Map.groupBy(results, (result) => result.question.source);
  const sources: Record<string, Record<string, unknown>> = {};
  for (const [source, own] of [...bySource].toSorted()) {
    const recall = (k: number) => own.map(({ question, ranked }) => recallAt(k, question.supporting_passages, ranked));
    const times = own.map((result) => result.milliseconds);
    sources[source] = {
      n: own.length,
      'recall@2': percent(mean(recall(2))),
      'recall@5': percent(mean(recall(5))),
      'recall@5_95': interval95(recall(5)),
      'recall@10': percent(mean(recall(10))),
      ms_p50: Number(quantile(times, 0.5).toFixed(1)),
      ms_p95: Number(quantile(times, 0.95).toFixed(1)),
    };
  }
  return sources;
}

/** Share of the wanted passages among the first k. */
export function recallAt(k: number, wanted: readonly string[], ranked: readonly string[]): number {
  const first = new Set(ranked.slice(0, k));
  return wanted.filter((id) => first.has(id)).length / wanted.length;
}
