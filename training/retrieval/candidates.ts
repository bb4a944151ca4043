import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { PassageIds } from '../../src/evaluate/corpus.ts';
import type { RetrievalQuestion } from '../../src/evaluate/retrieval.ts';
import type { RankerWeights } from '../../src/retrieve/ranker.ts';
import type { RecipeName } from '../../src/retrieve/recipes.ts';
import { retrieve, type RetrieveDeps } from '../../src/retrieve/retrieve.ts';

/** A question's candidates, each with all that the stages say of it. */
export interface Candidates {
  readonly question: RetrievalQuestion;
  readonly rows: readonly {
    readonly passages: readonly string[];
    readonly features: Readonly<Record<string, number>>;
    readonly wanted: boolean;
  }[];
}

interface Opened {
  readonly parts: RetrieveDeps;
  readonly ids: PassageIds;
  close(): Promise<void>;
}

/** Candidates by recipe, kept in a file where one is named; stores and models are opened only for what is not in it. */
export class CandidateFile {
  readonly #path: string | undefined;
  readonly #kept: Record<string, Candidates[]>;
  readonly #open: () => Promise<Opened>;
  #opened: Promise<Opened> | undefined;

  constructor(path: string | undefined, open: () => Promise<Opened>) {
    this.#path = path;
    this.#open = open;
    this.#kept = path !== undefined && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  }

  async collect(
    questions: readonly RetrievalQuestion[],
    weightsOf: (i: number) => RankerWeights | undefined,
    recipe: RecipeName,
  ): Promise<readonly Candidates[]> {
    const kept = this.#kept[recipe];
    if (kept) return kept;
    this.#opened ??= this.#open();
    const { parts, ids } = await this.#opened;
    const result: Candidates[] = [];
    for (const [i, question] of questions.entries()) {
      const weights = weightsOf(i);
      const { segments } = await retrieve({ text: question.question }, parts, {
        limit: 1000,
        paths: false,
        recipe,
        ...(weights ? { weights } : {}),
      });
      const rows = segments.map(({ asset, features }) => {
        const found = ids.get(asset.id) ?? [];
        return { passages: found, features, wanted: found.some((id) => question.supporting_passages.includes(id)) };
      });
      result.push({ question, rows });
      if (result.length % 20 === 0) console.error(`${recipe}: ${result.length} of ${questions.length} questions`);
    }
    this.#kept[recipe] = result;
    if (this.#path !== undefined) writeFileSync(this.#path, JSON.stringify(this.#kept));
    return result;
  }

  async close(): Promise<void> {
    await (await this.#opened)?.close();
  }
}
