import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { createApplication } from '../create-application.ts';
import { SensegraphError } from '../errors.ts';
import { askAll, ingestPlaces } from '../evaluate/ask-all.ts';
import { ingestPassages, ingestPictures, readCorpus } from '../evaluate/corpus.ts';
import { speakLine } from '../evaluate/speaking.ts';
import { isRight, qaFigures, type QaResult } from '../evaluate/qa-figures.ts';
import type { QaItem } from '../evaluate/qa-item.ts';
import { openParts } from '../main.ts';
import type { Encoders } from '../ports/encoders.ts';
import { configureEval, evalLogger } from './eval-encoders.ts';
import type { PictureEval } from './eval-pictures.ts';
import { bar } from './progress.ts';
import { progressLine } from './progress-line.ts';

export interface QaEval extends PictureEval {
  readonly corpora: readonly string[];
  /** Kept and used again where it is named; otherwise temporary. */
  readonly data: string | undefined;
  /** Questions are spoken and heard before they are asked. */
  readonly spoken?: boolean;
  /** Where each answer is written, a line of JSON. */
  readonly results?: string | undefined;
}

type Asked = readonly { readonly item: QaItem; readonly path: string | undefined }[];

/**
 * Ingests what the questions are about the way a user does, asks and verifies. Questions over the corpus and those about a
 * text, table or picture of their own have a graph each, so that one's texts are not the other's evidence.
 */
export async function answerAll(
  asked: Asked,
  options: QaEval,
): Promise<{ sources: Record<string, unknown>; model: string }> {
  const [open, own] = [true, false].map((isOpen) =>
    asked.filter(({ item }) => (item.place.kind === 'CORPUS') === isOpen),
  );
  const results: QaResult[] = [];
  let model = '';
  for (const [part, corpora] of [
    [open ?? [], options.corpora],
    [own ?? [], []],
  ] as const) {
    if (part.length === 0) continue;
    const temporary = options.data === undefined ? await mkdtemp(join(tmpdir(), 'sensegraph-eval-')) : undefined;
    const data = temporary ?? join(options.data ?? '', part === open ? 'corpus' : 'own');
    try {
      const answered = await answerPart(part, corpora, configureEval(options.profile, data), options.spoken === true);
      results.push(...answered.results);
      ({ model } = answered);
    } finally {
      if (temporary) await rm(temporary, { recursive: true, force: true });
    }
  }
  if (options.results !== undefined)
    await writeFile(options.results, results.map((one) => `${JSON.stringify(lineOf(one))}\n`).join(''));
  const bySource = Map.groupBy(results, ({ item }) => item.source);
  return {
    sources: Object.fromEntries([...bySource].toSorted().map(([source, mine]) => [source, qaFigures(mine)])),
    model,
  };
}

/** What is heard of a question that the profile's own voice speaks. */
function heardAgain({ speaker, transcriber }: Encoders): (question: string) => Promise<string> {
  if (!speaker) throw new SensegraphError('MODEL_MISSING', 'This profile speaks no texts. Leave out --spoken.');
  return async (text) => (await speakLine({ id: '', source: '', text }, speaker, transcriber)).heard.trim();
}

/** An answer as a line for whoever wants to see which are wrong. */
function lineOf(result: QaResult): object {
  const { item, asked, said, confidence, abstained, milliseconds } = result;
  const { id, source, question } = item;
  return {
    id,
    source,
    question,
    ...(asked === question ? {} : { heard: asked }),
    ...(result.way === undefined ? {} : { way: result.way }),
    ...rightOf(item),
    said,
    is_right: isRight(result),
    confidence,
    abstained,
    ms: Math.round(milliseconds),
  };
}

function rightOf(item: QaItem): object {
  if (item.kind === 'CHOICE') return { choices: item.choices, right: item.choices[item.right] };
  return { right: item.kind === 'YES_NO' ? (item.right ? 'yes' : 'no') : item.rights };
}

async function answerPart(
  asked: Asked,
  corpora: readonly string[],
  config: Config,
  isSpoken: boolean,
): Promise<{ results: QaResult[]; model: string }> {
  const parts = await openParts(config, evalLogger(config));
  const application = await createApplication(parts);
  const line = progressLine();
  try {
    const brought = asked.flatMap(({ item }) => (item.place.kind === 'CORPUS' ? item.place.brings : []));
    const read = await Promise.all(corpora.map(readCorpus));
    const pictures = read.flatMap((one) => one.pictures);
    for (const lines of [...read.map(({ passages }) => passages), brought])
      await ingestPassages(application, lines, (done, seconds) => line(`index ${bar(done, lines.length, seconds)}`));
    await ingestPictures(application, pictures, (done, seconds) =>
      line(`look  ${bar(done, pictures.length, seconds)}`),
    );
    const paths = new Map(asked.map(({ item, path }) => [item.place, path]));
    const items = asked.map(({ item }) => item);
    const assets = await ingestPlaces(application, items, (place) => {
      const path = paths.get(place);
      if (path === undefined) throw new SensegraphError('INTERNAL', 'A table or picture has no path.');
      return path;
    });
    const started = performance.now();
    const results = await askAll(application, items, assets, {
      minConfidence: config.minConfidence,
      heard: isSpoken ? heardAgain(parts.encoders) : undefined,
      show: (done) => line(`ask   ${bar(done, items.length, (performance.now() - started) / 1000)}`),
    });
    const written = config.languageModel === undefined ? undefined : parts.languageModel?.id;
    const looks = items.some(({ place }) => place.kind === 'PICTURE') ? parts.encoders.captioner?.info.id : undefined;
    const model = [parts.spanReader?.info.id, looks, written].filter((id) => id !== undefined).join(' + ');
    return { results, model };
  } finally {
    await application.close();
  }
}
