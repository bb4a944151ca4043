/**
 * Fits the weights by which readings of a question about a table are ordered (src/reason/table/program-weights.json): a
 * log-linear model over all programs, taught by which come to the right answer (Pasupat and Liang 2015,
 * arXiv 1508.00305), with AdaGrad. Prints how many questions about new tables are answered right, by it and by the rules alone.
 *   node --max-old-space-size=8000 training/reason/fit-tables.ts FOLDER
 * FOLDER is the public repository of WikiTableQuestions (ppasupat/WikiTableQuestions, CC BY-SA 4.0): `csv`, and of `data`
 * random-split-1-train.tsv and pristine-unseen-tables.tsv. Ten minutes on one core.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../src/config.ts';
import { sameDenotation } from '../../src/evaluate/said-right.ts';
import { programsAsked } from '../../src/reason/answer-table.ts';
import { consider } from '../../src/reason/consider.ts';
import { programFeatures, questionFeatures } from '../../src/reason/table/program-features.ts';
import { extractor } from './extractor.ts';
import { tableRetrieval } from './table-retrieval.ts';

const { values, positionals } = parseArgs({
  options: {
    train: { type: 'string', default: '12000' },
    test: { type: 'string', default: '1500' },
    epochs: { type: 'string', default: '5' },
    least: { type: 'string', default: '12' },
    l1: { type: 'string', default: '0.005' },
  },
  allowPositionals: true,
});
const folder = positionals[0] ?? '.';

interface Line {
  readonly file: string;
  readonly question: string;
  readonly answers: readonly string[];
}
interface Row {
  readonly features: Int32Array;
  readonly right: boolean;
  readonly answer: string;
}
interface Question {
  readonly rows: readonly Row[];
  readonly ruleRight: boolean;
  readonly ruleName: string;
}

const index = new Map<string, number>();
const names: string[] = [];
/** In how many questions a feature was seen. */
const seen: number[] = [];

/** Lines of a file of questions: id, question, table, answers parted by |. */
function read(name: string, most: number): Line[] {
  const written = (text: string): string =>
    text.replace(/\\([np\\])/g, (_, one: string) => (one === 'n' ? '\n' : one === 'p' ? '|' : '\\'));
  const lines = readFileSync(join(folder, 'data', name), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean);
  return lines
    .filter((_, i) => (i * 7919) % lines.length < most)
    .map((line) => {
      const [, question = '', file = '', answers = ''] = line.split('\t');
      return { question: written(question), file, answers: answers.split('|').map(written) };
    });
}

function prepare({ file, question, answers }: Line, isNew: boolean): Question | undefined {
  const retrieval = tableRetrieval(question, file, readFileSync(join(folder, file), 'utf8'));
  const found = programsAsked(consider(retrieval, extractor));
  if (!found) return undefined;
  const of = questionFeatures(found.asked, found.programs);
  const own = new Set<number>();
  const rows = found.programs.map((program): Row => {
    const said = program.values.join(', ');
    const features = programFeatures(of, program).flatMap((feature) => {
      let at = index.get(feature);
      if (at === undefined && isNew) {
        at = names.push(feature) - 1;
        index.set(feature, at);
        seen.push(0);
      }
      if (at !== undefined && isNew) own.add(at);
      return at ?? [];
    });
    return { features: Int32Array.from(features), right: sameDenotation(said, answers), answer: said };
  });
  for (const at of own) seen[at] = (seen[at] ?? 0) + 1;
  const rule = found.programs.findIndex(({ op }) => op === 'RULE');
  const ruleName = found.programs[rule]?.rule?.name ?? 'none';
  return { rows, ruleRight: rows[rule]?.right ?? false, ruleName };
}

function prepared(name: string, most: number, isNew: boolean): { all: number; questions: Question[] } {
  const lines = read(name, most);
  const questions = lines.flatMap((line, i) => {
    if (i % 500 === 499) console.error(`${name}: ${i + 1} of ${lines.length}`);
    return prepare(line, isNew) ?? [];
  });
  return { all: lines.length, questions };
}

const train = prepared('random-split-1-train.tsv', Number(values.train), true);
const test = prepared('pristine-unseen-tables.tsv', Number(values.test), false);
const weights = new Float64Array(names.length);
const squares = new Float64Array(names.length).fill(1e-6);

