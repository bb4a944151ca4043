/**
 * Fits what counts in a question in a question (the weights of src/reason/weights.ts that begin with `nested`), on what
 * the product's own retrieval finds: given the right passages alone, their rank and what the reader says of wrong ones
 * would seem to tell nothing.
 *   node training/reason/fit-nested.ts --corpus FILE --manifest FILE --data DIR [--features FILE]
 * Prints five-fold cross-validated F1 of the best candidate beside the weights as they are, for several strengths of the
 * pull towards those, then the weights of all questions. DIR keeps the ingested corpus, FILE what every candidate has.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { mean } from '../../src/evaluate/figures.ts';
import { readManifest } from '../../src/evaluate/manifest.ts';
import { wordF1 } from '../../src/evaluate/said-right.ts';
import { WEIGHTS } from '../../src/reason/weights.ts';
import { retrieve } from '../../src/retrieve/retrieve.ts';
import { nestedCandidates, openCorpus } from './retrieved.ts';

const Line = z.object({
  question: z.string(),
  answer: z.union([z.string(), z.boolean()]),
  aliases: z.array(z.string()).default([]),
  source: z.string(),
});
/** A question's candidates: their features and their worth (F1). */
interface Example {
  readonly source: string;
  readonly candidates: readonly { readonly features: Readonly<Record<string, number>>; readonly reward: number }[];
}
const FOLDS = 5;
const ROUNDS = 150;
const STEP = 0.05;

const { values } = parseArgs({
  options: Object.fromEntries(['corpus', 'manifest', 'data', 'features'].map((name) => [name, { type: 'string' }])) as {
    corpus: { type: 'string' };
    manifest: { type: 'string' };
    data: { type: 'string' };
    features: { type: 'string' };
  },
});
const { corpus, manifest, data, features: kept } = values;
if (!corpus || !manifest || !data) throw new Error('Give --corpus, --manifest and --data.');
const examples: readonly Example[] =
  kept && existsSync(kept)
    ? (JSON.parse(readFileSync(kept, 'utf8')) as Example[])
    : await collect(corpus, manifest, data);
if (kept) writeFileSync(kept, JSON.stringify(examples));

const free = [
  ...new Set(examples.flatMap((one) => one.candidates.flatMap(({ features }) => Object.keys(features)))),
].filter((name) => name.startsWith('nested'));
const start = Float64Array.from(free, (name) => WEIGHTS[name] ?? 0);
/** Candidates with what the other weights make of them, and the free features. */
const prepared = examples.map(({ source, candidates }) => ({
  source,
  reward: candidates.map((one) => one.reward),
  given: candidates.map(({ features }) =>
    Object.entries(features).reduce(
      (sum, [name, value]) => (free.includes(name) ? sum : sum + value * (WEIGHTS[name] ?? 0)),
      0,
    ),
  ),
  rows: candidates.map(({ features }) => Float64Array.from(free, (name) => features[name] ?? 0)),
}));
type Prepared = (typeof prepared)[number];

report('as they are', () => start);
for (const pull of [0.0003, 0.001, 0.003, 0.01]) {
  const byFold = Array.from({ length: FOLDS }, (_, fold) =>
    fit(
      prepared.filter((__, i) => i % FOLDS !== fold),
      pull,
    ),
  );
  report(`five folds, pull ${pull}`, (i) => byFold[i % FOLDS] ?? start);
  const all = fit(prepared, pull);
  console.log(free.map((name, j) => `  ${name} ${(all[j] ?? 0).toFixed(2)}`).join('\n'));
}

async function collect(corpusFile: string, manifestFile: string, folder: string): Promise<Example[]> {
  const { lines } = await readManifest(manifestFile, Line, (line) => 'answer' in line);
  const { parts, close } = await openCorpus(corpusFile, folder);
  const found: Example[] = [];
  for (const [i, { question, answer, aliases, source }] of lines.entries()) {
    if (i % 20 === 0) process.stderr.write(`${i} of ${lines.length} questions\n`);
    const nested = await nestedCandidates(await retrieve({ text: question }, parts, {}), parts);
    if (!nested) continue;
    const rights = [String(answer), ...aliases];
    const candidates = nested.candidates.map(({ features, span }) => ({
      features: Object.fromEntries(Object.entries(features).filter(([, value]) => value !== 0)),
      reward: wordF1(span.text, rights),
    }));
    found.push({ source, candidates });
  }
  await close();
  return found;
}

/** Weights that raise the expected F1 of a soft-max over each question's candidates (Adam), held near those of the start. */
function fit(from: readonly Prepared[], pull: number): Float64Array {
  const w = Float64Array.from(start);
  const [first, second] = [new Float64Array(w.length), new Float64Array(w.length)];
  for (let t = 1; t <= ROUNDS; t++) {
    const gradient = new Float64Array(w.length);
    for (const one of from) {
      const scores = scoresOf(one, w);
      const top = Math.max(...scores);
      const powers = scores.map((score) => Math.exp(score - top));
      const total = powers.reduce((a, b) => a + b, 0);
      const expected = powers.reduce((sum, power, i) => sum + (power / total) * (one.reward[i] ?? 0), 0);
      for (const [i, power] of powers.entries()) {
        const gain = (power / total) * ((one.reward[i] ?? 0) - expected);
        if (Math.abs(gain) < 1e-6) continue;
        for (let j = 0; j < w.length; j++) gradient[j] = (gradient[j] ?? 0) + gain * (one.rows[i]?.[j] ?? 0);
      }
    }
    for (let j = 0; j < w.length; j++) {
      const slope = (gradient[j] ?? 0) / from.length - pull * ((w[j] ?? 0) - (start[j] ?? 0));
      first[j] = 0.9 * (first[j] ?? 0) + 0.1 * slope;
      second[j] = 0.999 * (second[j] ?? 0) + 0.001 * slope * slope;
      const [m, v] = [(first[j] ?? 0) / (1 - 0.9 ** t), (second[j] ?? 0) / (1 - 0.999 ** t)];
      w[j] = (w[j] ?? 0) + (STEP * m) / (Math.sqrt(v) + 1e-8);
    }
  }
  return w;
}

function scoresOf({ given, rows }: Prepared, w: Float64Array): number[] {
  return rows.map((row, i) => row.reduce((sum, value, j) => sum + value * (w[j] ?? 0), given[i] ?? 0));
}

function report(name: string, weightsOf: (i: number) => Float64Array): void {
  const rewards = prepared.map((one, i) => {
    const scores = scoresOf(one, weightsOf(i));
    return { source: one.source, reward: one.reward[scores.indexOf(Math.max(...scores))] ?? 0 };
  });
  const sources = [...Map.groupBy(rewards, ({ source }) => source)].map(
    ([source, own]) => `${source} F1 ${(100 * mean(own.map(({ reward }) => reward))).toFixed(1)} (${own.length})`,
  );
  console.log(`${name}: ${sources.join(', ')}`);
}
