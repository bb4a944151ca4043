import { Worker, type Transferable } from 'node:worker_threads';
import { asSensegraphError, SensegraphError, type ErrorCode } from '../../errors.ts';

export type ModelKind = 'text' | 'image' | 'reader' | 'transcriber';

/** What a model's thread is started with. */
export interface ModelStart {
  readonly kind: ModelKind;
  readonly folder: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  readonly threads: number;
}

/** A model inside its thread. `run` may be called again while an earlier call waits; `cancel` drops what is left of a call. */
export interface Model {
  readonly device: string;
  run(id: number, payload: unknown): Promise<unknown>;
  cancel?(id: number): void;
}

export type ToWorker = { readonly id: number; readonly payload: unknown } | { readonly cancel: number };
export type FromWorker =
  | { readonly ready: string }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string };

/**
 * One model in a thread of its own (onnxruntime's run() blocks its thread), started at the first call. A thread that
 * dies rejects the calls in hand and is started again by the next one.
 */
export class ModelWorker {
  readonly #start: () => Promise<ModelStart>;
  #worker: Promise<Worker> | undefined;
  #calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  #next = 1;
  #device = 'not loaded';

  constructor(start: () => Promise<ModelStart>) {
    this.#start = start;
  }

  /** Execution provider in use. */
  get device(): string {
    return this.#device;
  }

  async call<T>(
    payload: unknown,
    options: { readonly transfer?: readonly Transferable[]; readonly signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    options.signal?.throwIfAborted();
    const worker = await (this.#worker ??= this.#open());
    const id = this.#next++;
    const cancel = () => {
      worker.postMessage({ cancel: id } satisfies ToWorker);
      this.#settle(id)?.reject(
        new SensegraphError('CANCELLED', 'The request was cancelled.', { cause: options.signal?.reason }),
      );
    };
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#calls.set(id, { resolve: resolve as (value: unknown) => void, reject });
        options.signal?.addEventListener('abort', cancel, { once: true });
        worker.ref();
        worker.postMessage({ id, payload } satisfies ToWorker, [...(options.transfer ?? [])]);
      });
    } finally {
      options.signal?.removeEventListener('abort', cancel);
      if (this.#calls.size === 0) worker.unref();
    }
  }

  async close(): Promise<void> {
    const worker = await this.#worker?.catch(() => undefined);
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #open(): Promise<Worker> {
    try {
      const start = await this.#start();
      const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
      const worker = new Worker(new URL(file, import.meta.url), { workerData: start });
      await new Promise<void>((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (message: FromWorker) => {
          worker.off('error', reject);
          if ('ready' in message) {
            this.#device = message.ready;
            resolve();
          } else if ('code' in message) reject(new SensegraphError(message.code, message.message));
        });
      });
      worker.on('message', (message: FromWorker) => this.#receive(message));
      const lost = (cause: unknown) => {
        this.#worker = undefined;
        const error = new SensegraphError(
          'INTERNAL',
          `The ${start.kind} model's thread ended. The next request starts it again.`,
          { cause },
        );
        for (const id of this.#calls.keys()) this.#settle(id)?.reject(error);
      };
      worker.on('error', lost).on('exit', (code) => lost(new Error(`exit code ${code}`)));
      return worker;
    } catch (error) {
      this.#worker = undefined;
      throw asSensegraphError(error);
    }
  }

  #receive(message: FromWorker): void {
    if (!('id' in message)) return;
    const call = this.#settle(message.id);
    if ('result' in message) call?.resolve(message.result);
    else call?.reject(new SensegraphError(message.code, message.message));
  }

  #settle(id: number) {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }
}
