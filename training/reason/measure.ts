/**
 * Measures the extractive way of reason on multi-hop questions, given their supporting passages.
 *   node training/reason/measure.ts DATA_FOLDER [--others N] [--wrong] [--no-reader] [--reading] [--removed]
 * `--others N` adds N passages that do not answer; `--wrong` lists the wrong answers; `--no-reader` leaves out the span reader; `--reading` asks the held-out reading questions instead; `--removed` takes the sentences that say the answer out of the passages: nothing should be said then. Prints EM and F1, first when it always answers, then with abstention.
 */
import { parseArgs } from 'node:util';
import type { TextEmbedder } from '../../src/ports/encoders.ts';
import { reason } from '../../src/reason/reason.ts';
import { extractor } from './extractor.ts';
import { closeReader, spanReader } from './span-reader.ts';
import { isExact, wordF1 } from '../../src/evaluate/said-right.ts';
import { multihopQuestions, readingQuestions, retrievalOf, withoutAnswer } from './questions.ts';

const { values, positionals } = parseArgs({
  options: {
    others: { type: 'string', default: '0' },
    wrong: { type: 'boolean', default: false },
    'no-reader': { type: 'boolean', default: false },
    reading: { type: 'boolean', default: false },
    removed: { type: 'boolean', default: false },
    'min-confidence': { type: 'string', default: '0.3' },
  },
  allowPositionals: true,
});
const minConfidence = Number(values['min-confidence']);
const embedder: TextEmbedder = {
  info: { id: 'none', version: '0', licence: '', device: '' },
  space: { name: 'none', model: 'none', version: '0', dimension: 1 },
  embed: async (inputs) => inputs.map(() => ({ vector: new Float32Array([1]), spanVectors: [] })),
};

const percent = (x: number, of: number) => ((100 * x) / Math.max(1, of)).toFixed(1);
const results = new Map<string, { n: number; em: number; f1: number; answered: number; answeredEm: number }>();
const started = performance.now();
let n = 0;
const data = positionals[0] ?? '.';
for (const question of values.reading ? readingQuestions(data) : multihopQuestions(data)) {
  const passages = [...question.gold, ...question.others.slice(0, Number(values.others))];
  const given = values.removed ? passages.map((passage) => withoutAnswer(passage, question.answers)) : passages;
  const retrieval = retrievalOf(question.question, given);
  const answer = await reason(
    retrieval,
    { extractor, embedder, ...(values['no-reader'] ? {} : { spanReader }) },
    { minConfidence: 0 },
  );
  n += 1;
  const said = answer.shortAnswer ?? '';
  const score = wordF1(said, question.answers);
  const exact = isExact(said, question.answers) ? 1 : 0;
  const known = results.get(question.source) ?? { n: 0, em: 0, f1: 0, answered: 0, answeredEm: 0 };
  const answered = answer.confidence >= minConfidence ? 1 : 0;
  results.set(question.source, {
    n: known.n + 1,
    em: known.em + exact,
    f1: known.f1 + score,
    answered: known.answered + answered,
    answeredEm: known.answeredEm + answered * exact,
  });
  if (values.wrong && score < 0.5) {
    console.log(`${question.question}\n    said ${said} (${answer.confidence.toFixed(2)}), is ${question.answers[0]}`);
    for (const claim of answer.steps.at(-1)?.claims ?? [])
      for (const evidence of claim.evidence)
        console.log(`    | ${evidence.asset.title}: ${evidence.quote.slice(0, 160)}`);
  }
}
console.log(`${((performance.now() - started) / n).toFixed(1)} ms a question`);
for (const [source, r] of results) {
  console.log(
    `${source}: n ${r.n}, EM ${percent(r.em, r.n)}, F1 ${percent(r.f1, r.n)}; at confidence ≥ ${minConfidence} it answers ${percent(r.answered, r.n)} %, EM of those ${percent(r.answeredEm, r.answered)}`,
  );
}
await closeReader();
