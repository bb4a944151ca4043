import { extractor } from './extractor.ts';
import type { TrainingQuestion } from './questions.ts';
import { retrievalOf } from './questions.ts';
import { spanReader } from './span-reader.ts';
import { wordF1 } from '../../src/evaluate/said-right.ts';
import { findCandidates, type Candidate } from '../../src/reason/candidates.ts';
import { consider, type Considered } from '../../src/reason/consider.ts';
import { readFactsWith } from '../../src/reason/read.ts';

/** A question's candidates with their features and worth. */
export interface Example {
  readonly source: string;
  readonly weight: number;
  /** [candidates × features] */
  readonly rows: readonly Float64Array[];
  readonly reward: readonly number[];
  readonly considered: Considered;
  readonly candidates: readonly Candidate[];
}

/** Names of the features, in the order of the rows; known once an example is made. */
export const names: string[] = [];

/** What the product would choose among, given these passages; undefined for a form that isn't answered by a span. */
export async function exampleOf(
  question: TrainingQuestion,
  weight: number,
  passages = question.gold,
): Promise<Example | undefined> {
  const first = consider(retrievalOf(question.question, passages), extractor);
  const considered = { ...first, read: await readFactsWith(spanReader, first) };
  if (considered.question.form === 'YES_NO' || considered.question.form === 'COMPARISON') return undefined;
  const candidates = findCandidates(considered.facts, considered);
  if (candidates.length === 0) return undefined;
  if (names.length === 0) names.push(...Object.keys(candidates[0]?.features ?? {}));
  return {
    source: question.source,
    considered,
    candidates,
    weight,
    rows: candidates.map((candidate) => Float64Array.from(names, (name) => candidate.features[name] ?? 0)),
    reward: candidates.map((candidate) => wordF1(candidate.span.text, question.answers)),
  };
}

export async function each(
  questions: readonly TrainingQuestion[],
  of: (question: TrainingQuestion) => Promise<Example | undefined>,
): Promise<Example[]> {
  const examples: Example[] = [];
  for (const question of questions) {
    const example = await of(question);
    if (example) examples.push(example);
  }
  return examples;
}

/** Worth of the best candidate by these weights. */
export function rewardOf({ rows, reward }: Example, weights: ArrayLike<number>): number {
  const scores = rows.map((row) => row.reduce((sum, x, j) => sum + x * (weights[j] ?? 0), 0));
  return reward[scores.indexOf(Math.max(...scores))] ?? 0;
}

/** F1 and exact match of the best candidate by these weights, by source. */
export function evaluate(examples: readonly Example[], weights: Float64Array): void {
  for (const source of new Set(examples.map((e) => e.source))) {
    const mine = examples.filter((e) => e.source === source);
    let [total, exact, possible] = [0, 0, 0];
    for (const example of mine) {
      const reward = rewardOf(example, weights);
      total += reward;
      exact += reward === 1 ? 1 : 0;
      possible += Math.max(...example.reward);
    }
    const percent = (x: number) => ((100 * x) / mine.length).toFixed(1);
    console.log(
      source.padEnd(26),
      'n',
      mine.length,
      'EM',
      percent(exact),
      'F1',
      percent(total),
      'reachable F1',
      percent(possible),
    );
  }
}
