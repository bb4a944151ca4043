import { availableParallelism } from 'node:os';
import { env } from '@huggingface/transformers';
import { SensegraphError } from '../../errors.ts';
import type { HubFolder } from './folder.ts';
import type { TextSettings } from './text-settings.ts';

/** What the thread of a model from the hub is started with. */
export interface HubStart extends HubFolder {
  /** Named in messages. */
  readonly kind: string;
  readonly device: 'auto' | 'cpu' | 'cuda';
  readonly threads: number;
  /** Of a text model. */
  readonly text?: TextSettings;
  /** Of a transcriber of many languages, e.g. `en`. */
  readonly language: string;
}

/** Options that every `from_pretrained` takes here. */
export interface LoadOptions {
  readonly dtype: HubFolder['dtypes'];
  readonly device: 'cpu' | 'cuda';
  readonly session_options: object;
}

/** transformers.js reads the models' folder and nothing else: what must be fetched was fetched before. */
export function useLocalFiles(root: string): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  env.localModelPath = root;
}

/**
 * Loads on the device asked for; `auto` tries CUDA and falls back to the CPU. Throws BAD_INPUT where CUDA is asked for
 * and can't be had, MODEL_CORRUPT with the folder where the files are no such model.
 */
export async function loadOnDevice<T>(
  start: HubStart,
  load: (options: LoadOptions) => Promise<T>,
): Promise<{ readonly loaded: T; readonly device: string }> {
  const on = (device: 'cpu' | 'cuda') =>
    load({
      dtype: start.dtypes,
      device,
      session_options: {
        intraOpNumThreads: start.threads || availableParallelism(),
        interOpNumThreads: 1,
        extra: { session: { intra_op: { allow_spinning: '0' } } },
        logSeverityLevel: 3,
      },
    });
  if (start.device !== 'cpu') {
    try {
      return { loaded: await on('cuda'), device: 'cuda' };
    } catch (cause) {
      if (start.device === 'cuda')
        throw new SensegraphError(
          'BAD_INPUT',
          `CUDA can’t be used for ${start.name}: ${String(cause)}. Set SENSEGRAPH_DEVICE to cpu or auto, or install the ` +
            'CUDA build of onnxruntime-node.',
          { cause },
        );
    }
  }
  try {
    return { loaded: await on('cpu'), device: 'cpu' };
  } catch (cause) {
    throw damaged(start, String(cause), cause);
  }
}

/** MODEL_CORRUPT with the model's folder. */
export function damaged(start: Pick<HubStart, 'path'>, why: string, cause?: unknown): SensegraphError {
  return new SensegraphError('MODEL_CORRUPT', `The model in ${start.path} can't be used: ${why}. Get it again.`, {
    cause,
  });
}

/** Rows [n × dimension] of a model's output, each at unit norm. */
export function unitRows(start: HubStart, data: Float32Array, n: number, dimension: number): Float32Array[] {
  if (data.length !== n * dimension)
    throw damaged(start, `it gives ${data.length / n} numbers a vector where its config.json says ${dimension}`);
  return Array.from({ length: n }, (_, i) => unit(data.slice(i * dimension, (i + 1) * dimension)));
}

export function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const norm = Math.sqrt(sum) || 1;
  return vector.map((value) => value / norm);
}
