import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { SensegraphError } from '../../errors.ts';
import type { ModelStart } from './model-worker.ts';

/**
 * An ONNX session of a file of the model's folder; `auto` tries CUDA and falls back to the CPU.
 * Throws BAD_INPUT where CUDA is asked for and can't be had.
 */
export async function openSession(
  start: ModelStart,
  file: string,
): Promise<{ session: InferenceSession; device: string }> {
  const path = join(start.folder, file);
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: start.threads || availableParallelism(),
    interOpNumThreads: 1,
    // Spinning wins 10 % alone and loses half where other threads want the cores, as they do during an ingest.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  };
  if (start.device !== 'cpu') {
    try {
      return {
        session: await InferenceSession.create(path, { ...options, executionProviders: ['cuda'] }),
        device: 'cuda',
      };
    } catch (error) {
      if (start.device === 'cuda') {
        throw new SensegraphError(
          'BAD_INPUT',
          'CUDA can’t be used here. Set SENSEGRAPH_DEVICE to cpu or auto, or install the CUDA build of onnxruntime-node.',
          { cause: error },
        );
      }
    }
  }
  return { session: await InferenceSession.create(path, { ...options, executionProviders: ['cpu'] }), device: 'cpu' };
}
