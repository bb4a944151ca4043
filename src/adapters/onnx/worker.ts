import { workerData } from 'node:worker_threads';
import { openImageModel } from './image-model.ts';
import type { Model, ModelKind, ModelStart } from './model-worker.ts';
import { openReaderModel } from './reader-model.ts';
import { openSoundModel } from './sound-model.ts';
import { openTextModel } from './text-model.ts';
import { openTranscriberModel } from './transcriber-model.ts';
import { serveModel } from './serve-model.ts';

const OPEN: Record<ModelKind, (start: ModelStart) => Promise<Model>> = {
  text: openTextModel,
  image: openImageModel,
  reader: openReaderModel,
  transcriber: openTranscriberModel,
  sound: openSoundModel,
};

const start = workerData as ModelStart;
await serveModel(() => OPEN[start.kind](start));
