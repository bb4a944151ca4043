/**
 * Chooses how much the span reader counts in src/reason/weights.ts (`readClose`, `nestedReadClose`) by the F1 of the best
 * candidate on questions that are new to it, the other weights as they are.
 *   node training/reason/fit-reader.ts DATA_FOLDER
 * Questions in lower case are told apart: their names are not seen, so that the other features say less.
 */
import { each, exampleOf, names, rewardOf, type Example } from './examples.ts';
import { multihopQuestions, readingQuestions } from './questions.ts';
import { closeReader } from './span-reader.ts';
import { WEIGHTS } from '../../src/reason/weights.ts';

const data = process.argv[2] ?? '.';
const GRID = [0, 1, 2, 4, 6, 8, 12, 16, 24, 1000];

const single = await each(
  readingQuestions(data).filter(({ source }) => source !== 'reasoning chains'),
  (q) => exampleOf(q, 1),
);
const multihop = await each(multihopQuestions(data), (q) => exampleOf(q, 1));
await closeReader();
const isLower = ({ considered }: Example): boolean => {
  const { text } = considered.retrieval.question;
  return text === text.toLowerCase();
};
const groups = new Map<string, Example[]>([
  ...Map.groupBy(single, (example) => `${example.source}${isLower(example) ? ', lower case' : ''}`),
  ...Map.groupBy(multihop, ({ source }) => source),
]);
for (const [name, examples] of groups) {
  const isNested = multihop.includes(examples[0] as Example);
  console.log(`${name} (${examples.length}), ${isNested ? 'nestedReadClose' : 'readClose'}`);
  for (const close of GRID) {
    const table = { ...WEIGHTS, [isNested ? 'nestedReadClose' : 'readClose']: close };
    const weights = names.map((feature) => table[feature] ?? 0);
    const chosen = examples.map((example) => rewardOf(example, weights));
    const mean = chosen.reduce((a, b) => a + b, 0) / chosen.length;
    console.log(`  ${String(close).padStart(4)}: F1 ${(100 * mean).toFixed(1)}`);
  }
}
