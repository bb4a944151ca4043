/**
 * npm run fit:ranker -- --corpus FILE --manifest FILE --data DIR
 * Fits the weights of the retrieval's fusion (src/retrieve/ranker-weights.json) by logistic regression on the
 * candidates of the manifest's questions, prints five-fold cross-validated recall first, and one source's weights
 * tried on the other. DIR keeps the ingested corpus between runs.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { packageRoot, readConfig } from '../../src/config.ts';
import { createApplication } from '../../src/create-application.ts';
import { ingestPassages, Passage, passageIds } from '../../src/evaluate/corpus.ts';
import { mean, percent } from '../../src/evaluate/figures.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { recallAt, RetrievalQuestion } from '../../src/evaluate/retrieval.ts';
import { openParts } from '../../src/main.ts';
import { FEATURES } from '../../src/retrieve/features.ts';
import { rankScore, type RankerWeights } from '../../src/retrieve/ranker.ts';
import { HOP_FEATURES } from '../../src/retrieve/hop-features.ts';
import type { RecipeName } from '../../src/retrieve/recipes.ts';
import { retrieve } from '../../src/retrieve/retrieve.ts';

const FOLDS = 5;

interface Candidates {
  readonly question: RetrievalQuestion;
  readonly rows: {
    readonly passages: readonly string[];
    readonly features: Readonly<Record<string, number>>;
    readonly wanted: boolean;
  }[];
}

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, manifest: { type: 'string' }, data: { type: 'string' } },
});
if (!values.corpus || !values.manifest || !values.data) throw new Error('Give --corpus, --manifest and --data.');
const { lines: passages } = await readManifest(values.corpus, Passage);
const { lines: questions } = await readManifest(
  values.manifest,
  RetrievalQuestion,
  (line) => 'supporting_passages' in line,
);
const parts = await openParts(readConfig({ SENSEGRAPH_DATA: values.data }), pino({ level: 'silent' }));
const application = await createApplication(parts);
await ingestPassages(application, passages, () => {});
const sources = [...new Set(questions.map((question) => question.source))];
const ids = passageIds(passages);
const fold = (i: number): number => (i * 7919) % FOLDS;
const first = await collect(() => undefined, 'one-stage');
const byFold = Array.from({ length: FOLDS }, (_, f) =>
  fit(
    first.filter((_one, i) => fold(i) !== f),
    FEATURES,
  ),
);
report('one stage, five-fold', first, (_one, i) => byFold[fold(i)]);
for (const source of sources) report(`one stage, fitted on ${source}`, ...elsewhere(first, source, FEATURES));
// The second stage sees the first as it will be: with weights that the question had no part in.
const second = await collect((i) => byFold[fold(i)], 'default');
const ALL = [...FEATURES, ...HOP_FEATURES];
crossValidate('two stages', ALL);
for (const source of sources) report(`two stages, fitted on ${source}`, ...elsewhere(second, source, ALL));
for (const left of HOP_FEATURES)
  crossValidate(
    `without ${left}`,
    ALL.filter((name) => name !== left),
  );
await application.close();
save('ranker-weights.json', fit(first, FEATURES));
save('hop-ranker-weights.json', fit(second, ALL));

function crossValidate(name: string, names: readonly string[]): void {
  const weights = Array.from({ length: FOLDS }, (_, f) =>
    fit(
      second.filter((_one, i) => fold(i) !== f),
      names,
    ),
  );
  report(name, second, (_one, i) => weights[fold(i)]);
}

function elsewhere(
  candidates: readonly Candidates[],
  source: string,
  names: readonly string[],
): [readonly Candidates[], () => RankerWeights] {
  const weights = fit(
    candidates.filter((one) => one.question.source === source),
    names,
  );
  return [candidates.filter((one) => one.question.source !== source), () => weights];
}

function save(file: string, weights: RankerWeights): void {
  writeFileSync(join(packageRoot, 'src/retrieve', file), `${JSON.stringify(weights, null, 2)}\n`);
}

async function collect(weightsOf: (i: number) => RankerWeights | undefined, recipe: RecipeName): Promise<Candidates[]> {
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
  return result;
}

/** Logistic regression with L2 by Newton's method; wanted and unwanted candidates weigh the same in total. */
function fit(from: readonly Candidates[], names: readonly string[]): RankerWeights {
  const rows = from.flatMap((one) => one.rows);
  const wanted = rows.filter((row) => row.wanted).length;
  const weightOf = (is: boolean) => rows.length / 2 / (is ? wanted : rows.length - wanted);
  const x = rows.map((row) => [1, ...names.map((name) => row.features[name] ?? 0)]);
  const n = names.length + 1;
  let w = Array.from({ length: n }, () => 0);
  for (let round = 0; round < 12; round++) {
    const gradient = w.map((value, i) => (i === 0 ? 0 : -value));
    const hessian = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (__, j): number => (i !== j ? 0 : i > 0 ? 1 : 1e-6)),
    );
    for (const [k, row] of rows.entries()) {
      const values = x[k] ?? [];
      const p = 1 / (1 + Math.exp(-values.reduce((sum, value, i) => sum + value * (w[i] ?? 0), 0)));
      const c = weightOf(row.wanted);
      for (let i = 0; i < n; i++) {
        gradient[i] = (gradient[i] ?? 0) + c * ((row.wanted ? 1 : 0) - p) * (values[i] ?? 0);
        const line = hessian[i] ?? [];
        for (let j = 0; j < n; j++) line[j] = (line[j] ?? 0) + c * p * (1 - p) * (values[i] ?? 0) * (values[j] ?? 0);
      }
    }
    const step = solve(hessian, gradient);
    w = w.map((value, i) => value + (step[i] ?? 0));
  }
  const round = (value: number) => Number(value.toFixed(4));
  return {
    intercept: round(w[0] ?? 0),
    weights: Object.fromEntries(names.map((name, i) => [name, round(w[i + 1] ?? 0)])),
  };
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = a.length;
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c + 1; r < n; r++) if (Math.abs(a[r]?.[c] ?? 0) > Math.abs(a[pivot]?.[c] ?? 0)) pivot = r;
    [a[c], a[pivot]] = [a[pivot] ?? [], a[c] ?? []];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = (a[r]?.[c] ?? 0) / (a[c]?.[c] || 1e-12);
      for (let k = c; k <= n; k++) (a[r] ?? [])[k] = (a[r]?.[k] ?? 0) - factor * (a[c]?.[k] ?? 0);
    }
  }
  return a.map((row, i) => (row[n] ?? 0) / (row[i] || 1e-12));
}

function report(
  name: string,
  on: readonly Candidates[],
  weightsOf: (one: Candidates, i: number) => RankerWeights | undefined,
): void {
  const weights = new Map(on.map((one, i) => [one, weightsOf(one, i)]));
  const figures = sources.flatMap((source) => {
    const own = on.filter((one) => one.question.source === source);
    if (own.length === 0) return [];
    const recalls = [2, 5, 10, 1000].map((k) =>
      percent(
        mean(
          own.map((one) => {
            const ranked = [...one.rows].toSorted(
              (a, b) => rankScore(b.features, weights.get(one)) - rankScore(a.features, weights.get(one)),
            );
            return recallAt(k, one.question.supporting_passages, [...new Set(ranked.flatMap((row) => row.passages))]);
          }),
        ),
      ),
    );
    return [`${source} @2 ${recalls[0]} @5 ${recalls[1]} @10 ${recalls[2]} all ${recalls[3]}`];
  });
  console.log(`${name.padEnd(24)} ${figures.join('   ')}`);
}
