/** Any number of `shared` works at once, or one `exclusive` alone: it waits for those under way, new ones wait for it. */
export class SharedLock {
  #open = 0;
  #exclusive: Promise<unknown> | undefined;
  #emptied: (() => void) | undefined;

  async shared<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exclusive) await this.#exclusive;
    this.#open += 1;
    try {
      return await work();
    } finally {
      this.#open -= 1;
      if (this.#open === 0) this.#emptied?.();
    }
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exclusive) await this.#exclusive;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#exclusive = promise;
    try {
      if (this.#open > 0) await new Promise<void>((emptied) => (this.#emptied = emptied));
      return await work();
    } finally {
      this.#emptied = undefined;
      this.#exclusive = undefined;
      resolve();
    }
  }
}
