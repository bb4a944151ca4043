import { SensegraphError } from '../../errors.ts';

interface Waiter {
  readonly size: number;
  readonly enter: () => void;
}

/**
 * Bounds what is under way at a model. Who finds no room waits, first come, first served; when too many wait already,
 * OVERLOADED says so at once, so that a flood is refused instead of filling the memory.
 */
export class Gate {
  readonly #capacity: number;
  readonly #mostWaiting: number;
  readonly #waiting: Waiter[] = [];
  #used = 0;

  constructor(capacity: number, mostWaiting: number) {
    this.#capacity = capacity;
    this.#mostWaiting = mostWaiting;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs `work` once there is room for `size`; one larger than the whole goes alone. OVERLOADED, CANCELLED. */
  async within<T>(size: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.#enter(size, signal);
    try {
      return await work();
    } finally {
      this.#used -= size;
      this.#admit();
    }
  }

  async #enter(size: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw cancelled(signal);
    if (this.#waiting.length === 0 && this.#fits(size)) {
      this.#used += size;
      return;
    }
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new SensegraphError(
        'OVERLOADED',
        `${this.#waiting.length} requests wait for this model already. Try again in a few seconds.`,
      );
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(cancelled(signal));
        // The next may fit where this one did not.
        this.#admit();
      };
      const waiter: Waiter = {
        size,
        enter: () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
    });
  }

  #fits(size: number): boolean {
    return this.#used === 0 || this.#used + size <= this.#capacity;
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#fits(next.size); next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#used += next.size;
      next.enter();
    }
  }
}

/** Work over a list, at most `limit` at a time; nothing more is begun after the first failure. Results in the list's order. */
export async function mapAtMost<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const coming = items.entries();
  let failed = false;
  const run = async () => {
    for (const [i, item] of coming) {
      if (failed) return;
      try {
        results[i] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
  return results;
}

export function cancelled(signal: AbortSignal | undefined): SensegraphError {
  return new SensegraphError('CANCELLED', 'The request was cancelled.', { cause: signal?.reason });
}
