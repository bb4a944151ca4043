import { defineCommand } from 'citty';
import { WordNet } from '../adapters/wordnet/wordnet.ts';
import type { Box } from '../domain.ts';
import { groundPhrases, lookForPhrases } from '../encode/ground.ts';
import { SensegraphError } from '../errors.ts';
import { shuffle } from '../evaluate/figures.ts';
import {
  GROUNDING_TASKS,
  groundingFigures,
  GroundingLine,
  trueBoxes,
  type GroundedThing,
} from '../evaluate/grounding.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { mediaPath } from '../evaluate/media-path.ts';
import type { Encoders, RgbImage } from '../ports/encoders.ts';
import { openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { readPicture } from './eval-pictures.ts';
import { evalReport } from './eval-report.ts';
import { dataOptions } from './options.ts';

/** Side of the box in the middle that covers half of a picture. */
const HALF = Math.SQRT1_2;
const HALVES = ['all', 'even', 'odd'] as const;

export const grounding = defineCommand({
  meta: { name: 'grounding', description: 'Boxes for the names of things, beside detector, map and centre alone' },
  args: {
    ...dataOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of pictures {id, file, objects: [{category, bbox}], source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    half: {
      type: 'enum',
      description: 'Only every other picture that has boxes, counted from 0',
      options: [...HALVES],
      default: 'all',
    },
    limit: { type: 'string', description: 'See only this many pictures', valueHint: 'N' },
    seed: { type: 'string', description: 'Which ones, with --limit', default: '0', valueHint: 'N' },
    ...profileOption,
  },
  async run({ args, rawArgs }) {
    const report = await evaluateGrounding({
      manifests: repeated('manifest', rawArgs),
      half: HALVES.find((half) => half === args.half) ?? 'all',
      limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
      seed: wholeNumber('--seed', args.seed),
      profile: args.profile,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

interface BoxedPicture {
  readonly line: GroundingLine;
  readonly path: string;
}

/** What each way says of every thing of the source, in every picture. */
type Said = Record<'model' | 'detector' | 'map' | 'centre', GroundedThing[]>;

/** Looks for every thing that the manifests name in every picture, and reports by source. BAD_INPUT without any box. */
export async function evaluateGrounding(options: {
  readonly manifests: readonly string[];
  readonly half: (typeof HALVES)[number];
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile?: string | undefined;
}): Promise<{ sources: Record<string, unknown> }> {
  const started = performance.now();
  const skipped = new Map<string, string>();
  let pictures: BoxedPicture[] = [];
  for (const path of options.manifests) {
    const manifest = await readManifest(path, GroundingLine, (line) => GROUNDING_TASKS.includes(String(line['task'])));
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines of another task`);
    const boxed = manifest.lines.filter((line) => trueBoxes(line).size > 0);
    const bare = Map.groupBy(
      manifest.lines.filter((line) => !boxed.includes(line)),
      ({ source }) => source,
    );
    for (const [source, lines] of bare) skipped.set(source, `${lines.length} pictures without boxes`);
    pictures.push(...boxed.map((line) => ({ line, path: mediaPath(path, line.file) })));
  }
  if (options.half !== 'all') pictures = pictures.filter((_, i) => i % 2 === (options.half === 'even' ? 0 : 1));
  if (options.limit !== undefined) pictures = shuffle(pictures, options.seed).slice(0, options.limit);
  if (pictures.length === 0) throw new SensegraphError('BAD_INPUT', 'The manifests hold no picture with boxes.');
  const encoders = await openEvalEncoders(options.profile);
  try {
    const lexicon = new WordNet();
    const sources: Record<string, unknown> = {};
    let unreadable = 0;
    for (const [source, own] of [...Map.groupBy(pictures, ({ line }) => line.source)].toSorted()) {
      const names = [...new Set(own.flatMap(({ line }) => [...trueBoxes(line).keys()]))].toSorted();
      const said: Said = { model: [], detector: [], map: [], centre: [] };
      let read = 0;
      for (const { line, path } of own) {
        const image = await readPicture(path, line.id);
        if (!image) {
          unreadable++;
          continue;
        }
        await sayWhere(line, image, names, { encoders, lexicon }, said);
        read++;
      }
      const { model, ...baselines } = said;
      sources[source] = {
        n: model.filter(({ truth }) => truth.length > 0).length,
        pictures: read,
        ...groundingFigures(model),
        baseline: Object.fromEntries(Object.entries(baselines).map(([way, some]) => [way, groundingFigures(some)])),
      };
    }
    const model = [encoders.detector, encoders.imageText].flatMap((one) => one?.info.id ?? []).join('+');
    const { half } = options;
    return evalReport('grounding', model, options, started, { sources, skipped, unreadable, settings: { half } });
  } finally {
    await encoders.close();
  }
}

/** Detector alone: its surest box of that very name in the whole picture, as ingest sees it. Map alone: the region that fits the name most, always. */
async function sayWhere(
  line: GroundingLine,
  image: RgbImage,
  names: readonly string[],
  { encoders, lexicon }: { encoders: Encoders; lexicon: WordNet },
  said: Said,
): Promise<void> {
  const truth = trueBoxes(line);
  const seen = await lookForPhrases(image, encoders);
  const model = await groundPhrases(seen, names, encoders, lexicon);
  const map = (await encoders.imageText?.place?.(seen, names)) ?? [];
  const things = (await encoders.detector?.detect(image))?.things ?? [];
  const [width, height] = [image.width * HALF, image.height * HALF];
  const centre: Box = { x: (image.width - width) / 2, y: (image.height - height) / 2, width, height };
  for (const [i, name] of names.entries()) {
    const there = truth.get(name) ?? [];
    said.model.push({ box: model[i]?.box ?? null, truth: there });
    said.detector.push({ box: things.find(({ label }) => label.label === name)?.box ?? null, truth: there });
    said.map.push({ box: map[i]?.box ?? null, truth: there });
    said.centre.push({ box: centre, truth: there });
  }
}
