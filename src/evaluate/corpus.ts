import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import type { Application, IngestInput } from '../application.ts';
import { SensegraphError } from '../errors.ts';
import { assetId } from '../ingest/decode.ts';
import { MOST_ITEMS } from '../ingest/intake.ts';
import { readManifest } from './manifest.ts';
import { mediaPath } from './media-path.ts';

export const Passage = z.object({ id: z.string(), title: z.string().optional(), text: z.string().min(1) });
export type Passage = z.infer<typeof Passage>;

/** A figure of a book: its picture stands beside the passages; its caption, or what is said for who can't see it, is one of them. */
const Figure = z
  .object({
    id: z.string(),
    file: z.string(),
    caption: z.string().optional(),
    alt: z.string().optional(),
    module_title: z.string().optional(),
  })
  .transform(({ id, file, caption, alt, module_title: title }) => ({ id, file, text: caption || alt || '', title }));

/** Passages of a JSONL file, and the pictures of those that are captions, by path. */
export async function readCorpus(path: string): Promise<{ passages: Passage[]; pictures: string[] }> {
  const isFigure = (line: Record<string, unknown>) => 'file' in line && !('text' in line);
  const figures = (await readManifest(path, Figure, isFigure)).lines;
  const { lines } = await readManifest(path, Passage, (line) => !isFigure(line));
  return {
    passages: [
      ...lines,
      ...figures
        .filter(({ text }) => text.trim() !== '')
        .map(({ id, text, title }) => ({ id, text, ...(title === undefined ? {} : { title }) })),
    ],
    pictures: figures.map(({ file }) => mediaPath(path, file)),
  };
}

/** Asset id → ids of the passages with that text (equal texts are one asset). */
export type PassageIds = ReadonlyMap<string, readonly string[]>;

/** Ids of passages by the asset that their text becomes. */
export function passageIds(passages: readonly Passage[]): PassageIds {
  const ids = new Map<string, string[]>();
  for (const passage of passages) {
    const id = assetId(createHash('sha256').update(passage.text).digest('hex'));
    ids.set(id, [...(ids.get(id) ?? []), passage.id]);
  }
  return ids;
}

/** Ingests passages the way a user does, and waits for it. `seconds` is 0 for what was known already. */
export async function ingestPassages(
  application: Application,
  passages: readonly Passage[],
  show: (done: number, seconds: number) => void,
): Promise<{ ingested: number; seconds: number }> {
  return ingestAll(
    application,
    passages.map(({ id, title, text }) => ({ id, input: { text, ...(title === undefined ? {} : { title }) } })),
    show,
  );
}

/** The same with pictures, by path. */
export async function ingestPictures(
  application: Application,
  paths: readonly string[],
  show: (done: number, seconds: number) => void,
): Promise<void> {
  const started = performance.now();
  for (let i = 0; i < paths.length; i += PICTURES_AT_ONCE) {
    const own = paths.slice(i, i + PICTURES_AT_ONCE);
    const items = await Promise.all(
      own.map(async (path) => ({ id: path, input: { bytes: await readFile(path), fileName: basename(path) } })),
    );
    await ingestAll(application, items, (done) => show(i + done, (performance.now() - started) / 1000));
  }
}

/** Pictures held in memory at once. */
const PICTURES_AT_ONCE = 20;

async function ingestAll(
  application: Application,
  all: readonly { readonly id: string; readonly input: IngestInput }[],
  show: (done: number, seconds: number) => void,
): Promise<{ ingested: number; seconds: number }> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let ingested = 0;
  for (let i = 0; i < all.length; i += MOST_ITEMS) {
    const items = all.slice(i, i + MOST_ITEMS).map(({ input }) => input);
    const { job, items: results } = await application.ingest(items);
    const refused = results.find((result) => result.userErrors.length > 0);
    if (refused)
      throw new SensegraphError('BAD_INPUT', `${all[i + refused.ordinal]?.id}: ${refused.userErrors[0]?.message}`);
    if (!job) continue;
    for await (const state of application.jobProgress(job.id, new AbortController().signal))
      show(i + state.done + state.failed, seconds());
    const failed = (await application.jobItems(job.id)).find((item) => item.error);
    if (failed) throw new SensegraphError('INTERNAL', `${all[i + failed.ordinal]?.id}: ${failed.error?.message}`);
    ingested += job.total;
  }
  return { ingested, seconds: ingested === 0 ? 0 : seconds() };
}
