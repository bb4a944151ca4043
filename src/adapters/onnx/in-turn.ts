import { setImmediate } from 'node:timers/promises';
import { SensegraphError } from '../../errors.ts';
import type { Model } from './model-worker.ts';

/**
 * Lets messages in (run() blocks its thread) and other calls take their turn; ends the call with CANCELLED when it is
 * no longer wanted.
 */
export type Pause = () => Promise<void>;

/**
 * For models that work step by step on one call (a transcriber window by window): calls take turns from pause to pause,
 * so that a short recording does not wait for the end of a long one. A cancelled call is not begun, or ends at its next
 * pause.
 */
export function inTurn<Request, Reply>(
  work: (request: Request, pause: Pause) => Promise<Reply>,
): Required<Pick<Model, 'run' | 'cancel'>> {
  const open = new Set<number>();
  const waiting: (() => void)[] = [];
  let busy = false;

  async function take(id: number): Promise<void> {
    if (busy) await new Promise<void>((resume) => waiting.push(resume));
    busy = true;
    await setImmediate();
    if (!open.has(id)) throw new SensegraphError('CANCELLED', 'The request was cancelled.');
  }
  function give(): void {
    const next = waiting.shift();
    // Stays busy for the next one, so that no newcomer slips in before it.
    if (next) next();
    else busy = false;
  }

  return {
    async run(id, payload) {
      open.add(id);
      try {
        await take(id);
        return await work(payload as Request, () => {
          give();
          return take(id);
        });
      } finally {
        give();
        open.delete(id);
      }
    },
    cancel(id) {
      open.delete(id);
    },
  };
}
