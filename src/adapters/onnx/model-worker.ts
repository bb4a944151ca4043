import { once } from 'node:events';
import { Worker, type Transferable } from 'node:worker_threads';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../../errors.ts';
import { cancelled } from './gate.ts';

export type ModelKind =
  | 'text'
  | 'image'
  | 'reader'
  | 'transcriber'
  | 'speechDetector'
  | 'voice'
  | 'sound'
  | 'detector'
  | 'imageText'
  | 'speaker'
  | 'looking'
  | 'spanReader';

/** What a model's thread is started with. */
export interface ModelStart {
  readonly kind: ModelKind;
  readonly folder: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  readonly threads: number;
  /** See PoolOptions. */
  readonly settings?: unknown;
}

export type ToWorker =
  | { readonly id: number; readonly payload: unknown }
  | { readonly cancel: number }
  /** Ends the thread once it comes out of native code. */
  | { readonly end: true };
export type FromWorker =
  | { readonly ready: string }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string };

/** A model inside its thread. `run` may be called again while an earlier call waits; `cancel` drops what is left of a call. */
export interface Model {
  readonly device: string;
  run(id: number, payload: unknown): Promise<unknown>;
  cancel?(id: number): void;
}

interface Call {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A started thread and the calls it has in hand. */
interface Running {
  readonly worker: Worker;
  readonly calls: Map<number, Call>;
}

/** The threads' entry file, in source or in dist. */
const WORKER_FILE = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * One model in a thread of its own (onnxruntime's run() blocks its thread), started at the first call. A thread that
 * dies rejects the calls in hand and is started again by the next one.
 */
export class ModelWorker {
  readonly #start: () => Promise<{ readonly kind: string }>;
  readonly #file: URL;
  #running: Promise<Running> | undefined;
  #next = 1;
  #device = 'not loaded';

  constructor(start: () => Promise<{ readonly kind: string }>, file: URL = WORKER_FILE) {
    this.#start = start;
    this.#file = file;
  }

  /** Execution provider in use. */
  get device(): string {
    return this.#device;
  }

  /** Rejects with CANCELLED once `signal` aborts, with what the model throws, and with INTERNAL when the thread dies. */
  async call<T>(
    payload: unknown,
    options: { readonly transfer?: readonly Transferable[]; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    const { signal } = options;
    if (signal?.aborted) throw cancelled(signal);
    const { worker, calls } = await (this.#running ??= this.#open());
    const id = this.#next++;
    let cancel = () => {};
    try {
      return await new Promise<T>((resolve, reject) => {
        // The signal may have fired while the model was loading.
        if (signal?.aborted) return reject(cancelled(signal));
        cancel = () => {
          worker.postMessage({ cancel: id } satisfies ToWorker);
          reject(cancelled(signal));
        };
        signal?.addEventListener('abort', cancel, { once: true });
        calls.set(id, { resolve: resolve as (value: unknown) => void, reject });
        worker.ref();
        worker.postMessage({ id, payload } satisfies ToWorker, [...(options.transfer ?? [])]);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      calls.delete(id);
      if (calls.size === 0) worker.unref();
    }
  }

  /** Ends the thread between two steps: stopped in the midst of native code, it would take the process with it. */
  async close(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    if (!running) return;
    const exit = once(running.worker, 'exit');
    running.worker.ref();
    running.worker.postMessage({ end: true } satisfies ToWorker);
    await exit;
  }

  #open(): Promise<Running> {
    const opening = this.#load();
    const forget = () => {
      if (this.#running === opening) this.#running = undefined;
    };
    opening.then(({ worker }) => worker.once('exit', forget), forget);
    return opening;
  }

  async #load(): Promise<Running> {
    const start = await this.#start();
    const worker = new Worker(this.#file, { workerData: start });
    const calls = new Map<number, Call>();
    let failure: unknown;
    worker.on('error', (error) => (failure = error));
    await new Promise<void>((resolve, reject) => {
      worker.once('exit', (code) => {
        const error = new SensegraphError(
          'INTERNAL',
          `The ${start.kind} model's thread ended. The next request starts it again.`,
          { cause: failure ?? new Error(`exit code ${code}`) },
        );
        reject(error);
        for (const call of calls.values()) call.reject(error);
        calls.clear();
      });
      worker.once('message', (message: FromWorker) => {
        if ('ready' in message) {
          this.#device = message.ready;
          resolve();
        } else {
          reject('code' in message ? new SensegraphError(message.code, message.message) : new Error('no greeting'));
          void worker.terminate();
        }
      });
    }).catch((error: unknown) => {
      throw asSensegraphError(error);
    });
    worker.on('message', (message: FromWorker) => {
      if (!('id' in message)) return;
      const call = calls.get(message.id);
      if ('result' in message) call?.resolve(message.result);
      else call?.reject(new SensegraphError(message.code, message.message));
    });
    return { worker, calls };
  }
}
