import type { Logger } from 'pino';
import type { ModelInfo } from '../../ports/encoders.ts';
import { requireModel } from './lock.ts';
import { ModelPool, shareCores } from './model-pool.ts';
import { ModelWorker, type ModelKind } from './model-worker.ts';

export interface PackOptions {
  readonly modelsDir: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  /** Of one session; 0 = the cores are shared out among the sessions. */
  readonly threads: number;
  readonly log: Logger;
  /** Folder of the text model; the default one's without. */
  readonly textModel?: string | undefined;
}

/** What a model is called; its id is its folder in the pack. */
export interface ModelName {
  readonly id: string;
  readonly version: string;
  readonly licence: string;
}

export interface PoolOptions {
  /** Several sessions where the cores allow it: for models whose calls are short and many. */
  readonly shared?: boolean;
  /** Sizes under way at once for each session (see ModelPool.call). */
  readonly capacity?: number;
  /** What the model's thread is told besides, e.g. a text model's pooling. */
  readonly settings?: unknown;
}

/** The model pack: opens each model at its first use in threads of its own, and ends them all. */
export class ModelPack {
  readonly modelsDir: string;
  readonly #options: PackOptions;
  readonly #pools: ModelPool[] = [];

  constructor(options: PackOptions) {
    this.modelsDir = options.modelsDir;
    this.#options = options;
  }

  /** A model's workers, what it tells of itself, and the threads of each session (0: as many as there are cores). */
  model(
    kind: ModelKind,
    name: ModelName,
    { shared = false, capacity = 64, settings }: PoolOptions = {},
  ): { readonly worker: ModelPool; readonly info: ModelInfo; readonly threads: number } {
    const { modelsDir, device, log } = this.#options;
    const { sessions, threads } = shared
      ? shareCores(this.#options.threads, device)
      : { sessions: 1, threads: this.#options.threads };
    const workers = Array.from(
      { length: sessions },
      () =>
        new ModelWorker(async () => {
          const folder = await requireModel(modelsDir, name.id);
          log.debug({ model: name.id, threads }, 'loading a model');
          return { kind, folder, device, threads, settings };
        }),
    );
    const worker = new ModelPool(workers, capacity * sessions);
    this.#pools.push(worker);
    const info: ModelInfo = {
      ...name,
      get device() {
        return worker.device;
      },
    };
    return { worker, info, threads };
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((one) => one.close()));
  }
}
