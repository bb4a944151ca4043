import { defineCommand } from 'citty';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../errors.ts';
import { shuffle } from '../evaluate/figures.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { mediaPath } from '../evaluate/media-path.ts';
import { OCR_TASKS, ocrFigures, OcrItem, type ReadItem } from '../evaluate/ocr.ts';
import { readItem } from '../evaluate/read-item.ts';
import { DecodeWorker } from '../ingest/decode-worker.ts';
import { configureEval, openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { evalReport } from './eval-report.ts';
import { dataOptions } from './options.ts';

/** What is the file's own fault: it is left out and counted. */
const UNREADABLE: readonly ErrorCode[] = ['BAD_INPUT', 'CORRUPT', 'TOO_LARGE', 'TOO_MANY_PIXELS', 'UNSUPPORTED_TYPE'];

export const ocr = defineCommand({
  meta: { name: 'ocr', description: 'Reading: characters wrong, words and fields found again' },
  args: {
    ...dataOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of documents and pictures {id, file, lines, fields, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    limit: { type: 'string', description: 'Read only this many', valueHint: 'N' },
    seed: { type: 'string', description: 'Which ones, with --limit', default: '0', valueHint: 'N' },
    ...profileOption,
  },
  async run({ args, rawArgs }) {
    const report = await evaluateOcr({
      manifests: repeated('manifest', rawArgs),
      limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
      seed: wholeNumber('--seed', args.seed),
      profile: args.profile,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Reads every document and picture of the manifests and reports. BAD_INPUT without any. */
export async function evaluateOcr(options: {
  readonly manifests: readonly string[];
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile?: string | undefined;
}): Promise<object> {
  const started = performance.now();
  const skipped = new Map<string, string>();
  let items: { readonly item: OcrItem; readonly path: string }[] = [];
  for (const path of options.manifests) {
    const wants = (line: Record<string, unknown>) =>
      OCR_TASKS.includes(String(line['task'])) || line['lines'] !== undefined || line['fields'] !== undefined;
    const manifest = await readManifest(path, OcrItem, wants);
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines without lines or fields`);
    items.push(...manifest.lines.map((item) => ({ item, path: mediaPath(path, item.file) })));
  }
  if (options.limit !== undefined) items = shuffle(items, options.seed).slice(0, options.limit);
  if (items.length === 0)
    throw new SensegraphError('BAD_INPUT', `The manifests hold no line of the task ${OCR_TASKS.join(', ')}.`);
  const limits = configureEval(options.profile);
  const encoders = await openEvalEncoders(options.profile);
  const worker = new DecodeWorker();
  try {
    const read: ReadItem[] = [];
    let unreadable = 0;
    for (const [i, { item, path }] of items.entries()) {
      try {
        const one = await readItem(item, path, { encoders, worker, limits });
        if (one) read.push(one);
        else skipped.set(item.source, 'nothing tells what is written, e.g. in ' + item.id);
      } catch (error) {
        const { code, message } = asSensegraphError(error);
        if (!UNREADABLE.includes(code)) throw error;
        process.stderr.write(`${item.id} is left out: ${message}\n`);
        unreadable++;
      }
      if (i % 20 === 19) process.stderr.write(`${i + 1} of ${items.length} read\n`);
    }
    const { id, version } = encoders.reader.info;
    return evalReport('ocr', `${id}-${version}`, options, started, { sources: ocrFigures(read), skipped, unreadable });
  } finally {
    await worker.close();
    await encoders.close();
  }
}
