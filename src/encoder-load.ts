import { availableParallelism } from 'node:os';

/** How much this process has given its encoders to do at once: whoever would bring them more looks here first. */
export class EncoderLoad {
  readonly #most: number;
  #open = 0;

  /** `most`: works side by side that keep the encoders busy. Default: as many as there are cores. */
  constructor(most: number = availableParallelism()) {
    this.#most = most;
  }

  /** Works in the encoders, or waiting for them. */
  get open(): number {
    return this.#open;
  }

  /** Whether more would only wait. */
  get isFull(): boolean {
    return this.#open >= this.#most;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#open += 1;
    try {
      return await work();
    } finally {
      this.#open -= 1;
    }
  }
}
