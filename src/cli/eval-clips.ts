import type { z } from 'zod';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../errors.ts';
import { shuffle } from '../evaluate/figures.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { mediaPath } from '../evaluate/media-path.ts';
import { readRecording } from '../evaluate/recording.ts';
import type { Encoders } from '../ports/encoders.ts';
import { openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { evalReport } from './eval-report.ts';
import { dataOptions } from './options.ts';

/** What is the clip's own fault: it is left out and counted. */
const UNREADABLE: readonly ErrorCode[] = ['BAD_INPUT', 'CORRUPT', 'TOO_LONG', 'UNSUPPORTED_TYPE'];

/** Options of an evaluation that listens to recordings. */
export const clipOptions = {
  ...dataOptions,
  limit: { type: 'string', description: 'Hear only this many clips', valueHint: 'N' },
  seed: { type: 'string', description: 'Which ones, and every other choice by chance', default: '0', valueHint: 'N' },
  ...profileOption,
} as const;

export interface ClipsOptions {
  readonly manifests: readonly string[];
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile?: string | undefined;
}

/** The options as given on the command line. BAD_INPUT. */
export function clipsOptions(
  args: { readonly limit?: string | undefined; readonly seed: string; readonly profile?: string | undefined },
  rawArgs: readonly string[],
): ClipsOptions {
  return {
    manifests: repeated('manifest', rawArgs),
    limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
    seed: wholeNumber('--seed', args.seed),
    profile: args.profile,
  };
}

/** What an evaluation does with clips of a kind. */
export interface ClipsEvaluation<Clip, Result> {
  readonly name: string;
  readonly shape: z.ZodType<Clip>;
  /** Which lines of a manifest it takes, and how that is said in a message. */
  readonly wants: (line: Record<string, unknown>) => boolean;
  readonly wanted: string;
  /** Model that the report names. MODEL_MISSING where the profile has none. */
  readonly model: (encoders: Encoders) => string;
  /** `samples`: mono, 16 kHz. */
  readonly hear: (clip: Clip, samples: Float32Array, encoders: Encoders) => Promise<Result>;
  readonly figures: (results: readonly Result[], encoders: Encoders) => Promise<object> | object;
}

/** Hears every clip of the manifests and reports in the one shape of all evaluations. BAD_INPUT without any clip. */
export async function evaluateClips<Clip extends { readonly id: string; readonly file: string }, Result>(
  options: ClipsOptions,
  evaluation: ClipsEvaluation<Clip, Result>,
): Promise<object> {
  const started = performance.now();
  const skipped = new Map<string, string>();
  let clips: { readonly clip: Clip; readonly path: string }[] = [];
  for (const path of options.manifests) {
    const manifest = await readManifest(path, evaluation.shape, evaluation.wants);
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines without ${evaluation.wanted}`);
    clips.push(...manifest.lines.map((clip) => ({ clip, path: mediaPath(path, clip.file) })));
  }
  if (options.limit !== undefined) clips = shuffle(clips, options.seed).slice(0, options.limit);
  if (clips.length === 0)
    throw new SensegraphError('BAD_INPUT', `The manifests hold no line with ${evaluation.wanted}.`);
  const encoders = await openEvalEncoders(options.profile);
  try {
    const model = evaluation.model(encoders);
    const results: Result[] = [];
    let unreadable = 0;
    for (const [i, { clip, path }] of clips.entries()) {
      try {
        results.push(await evaluation.hear(clip, await readRecording(path), encoders));
      } catch (error) {
        const { code, message } = asSensegraphError(error);
        if (!UNREADABLE.includes(code)) throw error;
        process.stderr.write(`${clip.id} is left out: ${message}\n`);
        unreadable++;
      }
      if ((i + 1) % 50 === 0) process.stderr.write(`${i + 1} of ${clips.length} clips heard\n`);
    }
    const sources = { ...(await evaluation.figures(results, encoders)) };
    return evalReport(evaluation.name, model, options, started, { sources, skipped, unreadable });
  } finally {
    await encoders.close();
  }
}
