/**
 * Measures the table interpreter on WikiTableQuestions, without stores: each CSV is decoded as ingestion does.
 *   node training/reason/measure-tables.ts DATA_FOLDER [--lines even|odd] [--wrong]
 * The rules were made with the even lines in sight; the odd ones are the test. Right is what WikiTableQuestions' own
 * evaluator takes: the same set of strings, numbers and dates equal as such. `--wrong` lists the wrong answers of the lines asked for.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerTable } from '../../src/reason/answer-table.ts';
import { consider } from '../../src/reason/consider.ts';
import { extractor } from './extractor.ts';
import { tableRetrieval } from './table-retrieval.ts';

interface TableQuestion {
  readonly file: string;
  readonly question: string;
  readonly answers: readonly string[];
}

const { values, positionals } = parseArgs({
  options: { lines: { type: 'string', default: 'both' }, wrong: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const data = positionals[0] ?? '.';
const questions = readFileSync(join(data, 'tables/wtq/manifest.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as TableQuestion);

for (const [name, rest] of [
  ['odd', 0],
  ['even', 1],
] as const) {
  if (values.lines !== 'both' && values.lines !== name) continue;
  const own = questions.filter((_, i) => i % 2 === rest);
  let [right, answered, sure, sureRight, confidence] = [0, 0, 0, 0, 0];
  for (const question of own) {
    const found = answerTable(
      consider(
        tableRetrieval(question.question, question.file, readFileSync(join(data, question.file), 'utf8')),
        extractor,
      ),
    );
    const isRight = found !== null && sameDenotation(found.shortAnswer, question.answers);
    right += Number(isRight);
    answered += Number(found !== null);
    confidence += found?.confidence ?? 0;
    if (found && found.confidence >= 0.3) {
      sure += 1;
      sureRight += Number(isRight);
    }
    if (values.wrong && !isRight)
      console.log(
        `${question.file} ${question.question}\n   said ${found?.text ?? 'nothing'} (${found?.confidence.toFixed(2)})\n   is ${question.answers.join(' | ')}`,
      );
  }
  const percent = (share: number, of: number) => ((100 * share) / Math.max(1, of)).toFixed(1);
  console.log(
    `${name} lines: n ${own.length}, right ${right} (${percent(right, own.length)} %), answered ${answered} with mean confidence ${(confidence / Math.max(1, answered)).toFixed(2)}; of ${sure} at confidence ≥ 0.3 right ${percent(sureRight, sure)} %`,
  );
}

/** As WikiTableQuestions' evaluator compares: without notes, brackets at the end and outer quotes. */
function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/(?:\[[^\]]*\]|[•♦†‡*#+])+$/u, '')
    .replace(/(?<!^)(?:\s*\([^)]*\))*$/, '')
    .replace(/^"([^"]*)"$/, '$1')
    .replace(/\.$/, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .trim();
}

function sameDenotation(said: string, golds: readonly string[]): boolean {
  const equal = (a: string, b: string) => {
    const [x, y] = [a, b].map((text) => Number(text.replaceAll(',', '')));
    return normal(a) === normal(b) || (a.trim() !== '' && x === y);
  };
  const [only] = golds;
  if (golds.length === 1 && only !== undefined) return equal(said, only);
  const parts = said.split(', ');
  return parts.length === golds.length && golds.every((gold) => parts.some((part) => equal(part, gold)));
}
