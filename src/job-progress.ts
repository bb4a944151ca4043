import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from './domain.ts';
import { SensegraphError } from './errors.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Events } from './ports/stores.ts';

/** A job of which nothing was heard for this long is looked at. */
const LOOK_AGAIN_MS = 5000;

/** The job as it is, then at each change until it ends. NOT_FOUND. */
export async function* jobProgress(
  id: string,
  { ledger, events }: { readonly ledger: Pick<Ledger, 'job'>; readonly events: Events },
  signal: AbortSignal,
): AsyncIterable<Job> {
  const ended = (job: Job) => job.state === 'COMPLETED' || job.state === 'CANCELLED';
  const stop = new AbortController();
  const stream = events.subscribe(AbortSignal.any([signal, stop.signal]))[Symbol.asyncIterator]();
  try {
    // Listening begins before the look-up, so that no change falls between the two.
    let coming = stream.next();
    const now = await ledger.job(id);
    if (!now) throw new SensegraphError('NOT_FOUND', `There is no job ${id}.`);
    yield now;
    if (ended(now)) return;
    for (let last = now; ;) {
      const waiting = new AbortController();
      const silence = sleep(LOOK_AGAIN_MS, 'silence' as const, { signal: waiting.signal });
      const next = await Promise.race([coming, silence]).finally(() => waiting.abort());
      if (next === 'silence') {
        // An event is lost when the process that would tell of it dies, or is cut off, in that moment.
        const job = await ledger.job(id).catch(() => last);
        if (!job || (job.done === last.done && job.failed === last.failed && job.state === last.state)) continue;
        yield (last = job);
      } else {
        if (next.done) return;
        coming = stream.next();
        if (next.value.job.id !== id) continue;
        yield (last = next.value.job);
      }
      if (ended(last)) return;
    }
  } finally {
    stop.abort();
  }
}
