import { defineCommand } from 'citty';
import { saidByAsk } from './ask-picture.ts';
import { look } from '../encode/look.ts';
import { SensegraphError } from '../errors.ts';
import { QaLine } from '../evaluate/qa-line.ts';
import { textItem, type TextItem } from '../evaluate/text-qa.ts';
import { isPictureFile, visualFigures, visualItem, type VisualItem, type VisualResult } from '../evaluate/visual-qa.ts';
import type { Captioner, Encoders, RgbImage } from '../ports/encoders.ts';
import { repeated } from './eval-options.ts';
import { answerTexts, type QaEval } from './eval-qa-texts.ts';
import { locateLines, pictureEval, pictureOptions, readPicture, tellProgress, withCaptioner } from './eval-pictures.ts';
import { evalReport, type Report } from './eval-report.ts';

export const qa = defineCommand({
  meta: {
    name: 'qa',
    description: 'Questions about texts, tables, pictures or a whole corpus: free words, given answers, yes or no',
  },
  args: {
    ...pictureOptions,
    corpus: {
      type: 'string',
      description:
        'JSONL of passages {id, title, text} or figures {id, file, caption} for questions that bring no text of their own; may be repeated',
      valueHint: 'FILE',
    },
    spoken: {
      type: 'boolean',
      description: 'Let the own voice speak each question about a text, and ask what is heard of it',
    },
    results: { type: 'string', description: 'Write each answer about a text there, as JSONL', valueHint: 'FILE' },
    manifest: {
      type: 'string',
      description:
        'JSONL of {id, task, question | statement, file | context | passages, choices, answer | answers | answer_index, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateQa({
      ...pictureEval(args, rawArgs),
      corpora: repeated('corpus', rawArgs),
      data: args.data,
      results: args.results,
      spoken: args.spoken === true,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Asks every question of the manifests and reports by source. BAD_INPUT without a line. */
export async function evaluateQa(options: QaEval): Promise<Report> {
  const started = performance.now();
  const { lines, skipped } = await locateLines(options, QaLine);
  if (lines.length === 0) throw new SensegraphError('BAD_INPUT', 'The manifests hold no line.');
  const pictures: { line: QaLine; path: string; item: VisualItem }[] = [];
  const texts: { item: TextItem; path: string | undefined }[] = [];
  for (const { line, path } of lines) {
    const isPicture = line.file !== undefined && isPictureFile(line.file);
    const item = isPicture ? visualItem(line) : textItem(line);
    if (typeof item === 'string') skipped.set(line.source, item);
    else if ('place' in item) {
      if (item.place.kind === 'CORPUS' && item.place.brings.length === 0 && options.corpora.length === 0)
        skipped.set(line.source, 'its answer is in no text of the line: give --corpus FILE');
      else texts.push({ item, path });
    } else if (path === undefined) skipped.set(line.source, 'its picture is not there');
    else pictures.push({ line, path, item });
  }
  const said = texts.length > 0 ? await answerTexts(texts, options) : undefined;
  const seen = pictures.length > 0 ? await answerPictures(pictures, options.profile) : undefined;
  const model = [said?.model, seen?.model].filter((one) => one !== undefined).join(' + ') || 'none';
  return evalReport('qa', model, options, started, {
    unreadable: seen?.unreadable ?? 0,
    sources: { ...said?.sources, ...seen?.sources },
    skipped,
  });
}

/** Questions about one picture one after the other: it is looked at once. */
async function answerPictures(
  asked: readonly { readonly line: QaLine; readonly path: string; readonly item: VisualItem }[],
  profile: string | undefined,
): Promise<{ sources: Record<string, unknown>; unreadable: number; model: string }> {
  return withCaptioner(profile, async (encoders, captioner) => {
    const results = new Map<string, VisualResult[]>();
    let [done, unreadable] = [0, 0];
    for (const [path, own] of Map.groupBy(asked, (one) => one.path)) {
      const image = await readPicture(path, own[0]?.line.id ?? path);
      if (!image) unreadable += own.length;
      else
        for (const { line, item } of own) {
          const result = await answer(item, image, encoders, captioner);
          results.set(line.source, [...(results.get(line.source) ?? []), result]);
          tellProgress(++done, asked.length);
        }
    }
    const sources = Object.fromEntries([...results].toSorted().map(([source, own]) => [source, visualFigures(own)]));
    return { sources, unreadable, model: captioner.info.id };
  });
}

async function answer(
  item: VisualItem,
  image: RgbImage,
  encoders: Encoders,
  captioner: Captioner,
): Promise<VisualResult> {
  const started = performance.now();
  const result = (said: number | string, probability: number): VisualResult => ({
    item,
    said,
    probability,
    milliseconds: performance.now() - started,
  });
  const found = await saidByAsk(item, image, encoders);
  if (found) return result(found.said, found.probability);
  // Where `ask` would give no answer, the model's guess counts.
  if (item.kind === 'STATEMENT') {
    const probability = await captioner.verify(image, item.statement);
    return result(probability >= 0.5 ? 0 : 1, Math.max(probability, 1 - probability));
  }
  const { question } = item;
  const choices = item.kind === 'CHOICE' ? { choices: item.choices } : {};
  const { text, probability } = await look(image, { question, ...choices }, encoders);
  return result(item.kind === 'CHOICE' ? item.choices.indexOf(text) : text, probability);
}
