import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { createApplication } from '../create-application.ts';
import { SensegraphError } from '../errors.ts';
import { ingestPassages, Passage, passageIds } from '../evaluate/corpus.ts';
import { shuffle } from '../evaluate/figures.ts';
import { readManifest } from '../evaluate/manifest.ts';
import {
  RETRIEVAL_TASKS,
  retrievalFigures,
  RetrievalQuestion,
  retrieveAll,
  type QuestionResult,
} from '../evaluate/retrieval.ts';
import { openParts } from '../main.ts';
import { RECIPES, type RecipeName } from '../retrieve/recipes.ts';
import { audio } from './eval-audio.ts';
import { grounding } from './eval-grounding.ts';
import { caption } from './eval-caption.ts';
import { imageText } from './eval-image-text.ts';
import { configureEval, evalLogger, profileOption } from './eval-encoders.ts';
import { speaking } from './eval-speaking.ts';
import { ocr } from './eval-ocr.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { qa } from './eval-qa.ts';
import { speech } from './eval-speech.ts';
import { voice } from './eval-voice.ts';
import { dataOptions } from './options.ts';
import { bar } from './progress.ts';
import { progressLine } from './progress-line.ts';

const retrieval = defineCommand({
  meta: { name: 'retrieval', description: 'Recall of the passages that support multi-hop questions' },
  args: {
    ...dataOptions,
    corpus: { type: 'string', description: 'JSONL of passages {id, title, text}', required: true, valueHint: 'FILE' },
    manifest: {
      type: 'string',
      description: 'JSONL of questions {question, supporting_passages, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    recipe: {
      type: 'string',
      description: `Recipe: ${Object.keys(RECIPES).join(', ')}`,
      default: 'default',
      valueHint: 'NAME',
    },
    limit: { type: 'string', description: 'Ask only this many questions', valueHint: 'N' },
    seed: { type: 'string', description: 'Which ones, with --limit', default: '0', valueHint: 'N' },
    ...profileOption,
  },
  async run({ args, rawArgs }) {
    if (!(args.recipe in RECIPES))
      throw new SensegraphError(
        'BAD_INPUT',
        `There is no recipe ${args.recipe}. Known: ${Object.keys(RECIPES).join(', ')}.`,
      );
    const recipe = args.recipe as RecipeName;
    const limit = args.limit === undefined ? undefined : wholeNumber('--limit', args.limit);
    const seed = wholeNumber('--seed', args.seed);
    const { report } = await evaluateRetrieval({
      corpus: args.corpus,
      manifests: repeated('manifest', rawArgs),
      recipe,
      limit,
      seed,
      data: args.data,
      profile: args.profile,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

export const evaluate = defineCommand({
  meta: { name: 'eval', description: 'Measure on data of your own; one JSON shape for all' },
  subCommands: {
    retrieval,
    audio,
    speech,
    voice,
    speaking,
    'image-text': imageText,
    grounding,
    caption,
    qa,
    ocr,
  },
});

/** Ingests the corpus into `data` (a temporary directory by default), asks, and reports. */
export async function evaluateRetrieval(options: {
  readonly corpus: string;
  readonly manifests: readonly string[];
  readonly recipe: RecipeName;
  readonly limit: number | undefined;
  readonly seed: number;
  readonly data: string | undefined;
  readonly profile?: string | undefined;
}): Promise<{ report: object; results: QuestionResult[] }> {
  const started = performance.now();
  const { lines: passages } = await readManifest(options.corpus, Passage);
  const known = new Set(passages.map((passage) => passage.id));
  const skipped = new Map<string, string>();
  let questions: RetrievalQuestion[] = [];
  for (const path of options.manifests) {
    const manifest = await readManifest(path, RetrievalQuestion, (line) =>
      RETRIEVAL_TASKS.includes(String(line['task'])),
    );
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines of another task`);
    for (const question of manifest.lines) {
      const absent = question.supporting_passages.filter((id) => !known.has(id));
      if (absent.length > 0)
        skipped.set(question.source, `supporting passages are not in the corpus, e.g. ${absent[0]} of ${question.id}`);
      else questions.push(question);
    }
  }
  if (options.limit !== undefined) questions = shuffle(questions, options.seed).slice(0, options.limit);
  if (questions.length === 0)
    throw new SensegraphError(
      'BAD_INPUT',
      'The manifests hold no question with its supporting passages in the corpus.',
    );

  const temporary = options.data === undefined ? await mkdtemp(join(tmpdir(), 'sensegraph-eval-')) : undefined;
  const config = configureEval(options.profile, options.data ?? temporary);
  const parts = await openParts(config, evalLogger(config));
  const application = await createApplication(parts);
  const line = progressLine();
  try {
    const index = await ingestPassages(application, passages, (done, seconds) =>
      line(`index ${bar(done, passages.length, seconds)}`),
    );
    const asked = performance.now();
    const results = await retrieveAll(questions, passageIds(passages), options.recipe, parts, (done) =>
      line(`ask   ${bar(done, questions.length, (performance.now() - asked) / 1000)}`),
    );
    const report = {
      eval: 'retrieval',
      model: parts.encoders.text.space.name,
      recipe: options.recipe,
      seed: options.seed,
      wall_s: Number(((performance.now() - started) / 1000).toFixed(1)),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
      sources: {
        ...retrievalFigures(results),
        ...Object.fromEntries([...skipped].map(([source, why]) => [`${source} (skipped)`, { skipped: why }])),
      },
      index: {
        passages: passages.length,
        per_second: index.seconds > 0 ? Number((index.ingested / index.seconds).toFixed(1)) : null,
      },
    };
    return { report, results };
  } finally {
    await application.close();
    if (temporary) await rm(temporary, { recursive: true, force: true });
  }
}
