import { workerData } from 'node:worker_threads';
import { openDetectorModel } from './detector-model.ts';
import { openLookingModel } from './generate/looking-model.ts';
import { openImageModel } from './image-model.ts';
import { openImageTextModel } from './image-text-model.ts';
import type { Model, ModelKind, ModelStart } from './model-worker.ts';
import { openReaderModel } from './reader-model.ts';
import { openSoundModel } from './sound-model.ts';
import { openSpanReaderModel } from './span-reader-model.ts';
import { openSpeakerModel } from './speaker-model.ts';
import { openSpeechDetectorModel } from './speech-detector-model.ts';
import { openTextModel } from './text-model.ts';
import { openTranscriberModel } from './transcriber-model.ts';
import { openVoiceModel } from './voice-model.ts';
import { serveModel } from './serve-model.ts';

const OPEN: Record<ModelKind, (start: ModelStart) => Promise<Model>> = {
  text: openTextModel,
  image: openImageModel,
  reader: openReaderModel,
  transcriber: openTranscriberModel,
  speechDetector: openSpeechDetectorModel,
  voice: openVoiceModel,
  sound: openSoundModel,
  detector: openDetectorModel,
  imageText: openImageTextModel,
  speaker: openSpeakerModel,
  looking: openLookingModel,
  spanReader: openSpanReaderModel,
};

const start = workerData as ModelStart;
await serveModel(() => OPEN[start.kind](start));
