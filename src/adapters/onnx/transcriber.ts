import type { ModelInfo, SpeechDetector, TranscribedSpan, Transcriber } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import { RATE } from './speech.ts';
import type { TranscriberRequest } from './transcriber-model.ts';

const MODEL: ModelName = { id: 'whisper-tiny.en', version: 'q8-0.2.0', licence: 'MIT' };

/** A transcriber's thread and what it tells of itself. */
export interface OpenedTranscriber {
  readonly info: ModelInfo;
  readonly worker: { call<T>(payload: unknown, options: { readonly signal?: AbortSignal | undefined }): Promise<T> };
}

/** Whisper of the pack. */
export function openTranscriber(pack: ModelPack, detector: SpeechDetector): Transcriber {
  return transcriberOf(pack.model('transcriber', MODEL), detector);
}

/** A transcriber that hears only where `detector` finds speech: elsewhere it would invent some. Without one it hears all. */
export function transcriberOf({ worker, info }: OpenedTranscriber, detector: SpeechDetector | undefined): Transcriber {
  return {
    info,
    async transcribe(samples, signal) {
      const whole = { startSeconds: 0, endSeconds: samples.length / RATE };
      const stretches = detector ? await detector.detectSpeech(samples, signal) : [whole];
      const request: TranscriberRequest = { samples, stretches };
      return worker.call<TranscribedSpan[]>(request, { signal });
    },
  };
}
