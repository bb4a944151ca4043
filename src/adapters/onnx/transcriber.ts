import type { TranscribedSpan, Transcriber } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import type { TranscriberRequest } from './transcriber-model.ts';

const MODEL: ModelName = { id: 'whisper-tiny.en', version: 'q8-0.1.0', licence: 'MIT' };

export function openTranscriber(pack: ModelPack): Transcriber {
  const { worker, info } = pack.model('transcriber', MODEL);
  return {
    info,
    transcribe: (samples, signal) =>
      worker.call<TranscribedSpan[]>({ samples } satisfies TranscriberRequest, { signal }),
  };
}
