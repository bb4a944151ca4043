import { defineCommand } from 'citty';
import { cropImage } from '../encode/crops.ts';
import { SensegraphError } from '../errors.ts';
import {
  CAPTION_TASKS,
  captionFigures,
  CaptionLine,
  templateCaption,
  type CaptionedLine,
} from '../evaluate/caption.ts';
import { shuffle } from '../evaluate/figures.ts';
import type { Captioner, Encoders, PerceivedImage, RgbImage } from '../ports/encoders.ts';
import {
  locateLines,
  pictureEval,
  pictureOptions,
  readPicture,
  tellProgress,
  withCaptioner,
  type Located,
  type PictureEval,
} from './eval-pictures.ts';
import { evalReport } from './eval-report.ts';

export const caption = defineCommand({
  meta: { name: 'caption', description: 'Captions of pictures beside people’s own and a template of labels' },
  args: {
    ...pictureOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of pictures {id, file, captions, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateCaption(pictureEval(args, rawArgs));
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Captions every picture of the manifests and reports by source. BAD_INPUT without any. */
export async function evaluateCaption(options: PictureEval): Promise<{ sources: Record<string, unknown> }> {
  const started = performance.now();
  const { lines, skipped } = await locateLines(options, CaptionLine, (line) =>
    CAPTION_TASKS.includes(String(line['task'])),
  );
  if (lines.length === 0)
    throw new SensegraphError('BAD_INPUT', `The manifests hold no line of the task ${CAPTION_TASKS.join(', ')}.`);
  return withCaptioner(options.profile, async (encoders, captioner) => {
    const sources: Record<string, unknown> = {};
    let [done, unreadable] = [0, 0];
    for (const [source, own] of [...Map.groupBy(lines, ({ line }) => line.source)].toSorted()) {
      const seen: CaptionedLine[] = [];
      for await (const one of captionAll(shuffle(own, options.seed), encoders, captioner)) {
        if (one) seen.push(one);
        else unreadable++;
        tellProgress(++done, lines.length);
      }
      sources[source] = captionFigures(seen);
    }
    return evalReport('caption', captioner.info.id, options, started, { unreadable, sources, skipped });
  });
}

interface Open {
  readonly line: CaptionLine;
  readonly image: RgbImage;
  readonly measured: Omit<CaptionedLine, 'weighed'> & { readonly own: CaptionedLine['weighed']['own'] };
}

/** Each picture measured; its captions are weighed again under the next one, the last one's under the first. Null for one that can't be read. */
async function* captionAll(
  lines: readonly Located<CaptionLine>[],
  encoders: Encoders,
  captioner: Captioner,
): AsyncGenerator<CaptionedLine | null> {
  let first: Open | undefined;
  let before: Open | undefined;
  const close = async ({ line, measured: { own, ...rest } }: Open, image: RgbImage): Promise<CaptionedLine> => ({
    ...rest,
    weighed: { own, other: await captioner.weigh(image, line.captions) },
  });
  for (const { line, path } of lines) {
    const image = path === undefined ? null : await readPicture(path, line.id);
    if (!image) {
      yield null;
      continue;
    }
    const now = await open(line, image, encoders, captioner);
    if (before) yield await close(before, image);
    first ??= now;
    before = now;
  }
  if (!before || !first) return;
  // A single picture has no other to compare with.
  if (before === first) yield { ...before.measured, weighed: { own: before.measured.own, other: [] } };
  else yield await close(before, first.image);
}

async function open(line: CaptionLine, image: RgbImage, encoders: Encoders, captioner: Captioner): Promise<Open> {
  const started = performance.now();
  const crops = await encoders.image.classify(await cropImage(image));
  const found = (await encoders.detector?.detect(image)) ?? { things: [], scores: new Float32Array() };
  const seen: PerceivedImage = { image, crops, found };
  const written = await (captioner.captionSeen?.(seen) ?? captioner.caption(image));
  const milliseconds = performance.now() - started;
  const template = templateCaption(seen, encoders.image.labels);
  const own = await captioner.weigh(image, line.captions);
  return { line, image, measured: { line, written, template, milliseconds, own } };
}
