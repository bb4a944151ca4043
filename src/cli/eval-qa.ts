import { defineCommand } from 'citty';
import { saidByAsk } from './ask-picture.ts';
import { look } from '../encode/look.ts';
import { SensegraphError } from '../errors.ts';
import { QaLine, visualFigures, visualItem, type VisualItem, type VisualResult } from '../evaluate/visual-qa.ts';
import type { Captioner, Encoders, RgbImage } from '../ports/encoders.ts';
import {
  locateLines,
  pictureEval,
  pictureOptions,
  readPicture,
  tellProgress,
  withCaptioner,
  type PictureEval,
} from './eval-pictures.ts';
import { evalReport } from './eval-report.ts';

export const qa = defineCommand({
  meta: { name: 'qa', description: 'Questions about pictures: statements, given answers, free words' },
  args: {
    ...pictureOptions,
    manifest: {
      type: 'string',
      description:
        'JSONL of {id, task, file, question | statement, choices, answer | answer_index, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateQa(pictureEval(args, rawArgs));
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Asks every question about a picture of the manifests and reports by source. BAD_INPUT without a line. */
export async function evaluateQa(options: PictureEval): Promise<{ sources: Record<string, unknown> }> {
  const started = performance.now();
  const { lines, skipped } = await locateLines(options, QaLine);
  if (lines.length === 0) throw new SensegraphError('BAD_INPUT', 'The manifests hold no line.');
  const asked = lines.flatMap(({ line, path }) => {
    const item = visualItem(line);
    if (typeof item !== 'string' && path !== undefined) return [{ line, path, item }];
    skipped.set(line.source, typeof item === 'string' ? item : 'its picture is not there');
    return [];
  });
  if (asked.length === 0) return evalReport('qa', 'none', options, started, { unreadable: 0, sources: {}, skipped });
  return withCaptioner(options.profile, async (encoders, captioner) => {
    const results = new Map<string, VisualResult[]>();
    let [done, unreadable] = [0, 0];
    // Questions about one picture one after the other: it is looked at once.
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
    return evalReport('qa', captioner.info.id, options, started, { unreadable, sources, skipped });
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
