import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Application } from '../application.ts';
import { SensegraphError } from '../errors.ts';
import { assetId } from '../ingest/decode.ts';
import { MOST_ITEMS } from '../ingest/intake.ts';

export const Passage = z.object({ id: z.string(), title: z.string().optional(), text: z.string().min(1) });
export type Passage = z.infer<typeof Passage>;

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
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let ingested = 0;
  for (let i = 0; i < passages.length; i += MOST_ITEMS) {
    const items = passages
      .slice(i, i + MOST_ITEMS)
      .map(({ title, text }) => ({ text, ...(title === undefined ? {} : { title }) }));
    const { job, items: results } = await application.ingest(items);
    const refused = results.find((result) => result.userErrors.length > 0);
    if (refused)
      throw new SensegraphError(
        'BAD_INPUT',
        `Passage ${passages[i + refused.ordinal]?.id}: ${refused.userErrors[0]?.message}`,
      );
    if (!job) continue;
    for await (const state of application.jobProgress(job.id, new AbortController().signal))
      show(i + state.done + state.failed, seconds());
    const failed = (await application.jobItems(job.id)).find((item) => item.error);
    if (failed)
      throw new SensegraphError('INTERNAL', `Passage ${passages[i + failed.ordinal]?.id}: ${failed.error?.message}`);
    ingested += job.total;
  }
  return { ingested, seconds: ingested === 0 ? 0 : seconds() };
}
