import { setImmediate } from 'node:timers/promises';
import { SensegraphError } from '../../errors.ts';

export interface BatcherOptions<Item, Result> {
  /** Most that one batch may hold: its number of items times the size of its largest (all are padded to that one). */
  readonly budget: number;
  /** Tokens, columns or pixels of an item; at least 1. */
  readonly sizeOf: (item: Item) => number;
  /**
   * Padding that an item may have in a batch. What is padded is computed for nothing, so it should cost no more than
   * what a further pass costs besides.
   */
  readonly padding: number;
  /** One pass of the model, results in the items' order. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
}

/** Whose items these are. */
export interface Claim {
  /** What `cancel` names. */
  readonly call: number;
  /** Who shares the model fairly with others; several calls may be of one caller. */
  readonly caller: number;
  /** Goes before everything that is not urgent. */
  readonly urgent?: boolean;
}

interface Waiting<Item, Result> extends Claim {
  readonly item: Item;
  readonly size: number;
  readonly done: (result: Result) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Items of all callers in one queue. A batch is made for the caller that has had the least of the model so far
 * (start-time fair queueing, Goyal et al. 1996) and filled with anybody's items of like size, so that many small calls
 * share a pass, little is padded, and who brings much delays only himself. Urgent items go first.
 */
export class Batcher<Item, Result> {
  readonly #options: BatcherOptions<Item, Result>;
  /** Longest first; [urgent, others]. */
  readonly #queues: readonly [Waiting<Item, Result>[], Waiting<Item, Result>[]] = [[], []];
  /** Caller → what it has had, on the common clock; forgotten when it has nothing waiting. */
  readonly #had = new Map<number, number>();
  #clock = 0;
  #running = false;

  constructor(options: BatcherOptions<Item, Result>) {
    this.#options = options;
  }

  /** Results in the items' order. Rejects with what the model throws, or CANCELLED. */
  add(claim: Claim, items: readonly Item[]): Promise<Result[]> {
    const queue = this.#queues[claim.urgent ? 0 : 1];
    const results = items.map(
      (item) =>
        new Promise<Result>((done, fail) =>
          insert(queue, { ...claim, item, size: this.#options.sizeOf(item), done, fail }),
        ),
    );
    if (!this.#had.has(claim.caller)) this.#had.set(claim.caller, this.#clock);
    void this.#drain();
    return Promise.all(results);
  }

  /** Takes what is left of a call out of the queue. */
  cancel(call: number): void {
    for (const queue of this.#queues) {
      for (let i = queue.length - 1; i >= 0; i--) {
        if (queue[i]?.call !== call) continue;
        queue.splice(i, 1)[0]?.fail(new SensegraphError('CANCELLED', 'The request was cancelled.'));
      }
    }
  }

  async #drain(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (;;) {
      // Lets messages in: the model's run() blocks this thread.
      await setImmediate();
      const queue = this.#queues.find((one) => one.length > 0);
      if (!queue) break;
      const batch = this.#take(queue);
      try {
        const results = await this.#options.run(batch.map(({ item }) => item));
        for (const [i, { done }] of batch.entries()) done(results[i] as Result);
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#had.clear();
    this.#running = false;
  }

  #take(queue: Waiting<Item, Result>[]): Waiting<Item, Result>[] {
    let leader = 0;
    for (const [i, one] of queue.entries()) {
      // The first of a caller is its longest.
      if (this.#hadBy(one) < this.#hadBy(queue[leader])) leader = i;
    }
    this.#clock = Math.max(this.#clock, this.#hadBy(queue[leader]));
    const { budget, padding } = this.#options;
    const size = queue[leader]?.size ?? 0;
    let start = leader;
    let end = leader + 1;
    const fits = (more: Waiting<Item, Result> | undefined, largest: number): boolean =>
      more !== undefined && largest - more.size <= padding && largest * (end - start + 1) <= budget;
    while (fits(queue[end], size)) end += 1;
    // Larger ones too, where the smallest then is not padded too much.
    while (start > 0 && fits(queue[end - 1], queue[start - 1]?.size ?? 0)) start -= 1;
    const batch = queue.splice(start, end - start);
    for (const one of batch) this.#had.set(one.caller, this.#hadBy(one) + one.size);
    return batch;
  }

  #hadBy(one: Claim | undefined): number {
    return this.#had.get(one?.caller ?? -1) ?? this.#clock;
  }
}

function insert<T extends { readonly size: number }>(queue: T[], item: T): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.size ?? 0) >= item.size) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, item);
}
