import { defineCommand } from 'citty';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../errors.ts';
import {
  AUDIO_TASKS,
  AudioClip,
  audioFigures,
  earOf,
  hearClip,
  TeacherLine,
  type HeardClip,
} from '../evaluate/audio.ts';
import { shuffle } from '../evaluate/figures.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { mediaPath } from '../evaluate/media-path.ts';
import { openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { dataOptions } from './options.ts';

/** What is the clip's own fault: it is left out and counted. */
const UNREADABLE: readonly ErrorCode[] = ['BAD_INPUT', 'CORRUPT', 'TOO_LONG', 'UNSUPPORTED_TYPE'];

export const audio = defineCommand({
  meta: { name: 'audio', description: 'Sounds: linear probe, nearest neighbours, agreement with a teacher' },
  args: {
    ...dataOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of clips {id, file, label, fold, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    teacher: {
      type: 'string',
      description: 'JSONL of {id, top5}: what a teacher hears in the same clips',
      valueHint: 'FILE',
    },
    limit: { type: 'string', description: 'Hear only this many clips', valueHint: 'N' },
    seed: { type: 'string', description: 'Which ones, and the folds where lines have none', default: '0' },
    ...profileOption,
  },
  async run({ args, rawArgs }) {
    const report = await evaluateAudio({
      manifests: repeated('manifest', rawArgs),
      teacher: args.teacher,
      limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
      seed: wholeNumber('--seed', args.seed),
      profile: args.profile,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Hears every clip of the manifests and reports. BAD_INPUT without any clip. */
export async function evaluateAudio(options: {
  readonly manifests: readonly string[];
  readonly teacher: string | undefined;
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile?: string | undefined;
}): Promise<object> {
  const started = performance.now();
  const skipped = new Map<string, string>();
  let clips: { readonly clip: AudioClip; readonly path: string }[] = [];
  for (const path of options.manifests) {
    const manifest = await readManifest(path, AudioClip, (line) => AUDIO_TASKS.includes(String(line['task'])));
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines of another task`);
    clips.push(...manifest.lines.map((clip) => ({ clip, path: mediaPath(path, clip.file) })));
  }
  if (options.limit !== undefined) clips = shuffle(clips, options.seed).slice(0, options.limit);
  if (clips.length === 0)
    throw new SensegraphError('BAD_INPUT', `The manifests hold no line of the task ${AUDIO_TASKS.join(', ')}.`);
  const teacher = options.teacher === undefined ? [] : (await readManifest(options.teacher, TeacherLine)).lines;
  const encoders = await openEvalEncoders(options.profile);
  try {
    const ear = earOf(encoders);
    const heard: HeardClip[] = [];
    let unreadable = 0;
    for (const { clip, path } of clips) {
      try {
        heard.push(await hearClip(clip, path, ear));
      } catch (error) {
        const { code, message } = asSensegraphError(error);
        if (!UNREADABLE.includes(code)) throw error;
        process.stderr.write(`${clip.id} is left out: ${message}\n`);
        unreadable++;
      }
      if (heard.length % 50 === 0) process.stderr.write(`${heard.length} of ${clips.length} clips heard\n`);
    }
    return {
      eval: 'audio',
      model: ear.model,
      seed: options.seed,
      wall_s: Number(((performance.now() - started) / 1000).toFixed(1)),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
      ...(unreadable > 0 ? { unreadable } : {}),
      sources: {
        ...audioFigures(heard, new Map(teacher.map(({ id, top5 }) => [id, top5])), options.seed),
        ...Object.fromEntries([...skipped].map(([source, why]) => [`${source} (skipped)`, { skipped: why }])),
      },
    };
  } finally {
    await encoders.close();
  }
}
