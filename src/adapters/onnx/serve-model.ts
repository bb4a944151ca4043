import { parentPort } from 'node:worker_threads';
import { asSensegraphError, SensegraphError } from '../../errors.ts';
import type { FromWorker, Model, ToWorker } from './model-worker.ts';

const post = (message: FromWorker): void => parentPort?.postMessage(message);

/** A model's thread: opens the model, tells that it is ready, then answers calls until the thread is ended. */
export async function serveModel(open: () => Promise<Model>): Promise<void> {
  try {
    const model = await open();
    parentPort?.on('message', (message: ToWorker) => {
      // In a worker thread this ends the thread alone.
      if ('end' in message) return process.exit(0);
      if ('cancel' in message) return model.cancel?.(message.cancel);
      const { id, payload } = message;
      model.run(id, payload).then(
        (result) => post({ id, result }),
        (error: unknown) => {
          const { code, message: text } = asSensegraphError(error);
          post({ id, code, message: text });
        },
      );
    });
    post({ ready: model.device });
  } catch (error) {
    const { code, message } =
      error instanceof SensegraphError ? error : new SensegraphError('MODEL_CORRUPT', String(error));
    post({ id: 0, code, message: `The model can't be loaded: ${message}` });
  }
}
