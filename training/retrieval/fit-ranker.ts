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
import { ingestPassages, Passage, passageIds, type PassageIds } from '../../src/evaluate/corpus.ts';
import { mean, percent } from '../../src/evaluate/figures.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { recallAt, RetrievalQuestion } from '../../src/evaluate/retrieval.ts';
import { openParts } from '../../src/main.ts';
import { FEATURES } from '../../src/retrieve/features.ts';
import { rankScore, type RankerWeights } from '../../src/retrieve/ranker.ts';
import { retrieve, type RetrieveDeps } from '../../src/retrieve/retrieve.ts';

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
const all = await collect(questions, passageIds(passages), parts);
await application.close();

const fold = new Map([...all.keys()].map((i) => [i, (i * 7919) % 5]));
const scored = new Map<Candidates, RankerWeights>();
for (let f = 0; f < 5; f++) {
  const weights = fit(all.filter((_, i) => fold.get(i) !== f));
  for (const [i, one] of all.entries()) if (fold.get(i) === f) scored.set(one, weights);
}
report('five-fold', all, (one) => scored.get(one));
for (const source of sources) {
  const weights = fit(all.filter((one) => one.question.source === source));
  report(
    `fitted on ${source}`,
    all.filter((one) => one.question.source !== source),
    () => weights,
  );
}
for (const left of FEATURES) {
  const by = new Map<Candidates, RankerWeights>();
  for (let f = 0; f < 5; f++) {
    const weights = fit(
      all.filter((_, i) => fold.get(i) !== f),
      FEATURES.filter((name) => name !== left),
    );
    for (const [i, one] of all.entries()) if (fold.get(i) === f) by.set(one, weights);
  }
  report(`without ${left}`, all, (one) => by.get(one));
}
const final = fit(all);
report('in sample', all, () => final);
writeFileSync(join(packageRoot, 'src/retrieve/ranker-weights.json'), `${JSON.stringify(final, null, 2)}\n`);

async function collect(
  asked: readonly RetrievalQuestion[],
  ids: PassageIds,
  deps: RetrieveDeps,
): Promise<Candidates[]> {
  const result: Candidates[] = [];
  for (const question of asked) {
    const { segments } = await retrieve({ text: question.question }, deps, { limit: 1000, paths: false });
    const rows = segments.map(({ asset, features }) => {
      const found = ids.get(asset.id) ?? [];
      return { passages: found, features, wanted: found.some((id) => question.supporting_passages.includes(id)) };
    });
    result.push({ question, rows });
    if (result.length % 20 === 0) console.error(`${result.length} of ${asked.length} questions`);
  }
  return result;
}

/** Logistic regression with L2 by Newton's method; wanted and unwanted candidates weigh the same in total. */
function fit(from: readonly Candidates[], names: readonly string[] = FEATURES): RankerWeights {
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
  weightsOf: (one: Candidates) => RankerWeights | undefined,
): void {
  const figures = sources.flatMap((source) => {
    const own = on.filter((one) => one.question.source === source);
    if (own.length === 0) return [];
    const recalls = [2, 5, 10, 1000].map((k) =>
      percent(
        mean(
          own.map((one) => {
            const weights = weightsOf(one);
            const ranked = [...one.rows].toSorted(
              (a, b) => rankScore(b.features, weights) - rankScore(a.features, weights),
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
