/**
 * Fits the weights of src/reason/weights.ts: softmax over a question's candidates, soft targets by F1, L2.
 *   node training/reason/fit.ts DATA_FOLDER
 * By default the weights stay as they are and the confidence alone is fitted (`FIT=all` fits the weights too): few questions are new to the
 * span reader, and a fit by likelihood believes it less than answers best; its two weights are chosen by F1 (fit-reader.ts).
 * Of the reading questions only those that the span reader was not taught with are used (training/reading/sources.py).
 * DATA_FOLDER holds multihop/ and train/reading/. Prints the table. The figures by side are two-fold cross-validated.
 */
import { each, evaluate, exampleOf, names, type Example } from './examples.ts';
import { multihopQuestions, readingQuestions, withoutAnswer } from './questions.ts';
import { closeReader } from './span-reader.ts';
import { signalsOf } from '../../src/reason/answer-span.ts';
import { rankCandidates } from '../../src/reason/score.ts';
import { WEIGHTS } from '../../src/reason/weights.ts';

const data = process.argv[2] ?? '.';
const L2 = 2e-4;
const fitsAll = process.env['FIT'] === 'all';
const EPOCHS = 30;

/** Signs whose direction is known: the fit may not turn them round on the few questions it sees. */
const POSITIVE = new Set(
  'readShare readSure readClose readNear readFirst nestedReadShare nestedReadSure nestedReadClose nestedReadNear nestedReadFirst coherence reached supported direct near topic chain verb verbCloseness closeness nearCloseness type maybe headInside headBeside isHead unit fullDate yearForYear measured byAgent placed followsNear'.split(
    ' ',
  ),
);
const NEGATIVE = new Set(
  'verbMissing steps typeClash loose asked given undergoes yearForCount bare cutName cutConcept cutNumber repeated'.split(
    ' ',
  ),
);
/** Signs that a perfect retriever's passages can't teach (all are relevant), but that hold: floors of their weights. */
const FLOORS: Readonly<Record<string, number>> = {
  rank: 0.5,
  similarity: 0.5,
  nestedRank: 0,
  relation: 1,
  actsNext: 0.5,
  pointed: 4,
  complement: 0,
};
/** … and ceilings. */
const CEILINGS: Readonly<Record<string, number>> = { undergoes: -1, typeClash: -2, pointed: 4 };

function fit(examples: readonly Example[]): Float64Array {
  const weights = Float64Array.from(names, (name) => (fitsAll ? 0 : (WEIGHTS[name] ?? 0)));
  const m = new Float64Array(names.length);
  const v = new Float64Array(names.length);
  if (!fitsAll) return weights;
  const usable = examples.filter((example) => Math.max(...example.reward) > 0.6);
  let t = 0;
  let seed = 7;
  // mulberry32
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const rate = 0.05 * (1 - epoch / EPOCHS) ** 2 + 0.0005;
    const order = usable.map((example) => ({ example, key: next() })).toSorted((a, b) => a.key - b.key);
    for (const { example } of order) {
      const scores = example.rows.map((row) => row.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0));
      const top = Math.max(...scores);
      const exp = scores.map((score) => Math.exp(score - top));
      const sum = exp.reduce((a, b) => a + b, 0);
      // Probability of each right candidate within the right ones: the best-placed occurrence gets the credit.
      const credit = exp.map((e, i) => e * (example.reward[i] ?? 0) ** 3);
      const creditSum = credit.reduce((a, b) => a + b, 0);
      t += 1;
      const gradient = new Float64Array(names.length);
      for (const [i, row] of example.rows.entries()) {
        const g = ((exp[i] ?? 0) / sum - (credit[i] ?? 0) / creditSum) * example.weight;
        if (Math.abs(g) > 1e-9)
          for (let j = 0; j < row.length; j += 1) gradient[j] = (gradient[j] ?? 0) + g * (row[j] ?? 0);
      }
      for (let j = 0; j < weights.length; j += 1) {
        const g = (gradient[j] ?? 0) + L2 * (weights[j] ?? 0);
        m[j] = 0.9 * (m[j] ?? 0) + 0.1 * g;
        v[j] = 0.999 * (v[j] ?? 0) + 0.001 * g * g;
        weights[j] =
          (weights[j] ?? 0) -
          (rate * (m[j] ?? 0)) / (1 - 0.9 ** t) / (Math.sqrt((v[j] ?? 0) / (1 - 0.999 ** t)) + 1e-8);
        const name = names[j] ?? '';
        const floor = FLOORS[name] ?? (POSITIVE.has(name) ? 0 : -Infinity);
        weights[j] = Math.min(Math.max(weights[j] ?? 0, floor), CEILINGS[name] ?? (NEGATIVE.has(name) ? 0 : Infinity));
      }
    }
  }
  return weights;
}

