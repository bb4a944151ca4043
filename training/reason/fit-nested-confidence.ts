/**
 * Fits CONFIDENCE_NESTED of src/reason/weights.ts: how sure the answer to a question in a question is, by the signals of the
 * best candidate, on what the product's own retrieval finds for the manifest's questions, and on their supporting
 * passages with the sentence that answers taken out, where nothing is right.
 *   node training/reason/fit-nested-confidence.ts DATA_FOLDER DIR
 * DATA_FOLDER holds multihop/; DIR is a data directory with its corpus. Prints the weights, and by five folds over the
 * questions the calibration error and what is said from 0.3 on.
 */
import { join } from 'node:path';
import { calibrationError, mean } from '../../src/evaluate/figures.ts';
import { wordF1 } from '../../src/evaluate/said-right.ts';
import { signalsOf, type Signals } from '../../src/reason/answer-span.ts';
import { rankCandidates } from '../../src/reason/score.ts';
import { retrieve } from '../../src/retrieve/retrieve.ts';
import type { Retrieval } from '../../src/retrieve/retrieval.ts';
import { nestedCandidates, openCorpus } from './retrieved.ts';
import { multihopQuestions, retrievalOf, withoutAnswer } from './questions.ts';

interface Row {
  readonly group: string;
  readonly question: number;
  readonly signals: Signals;
  readonly right: number;
}
const FOLDS = 5;
const EPOCHS = 6000;
const L2 = 1e-3;
const [folder, data] = process.argv.slice(2);
if (!folder || !data) throw new Error('Usage: node training/reason/fit-nested-confidence.ts DATA_FOLDER DIR');

const { parts, close } = await openCorpus(join(folder, 'multihop/corpus.jsonl'), data);
const rows: Row[] = [];
for (const [i, question] of multihopQuestions(folder).entries()) {
  if (i % 20 === 0) process.stderr.write(`${i} questions\n`);
  const { question: text, answers, source, gold } = question;
  await add(source, i, await retrieve({ text }, parts, {}), answers, true);
  const without = gold.map((passage) => withoutAnswer(passage, answers));
  await add(`${source}, removed`, i, retrievalOf(text, without), answers, false);
}
await close();

const keys = ['bias', ...Object.keys(rows[0]?.signals ?? {})].filter((key) => key !== 'lifeMissing');
const held = rows.map((row) => ({ row, p: 0 }));
for (let fold = 0; fold < FOLDS; fold++) {
  const w = fit(rows.filter(({ question }) => question % FOLDS !== fold));
  for (const one of held) if (one.row.question % FOLDS === fold) one.p = chance(one.row.signals, w);
}
for (const [group, own] of Map.groupBy(held, ({ row }) => row.group)) {
  const said = own.filter(({ p }) => p >= 0.3);
  const error = calibrationError(
    own.map(({ p }) => p),
    own.map(({ row }) => row.right),
  );
  const share = (100 * said.length) / own.length;
  console.log(
    `${group} (${own.length}): ECE ${(100 * error).toFixed(1)}, said from 0.3 on ${share.toFixed(0)} %, right of those ${(100 * mean(said.map(({ row }) => row.right))).toFixed(0)} %`,
  );
}
const all = fit(rows);
console.log(keys.map((key, i) => `  ${key}: ${(all[i] ?? 0).toFixed(2)},`).join('\n'));

async function add(
  group: string,
  question: number,
  retrieval: Retrieval,
  answers: readonly string[],
  isThere: boolean,
): Promise<void> {
  const nested = await nestedCandidates(retrieval, parts);
  const ranked = rankCandidates(nested?.candidates ?? []);
  const [best] = ranked;
  if (!nested || !best) return;
  const isRight = isThere && wordF1(best.candidate.span.text, answers) >= 0.5;
  rows.push({ group, question, signals: signalsOf(ranked, nested.considered), right: isRight ? 1 : 0 });
}

function chance(signals: Signals, w: readonly number[]): number {
  const named: Readonly<Record<string, number>> = { ...signals, bias: 1 };
  return 1 / (1 + Math.exp(-keys.reduce((sum, key, i) => sum + (named[key] ?? 0) * (w[i] ?? 0), 0)));
}

/** Logistic regression by gradient descent; what is there and what is taken out weigh as they come. */
function fit(from: readonly Row[]): number[] {
  const w = keys.map(() => 0);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const gradient = w.map((value, i) => (i === 0 ? 0 : L2 * value));
    for (const { signals, right } of from) {
      const named: Readonly<Record<string, number>> = { ...signals, bias: 1 };
      const error = (chance(signals, w) - right) / from.length;
      for (const [i, key] of keys.entries()) gradient[i] = (gradient[i] ?? 0) + error * (named[key] ?? 0);
    }
    for (const i of w.keys()) w[i] = (w[i] ?? 0) - 2 * (gradient[i] ?? 0);
  }
  return w;
}
