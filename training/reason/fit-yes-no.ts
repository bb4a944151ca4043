/**
 * Fits the weights of YES_NO (src/reason/weights.ts) and measures answers of yes or no, given the passages among others:
 * by the rules alone, by the reader's verdict alone, by both with weights of the other half, and as the product has them.
 * Questions about two things that are compared are not among them.
 *   node training/reason/fit-yes-no.ts LINES.jsonl [--limit N] [--others 3]
 * Lines of question, passages, answer and source, as training/reading/judged.py writes them. Sources that begin with
 * "StrategyQA" are measured alone.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { extractor } from './extractor.ts';
import { retrievalOf, type Passage } from './questions.ts';
import { closeReader, spanReader } from './span-reader.ts';
import { fit } from '../retrieval/logistic.ts';
import { byWords } from '../../src/reason/answer-statement.ts';
import { answerCompared, answerYesNo } from '../../src/reason/answer-yes-no.ts';
import { logOdds } from '../../src/reason/calibrate.ts';
import { consider } from '../../src/reason/consider.ts';
import { judgePassages } from '../../src/reason/read-verdict.ts';
import { YES_NO } from '../../src/reason/weights.ts';
import { rankLogit, type RankerWeights } from '../../src/retrieve/ranker.ts';

const { values, positionals } = parseArgs({
  options: { limit: { type: 'string', default: '5000' }, others: { type: 'string', default: '3' } },
  allowPositionals: true,
});

interface Line {
  readonly question: string;
  readonly passages: readonly Passage[];
  readonly answer: 'yes' | 'no';
  readonly source: string;
}

interface Row {
  readonly source: string;
  readonly wanted: boolean;
  readonly features: Readonly<Record<string, number>>;
  readonly said: number;
  readonly rules: boolean;
  readonly product: boolean;
  readonly confidence: number;
}

const lines = readFileSync(positionals[0] ?? '', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Line);
const sources = [...new Set(lines.map((line) => line.source))];
const rows: Row[] = [];
for (const source of sources) {
  const mine = lines.filter((line) => line.source === source);
  for (const [at, { question, passages, answer }] of mine.slice(0, Number(values.limit)).entries()) {
    const others = Array.from({ length: Number(values.others) }, (_, i) => mine[(at + 37 * (i + 1)) % mine.length]);
    const given = [...passages, ...others.flatMap((line) => line?.passages[0] ?? [])];
    const considered = consider(retrievalOf(question, given), extractor);
    if (considered.question.form !== 'YES_NO' || (await answerCompared(considered, spanReader))) continue;
    const [read] = await judgePassages(spanReader, considered);
    const ruled = byWords(considered);
    if (!read || !ruled) continue;
    const rules = await answerYesNo(considered);
    const product = await answerYesNo(considered, spanReader);
    rows.push({
      source,
      wanted: answer === 'yes',
      features: { read: logOdds(read.yes), [ruled.kind]: 1 },
      said: read.said,
      rules: rules?.shortAnswer === 'yes',
      product: product?.shortAnswer === 'yes',
      confidence: product?.confidence ?? 0,
    });
  }
}

const names = ['read', ...Object.keys(YES_NO.ruled)];
const taught = rows.filter(({ source }) => !source.startsWith('StrategyQA'));
const halves = [0, 1].map((half) => fit([{ rows: taught.filter((_, i) => i % 2 !== half) }], names));
const all = fit([{ rows: taught }], names);
const isYes = (row: Row, weights: RankerWeights) => rankLogit(row.features, weights) > 0;
const percent = (own: readonly Row[], says: (row: Row, i: number) => boolean) =>
  ((100 * own.filter((row, i) => says(row, i) === row.wanted).length) / Math.max(1, own.length)).toFixed(1);
for (const source of sources) {
  const own = rows.filter((row) => row.source === source);
  const held = new Map(own.map((row) => [row, halves[taught.indexOf(row) % 2] ?? all]));
  console.log(
    `${source}: n ${own.length}, yes ${percent(own, () => true)} %; right by the rules ${percent(own, ({ rules }) => rules)}, by the reader ${percent(own, ({ features }) => (features['read'] ?? 0) > 0)}, by both ${percent(own, (row) => isYes(row, held.get(row) ?? all))}, in the product ${percent(own, ({ product }) => product)}`,
  );
  for (const from of [0, 0.3, 0.5, 0.7, 0.9]) {
    const sure = own.filter(({ confidence }) => confidence >= from);
    console.log(`  confidence ≥ ${from}: ${sure.length}, right ${percent(sure, ({ product }) => product)}`);
  }
}
console.log(JSON.stringify(all));
await closeReader();
