import { defineCommand } from 'citty';
import { cropImage } from '../encode/crops.ts';
import { imageTextVector, labelWordsQuery, labelWordsVector } from '../encode/image-text.ts';
import { SensegraphError } from '../errors.ts';
import { shuffle } from '../evaluate/figures.ts';
import {
  IMAGE_TEXT_TASKS,
  imageTextFigures,
  ImageLine,
  textsOf,
  type SeenLine,
  type TextVectors,
} from '../evaluate/image-text.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { mediaPath } from '../evaluate/media-path.ts';
import type { Encoders, RgbImage } from '../ports/encoders.ts';
import { openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { readPicture } from './eval-pictures.ts';
import { evalReport } from './eval-report.ts';
import { dataOptions } from './options.ts';

export const imageText = defineCommand({
  meta: { name: 'image-text', description: 'Pictures by words and words by pictures, beside ConSE and chance' },
  args: {
    ...dataOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of pictures {id, file, captions | alt | label, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    limit: { type: 'string', description: 'See only this many pictures', valueHint: 'N' },
    seed: { type: 'string', description: 'Which ones, with --limit', default: '0', valueHint: 'N' },
    ...profileOption,
  },
  async run({ args, rawArgs }) {
    const report = await evaluateImageText({
      manifests: repeated('manifest', rawArgs),
      limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
      seed: wholeNumber('--seed', args.seed),
      profile: args.profile,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Sees every picture of the manifests and reports by source. BAD_INPUT without any picture. */
export async function evaluateImageText(options: {
  readonly manifests: readonly string[];
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile?: string | undefined;
}): Promise<{ sources: Record<string, unknown> }> {
  const started = performance.now();
  const skipped = new Map<string, string>();
  let lines: { readonly line: ImageLine; readonly path: string }[] = [];
  for (const path of options.manifests) {
    const manifest = await readManifest(path, ImageLine, (line) => IMAGE_TEXT_TASKS.includes(String(line['task'])));
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines of another task`);
    lines.push(...manifest.lines.map((line) => ({ line, path: mediaPath(path, line.file) })));
  }
  if (options.limit !== undefined) lines = shuffle(lines, options.seed).slice(0, options.limit);
  if (lines.length === 0)
    throw new SensegraphError('BAD_INPUT', `The manifests hold no line of the tasks ${IMAGE_TEXT_TASKS.join(', ')}.`);
  const encoders = await openEvalEncoders(options.profile);
  try {
    const seen: SeenLine[] = [];
    let unreadable = 0;
    for (const { line, path } of lines) {
      const image = await readPicture(path, line.id);
      if (image) seen.push(await see(line, image, encoders));
      else unreadable++;
      if (seen.length % 50 === 0) process.stderr.write(`${seen.length} of ${lines.length} pictures seen\n`);
    }
    const texts = await embedTexts([...new Set(seen.flatMap((one) => one.texts))], encoders);
    const bySource = [...Map.groupBy(seen, ({ line }) => line.source)].toSorted();
    const model = encoders.imageText?.space.name;
    const sources = Object.fromEntries(bySource.map(([source, own]) => [source, imageTextFigures(own, texts)]));
    return evalReport('image-text', model, options, started, { sources, skipped, unreadable });
  } finally {
    await encoders.close();
  }
}

async function see(line: ImageLine, image: RgbImage, encoders: Encoders): Promise<SeenLine> {
  const crops = await encoders.image.classify(await cropImage(image));
  const found = await encoders.detector?.detect(image);
  const model = await imageTextVector({ image, crops, found }, encoders);
  return { line, texts: textsOf(line), vectors: { model, conse: await labelWordsVector(crops, encoders) } };
}

async function embedTexts(texts: readonly string[], encoders: Encoders): Promise<TextVectors> {
  const byModel = (await encoders.imageText?.embedTexts(texts)) ?? [];
  const embedded = await encoders.text.embed(
    texts.map((text) => ({ text })),
    'passage',
  );
  const conse = await Promise.all(embedded.map(({ vector }) => labelWordsQuery(vector, encoders)));
  const mapped = (vectors: readonly Float32Array[]) =>
    new Map(texts.map((text, i) => [text, vectors[i] ?? new Float32Array()]));
  return { model: mapped(byModel), conse: mapped(conse) };
}
