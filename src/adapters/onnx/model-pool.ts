import { availableParallelism } from 'node:os';
import type { Transferable } from 'node:worker_threads';
import { Gate } from './gate.ts';
import type { ModelWorker } from './model-worker.ts';

export interface CallOptions {
  readonly transfer?: readonly Transferable[];
  readonly signal?: AbortSignal | undefined;
  /** Share of the pool's capacity that the call takes; default 1. */
  readonly size?: number;
  /** Does not wait for room that others hold. */
  readonly urgent?: boolean;
}

/** Urgent calls under way at once; questions are short, so that this many cost seconds. */
const MOST_URGENT = 256;
/** Calls that may wait for room, of either kind. */
const MOST_WAITING = 1024;

interface Member {
  readonly worker: ModelWorker;
  /** Size of the calls in hand. */
  load: number;
  started: boolean;
}

/** One model in one or several threads, each with its own session. A further thread starts when those there are busy. */
export class ModelPool {
  readonly #members: readonly Member[];
  readonly #urgent = new Gate(MOST_URGENT, MOST_WAITING);
  readonly #others: Gate;
  #callers = 0;

  /** `capacity`: sizes under way at once in the whole pool. */
  constructor(workers: readonly ModelWorker[], capacity: number) {
    this.#members = workers.map((worker) => ({ worker, load: 0, started: false }));
    this.#others = new Gate(capacity, MOST_WAITING);
  }

  /** Number for a caller whose calls share the model fairly with others' (see Batcher). */
  newCaller(): number {
    return this.#callers++;
  }

  get sessions(): number {
    return this.#members.length;
  }

  /** Execution provider in use. */
  get device(): string {
    return (this.#members.find(({ started }) => started) ?? this.#members[0])?.worker.device ?? 'not loaded';
  }

  /** Rejects with OVERLOADED when too many wait, CANCELLED once `signal` aborts, and with what the model throws. */
  call<T>(payload: unknown, options: CallOptions = {}): Promise<T> {
    const { size = 1, urgent = false, signal } = options;
    return (urgent ? this.#urgent : this.#others).within(size, signal, async () => {
      const member = this.#choose(urgent);
      member.load += size;
      member.started = true;
      try {
        return await member.worker.call<T>(payload, options);
      } finally {
        member.load -= size;
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ worker }) => worker.close()));
  }

  #choose(urgent: boolean): Member {
    const started = this.#members.filter((one) => one.started).toSorted((a, b) => a.load - b.load);
    const fresh = this.#members.find((one) => !one.started);
    const [least = fresh] = started;
    // A question would wait longer for a thread to load than for a busy one.
    const chosen = !urgent && fresh && least && least.load > 0 ? fresh : least;
    return chosen as Member;
  }
}

/**
 * Sessions and threads of each for a model that many callers share. A session's threads wait for each other at every
 * layer, sessions do not: on two cores two sessions of one thread embed more than one of two (see the card of the
 * model). More than four would cost memory for little.
 */
export function shareCores(
  threads: number,
  device: string,
  cores = availableParallelism(),
): { readonly sessions: number; readonly threads: number } {
  if (device !== 'cpu') return { sessions: 1, threads };
  const sessions = Math.min(4, Math.max(1, threads > 0 ? Math.floor(cores / threads) : cores));
  return { sessions, threads: threads || Math.max(1, Math.floor(cores / sessions)) };
}
