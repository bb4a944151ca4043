import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { asSensegraphError } from './errors.ts';

export interface Waiting {
  /** How long servers of databases are waited for that can't be reached or refuse, milliseconds. Default 0. */
  readonly waitMs?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

const TRY_AGAIN_MS = 1000;

/** Runs `open` again while it throws REMOTE_FAILED, and says why; throws the last reason when the time is over. */
export async function waitForStores<T>(
  open: () => Promise<T>,
  log: Logger | undefined,
  { waitMs = 0, signal }: Waiting,
): Promise<T> {
  const started = performance.now();
  for (;;) {
    try {
      return await open();
    } catch (error) {
      const { code, message } = asSensegraphError(error);
      const isOver = performance.now() - started > waitMs || signal?.aborted === true;
      if (code !== 'REMOTE_FAILED' || isOver) throw error;
      log?.warn({ reason: message }, 'Waiting for what can’t be reached.');
      await sleep(TRY_AGAIN_MS, undefined, signal ? { signal } : {}).catch(() => {}); // The next try is the last then.
    }
  }
}
