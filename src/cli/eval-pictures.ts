import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../errors.ts';
import { shuffle } from '../evaluate/figures.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { mediaPath } from '../evaluate/media-path.ts';
import { decodeImage } from '../ingest/decode-image.ts';
import type { Captioner, Encoders, RgbImage } from '../ports/encoders.ts';
import { openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { dataOptions } from './options.ts';

/** Options of an eval over pictures. */
export const pictureOptions = {
  ...dataOptions,
  limit: { type: 'string', description: 'See only this many lines', valueHint: 'N' },
  seed: { type: 'string', description: 'Which ones, with --limit', default: '0', valueHint: 'N' },
  ...profileOption,
} as const;

export interface PictureEval {
  readonly manifests: readonly string[];
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile: string | undefined;
}

/** The options as given. BAD_INPUT names the one at fault. */
export function pictureEval(
  args: { readonly limit?: string | undefined; readonly seed: string; readonly profile?: string | undefined },
  rawArgs: readonly string[],
): PictureEval {
  return {
    manifests: repeated('manifest', rawArgs),
    limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
    seed: wholeNumber('--seed', args.seed),
    profile: args.profile,
  };
}

/** A line with where its picture lies; none for a line without one. */
export interface Located<T> {
  readonly line: T;
  readonly path: string | undefined;
}

/** Lines of all manifests that `wants` takes, in a seeded order with a limit, and how many of each source were passed over. */
export async function locateLines<T extends z.ZodType<{ readonly file?: string | undefined }>>(
  { manifests, limit, seed }: PictureEval,
  shape: T,
  wants?: (line: Record<string, unknown>) => boolean,
): Promise<{ lines: Located<z.infer<T>>[]; skipped: Map<string, string> }> {
  const skipped = new Map<string, string>();
  const lines: Located<z.infer<T>>[] = [];
  for (const manifest of manifests) {
    const read = await readManifest(manifest, shape, wants);
    for (const [source, count] of read.skipped) skipped.set(source, `${count} lines of another task`);
    for (const line of read.lines)
      lines.push({ line, path: line.file === undefined ? undefined : mediaPath(manifest, line.file) });
  }
  return { lines: limit === undefined ? lines : shuffle(lines, seed).slice(0, limit), skipped };
}

/** What is the picture's own fault: it is left out and counted. */
const UNREADABLE: readonly ErrorCode[] = ['BAD_INPUT', 'CORRUPT', 'TOO_MANY_PIXELS', 'UNSUPPORTED_TYPE'];

/** The picture; null, and told on standard error, where it can't be read. */
export async function readPicture(path: string, id: string): Promise<RgbImage | null> {
  try {
    return (await decodeImage(await readFile(path), { maxPixels: 50_000_000 })).image;
  } catch (error) {
    const { code, message } = asSensegraphError(error);
    if (!UNREADABLE.includes(code)) throw error;
    process.stderr.write(`${id} is left out: ${message}\n`);
    return null;
  }
}

/** Runs `work` with the encoders of the profile and its captioner, and closes them. BAD_INPUT for a profile without one. */
export async function withCaptioner<T>(
  profile: string | undefined,
  work: (encoders: Encoders, captioner: Captioner) => Promise<T>,
): Promise<T> {
  const encoders = await openEvalEncoders(profile);
  try {
    if (!encoders.captioner)
      throw new SensegraphError(
        'BAD_INPUT',
        'No model of this profile looks at pictures: set SENSEGRAPH_CAPTIONER_MODEL.',
      );
    return await work(encoders, encoders.captioner);
  } finally {
    await encoders.close();
  }
}

/** Tells on standard error how far it is, now and then. */
export function tellProgress(done: number, total: number): void {
  if (done % 20 === 0 && done > 0) process.stderr.write(`${done} of ${total} lines\n`);
}
