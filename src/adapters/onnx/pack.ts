import type { Logger } from 'pino';
import type { ModelInfo } from '../../ports/encoders.ts';
import { requireModel } from './lock.ts';
import { ModelWorker, type ModelKind } from './model-worker.ts';

export interface PackOptions {
  readonly modelsDir: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  /** 0 = as many as there are cores. */
  readonly threads: number;
  readonly log: Logger;
}

/** What a model is called; its id is its folder in the pack. */
export interface ModelName {
  readonly id: string;
  readonly version: string;
  readonly licence: string;
}

/** The model pack: opens each model at its first use in a thread of its own, and ends them all. */
export class ModelPack {
  readonly modelsDir: string;
  readonly #options: PackOptions;
  readonly #workers: ModelWorker[] = [];

  constructor(options: PackOptions) {
    this.modelsDir = options.modelsDir;
    this.#options = options;
  }

  /** A model's thread and what it tells of itself. */
  model(kind: ModelKind, name: ModelName): { readonly worker: ModelWorker; readonly info: ModelInfo } {
    const { modelsDir, device, threads, log } = this.#options;
    const worker = new ModelWorker(async () => {
      const folder = await requireModel(modelsDir, name.id);
      log.debug({ model: name.id }, 'loading a model');
      return { kind, folder, device, threads };
    });
    this.#workers.push(worker);
    const info: ModelInfo = {
      ...name,
      get device() {
        return worker.device;
      },
    };
    return { worker, info };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((one) => one.close()));
  }
}