function scores(rows: readonly Row[]): Float64Array {
  return Float64Array.from(rows, ({ features }) => {
    let sum = 0;
    for (const at of features) sum += weights[at] ?? 0;
    return sum;
  });
}

/** Of what was measured last: the share of the best answer, and whether it was right. */
const shares: { share: number; right: boolean }[] = [];

/** Of the same, by the rule that would have answered. */
const byRule = new Map<string, { n: number; rule: number; ranked: number }>();

function measure({ all, questions }: { all: number; questions: readonly Question[] }) {
  let [right, rule, possible] = [0, 0, 0];
  shares.length = 0;
  byRule.clear();
  for (const { rows, ruleRight, ruleName } of questions) {
    const own = scores(rows);
    const top = Math.max(...own);
    const mass = new Map<string, { sum: number; right: boolean }>();
    for (const [i, row] of rows.entries()) {
      const one = mass.get(row.answer.toLowerCase()) ?? { sum: 0, right: row.right };
      one.sum += Math.exp((own[i] ?? 0) - top);
      mass.set(row.answer.toLowerCase(), one);
    }
    const best = [...mass.values()].reduce((a, b) => (b.sum > a.sum ? b : a), { sum: -1, right: false });
    right += Number(best.right);
    const both = byRule.get(ruleName) ?? { n: 0, rule: 0, ranked: 0 };
    byRule.set(ruleName, {
      n: both.n + 1,
      rule: both.rule + Number(ruleRight),
      ranked: both.ranked + Number(best.right),
    });
    shares.push({ share: best.sum / [...mass.values()].reduce((sum, one) => sum + one.sum, 0), right: best.right });
    rule += Number(ruleRight);
    possible += Number(rows.some((row) => row.right));
  }
  const share = (n: number) => ((100 * n) / all).toFixed(1);
  return `n ${all}: ranked ${share(right)} %, rules alone ${share(rule)} %, among the programs ${share(possible)} %`;
}

const RATE = 0.1;
const L1 = Number(values.l1);
/** Questions that a feature is seen in at the least. */
const LEAST = Number(values.least);
for (let epoch = 0; epoch < Number(values.epochs); epoch++) {
  for (const { rows } of train.questions) {
    const wanted = rows.filter((row) => row.right).length;
    if (wanted === 0 || wanted === rows.length) continue;
    const own = scores(rows);
    const top = Math.max(...own);
    const mass = own.map((score) => Math.exp(score - top));
    const all = mass.reduce((a, b) => a + b, 0);
    const good = mass.reduce((sum, value, i) => sum + (rows[i]?.right ? value : 0), 0);
    const gradient = new Map<number, number>();
    for (const [i, row] of rows.entries()) {
      const pull = (row.right ? (mass[i] ?? 0) / good : 0) - (mass[i] ?? 0) / all;
      if (Math.abs(pull) < 1e-4) continue;
      for (const at of row.features) gradient.set(at, (gradient.get(at) ?? 0) + pull);
    }
    for (const [at, value] of gradient) {
      if ((seen[at] ?? 0) < LEAST) continue;
      squares[at] = (squares[at] ?? 0) + value * value;
      const step = RATE / Math.sqrt(squares[at] ?? 1);
      const moved = (weights[at] ?? 0) + step * value;
      weights[at] = Math.sign(moved) * Math.max(0, Math.abs(moved) - step * L1);
    }
  }
  console.log(`epoch ${epoch + 1}: train ${measure(train)}; test ${measure(test)}`);
}
for (const low of [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
  const own = shares.filter(({ share }) => share >= low && share < low + 0.1 + 1e-9);
  const right = own.filter((one) => one.right).length;
  console.log(
    `share ${low.toFixed(1)}: ${own.length}, right ${((100 * right) / Math.max(1, own.length)).toFixed(0)} %`,
  );
}
for (const [name, { n, rule, ranked }] of byRule)
  console.log(
    `${name}: ${n}, right by the rule ${((100 * rule) / n).toFixed(0)} %, ranked ${((100 * ranked) / n).toFixed(0)} %`,
  );
const kept = names
  .map((name, at) => [name, Number((weights[at] ?? 0).toFixed(2))] as const)
  .filter(([, value]) => Math.abs(value) >= 0.03)
  .toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  join(packageRoot, 'src/reason/table/program-weights.json'),
  `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`,
);
console.log(`${kept.length} of ${names.length} weights kept`);