const started = Date.now();
const multihop = multihopQuestions(data);
const reading = readingQuestions(data);
const goldOnly = await each(multihop, (q) => exampleOf(q, 3));
const withOthers = await each(multihop, (q) => exampleOf(q, 2, [...q.gold, ...q.others.slice(0, 6)]));
const single = await each(reading, (q) => exampleOf(q, q.source === 'reasoning chains' ? 3 : 2));
console.error(`features in ${Date.now() - started} ms`);
// Two questions about one passage are on the same side: passages go to the sides in turn.
const sideOf = new Map<string, number>();
const fold = (side: number) => (example: Example) => {
  const key = example.considered.retrieval.segments[0]?.segment.text ?? '';
  if (!sideOf.has(key)) sideOf.set(key, sideOf.size % 2);
  return sideOf.get(key) === side;
};
for (const held of [0, 1]) {
  const weights = fit([single, goldOnly, withOthers].flatMap((examples) => examples.filter(fold(1 - held))));
  console.log(`held-out side ${held}, one passage`);
  evaluate(single.filter(fold(held)), weights);
  console.log(`held-out side ${held}, gold passages`);
  evaluate(goldOnly.filter(fold(held)), weights);
  console.log(`held-out side ${held}, with six other passages`);
  evaluate(withOthers.filter(fold(held)), weights);
}
const weights = fit([...single, ...goldOnly, ...withOthers]);
console.log('fitted on all');
evaluate([...single, ...goldOnly], weights);
console.log(names.map((name, i) => `  ${name}: ${(weights[i] ?? 0).toFixed(2)},`).join('\n'));

/** Chance that the best candidate is right, from its signals; passages without the answer teach it to abstain. */
async function fitConfidence(table: Readonly<Record<string, number>>): Promise<void> {
  const rows: { signals: Record<string, number>; right: number; weight: number }[] = [];
  const add = (example: Example | undefined, weight: number, answerable = true) => {
    if (!example) return;
    const ranked = rankCandidates(example.candidates, table);
    const [best] = ranked;
    if (!best) return;
    const reward = example.reward[example.candidates.indexOf(best.candidate)] ?? 0;
    rows.push({ signals: signalsOf(ranked, example.considered), right: answerable && reward > 0.5 ? 1 : 0, weight });
  };
  for (const example of [...goldOnly, ...withOthers]) add(example, 2);
  for (const example of single) add(example, 1);
  for (const q of multihop) {
    const without = q.gold.filter(
      ({ text }) => !q.answers.some((answer) => text.toLowerCase().includes(answer.toLowerCase())),
    );
    if (without.length < q.gold.length) add(await exampleOf(q, 1, [...without, ...q.others.slice(0, 5)]), 2, false);
  }
  for (const [i, q] of reading.entries())
    add(
      await exampleOf(
        q,
        1,
        [reading[(i + 37) % reading.length], reading[(i + 411) % reading.length]].flatMap((o) => o?.gold ?? []),
      ),
      0.5,
      false,
    );
  // The hard ones: the passage is the right one, but the sentence that answers is gone.
  for (const q of [...reading, ...multihop])
    add(
      await exampleOf(
        q,
        1,
        q.gold.map((passage) => withoutAnswer(passage, q.answers)),
      ),
      0.7,
      false,
    );
  // `lifeMissing` is set by hand: the questions have few births and deaths that are not told.
  const keys = ['bias', ...Object.keys(rows[0]?.signals ?? {})].filter((key) => key !== 'lifeMissing');
  const fitted = keys.map(() => 0);
  for (let epoch = 0; epoch < 4000; epoch += 1) {
    const gradient = keys.map(() => 0);
    let total = 0;
    for (const { signals, right, weight } of rows) {
      const x = keys.map((key) => (key === 'bias' ? 1 : (signals[key] ?? 0)));
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * (fitted[i] ?? 0), 0)));
      for (const [i, value] of x.entries()) gradient[i] = (gradient[i] ?? 0) + (p - right) * value * weight;
      total += weight;
    }
    for (const i of fitted.keys()) fitted[i] = (fitted[i] ?? 0) - (2 * (gradient[i] ?? 0)) / total;
  }
  console.log(keys.map((key, i) => `  ${key}: ${(fitted[i] ?? 0).toFixed(2)},`).join('\n'));
  const bins = new Map<number, { n: number; right: number }>();
  for (const { signals, right } of rows) {
    const z = keys.reduce((sum, key, i) => sum + (key === 'bias' ? 1 : (signals[key] ?? 0)) * (fitted[i] ?? 0), 0);
    const bin = Math.floor(10 / (1 + Math.exp(-z)));
    const known = bins.get(bin) ?? { n: 0, right: 0 };
    bins.set(bin, { n: known.n + 1, right: known.right + right });
  }
  for (const [bin, { n, right }] of [...bins].toSorted(([a], [b]) => a - b))
    console.log(`confidence ${bin / 10}: ${n} answers, ${((100 * right) / n).toFixed(0)} % right`);
}
await fitConfidence(Object.fromEntries(names.map((name, i) => [name, weights[i] ?? 0])));
await closeReader();
