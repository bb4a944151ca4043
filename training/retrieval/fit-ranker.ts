/**
 * npm run fit:ranker -- --corpus FILE --manifest FILE --data DIR
 * Fits the weights of the retrieval's fusion (src/retrieve/ranker-weights.json) by logistic regression on the
 * candidates of the manifest's questions, prints five-fold cross-validated recall first, and one source's weights
 * tried on the other. DIR keeps the ingested corpus between runs. --features FILE keeps what every candidate has between
 * runs, which takes nearly all of the time: delete it when the features change.
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
import { rankLogit, type RankerWeights } from '../../src/retrieve/ranker.ts';
import { HOP_FEATURES } from '../../src/retrieve/hop-features.ts';
import { CandidateFile, type Candidates } from './candidates.ts';
import { fit } from './logistic.ts';

const FOLDS = 5;
/** Features of the first stage by the piece that they are of. */
const PIECES: Readonly<Record<string, RegExp>> = {
  'the whole passage': /^dense/,
  sentences: /^sentence/,
  words: /^lexical/,
  'the walk': /^walk/,
  bridging: /^(bridge|path)/,
  names: /^(title|named)$/,
  'the graph': /^(walk|bridge|path|title|named)/,
};

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    manifest: { type: 'string' },
    data: { type: 'string' },
    features: { type: 'string' },
  },
});
if (!values.corpus || !values.manifest || !values.data) throw new Error('Give --corpus, --manifest and --data.');
const { lines: passages } = await readManifest(values.corpus, Passage);
const { lines: questions } = await readManifest(
  values.manifest,
  RetrievalQuestion,
  (line) => 'supporting_passages' in line,
);
const file = new CandidateFile(values.features, async () => {
  const parts = await openParts(readConfig({ SENSEGRAPH_DATA: values.data }), pino({ level: 'silent' }));
  const application = await createApplication(parts);
  await ingestPassages(application, passages, () => {});
  return { parts, close: () => application.close(), ids: passageIds(passages) };
});
const sources = [...new Set(questions.map((question) => question.source))];
const fold = (i: number): number => (i * 7919) % FOLDS;
const first = await file.collect(questions, () => undefined, 'one-stage');
const byFold = crossValidate('one stage', first, FEATURES);
for (const [piece, features] of Object.entries(PIECES))
  crossValidate(
    `one stage without ${piece}`,
    first,
    FEATURES.filter((name) => !features.test(name)),
  );
for (const source of sources) report(`one stage, fitted on ${source}`, ...elsewhere(first, source, FEATURES));
// The second stage sees the first as it will be: with weights that the question had no part in.
const second = await file.collect(questions, (i) => byFold[fold(i)], 'default');
const ALL = [...FEATURES, ...HOP_FEATURES];
crossValidate('two stages', second, ALL);
for (const source of sources) report(`two stages, fitted on ${source}`, ...elsewhere(second, source, ALL));
for (const left of HOP_FEATURES)
  crossValidate(
    `two stages without ${left}`,
    second,
    ALL.filter((name) => name !== left),
  );
await file.close();
save('ranker-weights.json', fit(first, FEATURES));
save('hop-ranker-weights.json', fit(second, ALL));

/** Prints the recall of each question by weights that it had no part in, and gives those of each fold. */
function crossValidate(name: string, on: readonly Candidates[], names: readonly string[]): RankerWeights[] {
  const weights = Array.from({ length: FOLDS }, (_, f) =>
    fit(
      on.filter((_one, i) => fold(i) !== f),
      names,
    ),
  );
  report(name, on, (_one, i) => weights[fold(i)]);
  return weights;
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
              (a, b) => rankLogit(b.features, weights.get(one)) - rankLogit(a.features, weights.get(one)),
            );
            return recallAt(k, one.question.supporting_passages, [...new Set(ranked.flatMap((row) => row.passages))]);
          }),
        ),
      ),
    );
    return [`${source} @2 ${recalls[0]} @5 ${recalls[1]} @10 ${recalls[2]} all ${recalls[3]}`];
  });
  console.log(`${name.padEnd(36)} ${figures.join('   ')}`);
}
