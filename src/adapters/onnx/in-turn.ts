import { setImmediate } from 'node:timers/promises';
import { SensegraphError } from '../../errors.ts';
import type { Model } from './model-worker.ts';

/** Lets messages in (run() blocks its thread) and ends the call with CANCELLED when it is no longer wanted. */
export type Pause = () => Promise<void>;

/**
 * Calls one after another, first come, first served. A cancelled call is not begun, or ends at its next pause, so that
 * nobody waits for work that nobody wants.
 */
export function inTurn<Request, Reply>(
  work: (request: Request, pause: Pause) => Promise<Reply>,
): Required<Pick<Model, 'run' | 'cancel'>> {
  const open = new Set<number>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(id, payload) {
      open.add(id);
      const pause = async () => {
        await setImmediate();
        if (!open.has(id)) throw new SensegraphError('CANCELLED', 'The request was cancelled.');
      };
      const result = last
        .catch(() => {})
        .then(pause)
        .then(() => work(payload as Request, pause))
        .finally(() => open.delete(id));
      last = result;
      return result;
    },
    cancel(id) {
      open.delete(id);
    },
  };
}
