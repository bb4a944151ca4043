import { parentPort, workerData } from 'node:worker_threads';
import { asSensegraphError, SensegraphError } from '../../errors.ts';
import { openImageModel } from './image-model.ts';
import type { FromWorker, Model, ModelKind, ModelStart, ToWorker } from './model-worker.ts';
import { openReaderModel } from './reader-model.ts';
import { openSoundModel } from './sound-model.ts';
import { openTextModel } from './text-model.ts';
import { openTranscriberModel } from './transcriber-model.ts';

const OPEN: Record<ModelKind, (start: ModelStart) => Promise<Model>> = {
  text: openTextModel,
  image: openImageModel,
  reader: openReaderModel,
  transcriber: openTranscriberModel,
  sound: openSoundModel,
};

const post = (message: FromWorker): void => parentPort?.postMessage(message);

try {
  const start = workerData as ModelStart;
  const model = await OPEN[start.kind](start);
  parentPort?.on('message', (message: ToWorker) => {
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
