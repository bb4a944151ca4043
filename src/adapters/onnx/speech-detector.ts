import type { SpeechDetector } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import { SPEECH_FRAME, type SpeechDetectorRequest } from './speech-detector-model.ts';
import { findStretches } from './speech-stretches.ts';
import { RATE } from './speech.ts';

const MODEL: ModelName = { id: 'silero-vad', version: '6.2.3', licence: 'MIT' };

/** Silero VAD of the pack, see its card. */
export function openSpeechDetector(pack: ModelPack): SpeechDetector {
  const { worker, info } = pack.model('speechDetector', MODEL);
  return {
    info,
    async detectSpeech(samples, signal) {
      if (samples.length === 0) return [];
      const request: SpeechDetectorRequest = { samples };
      const probabilities = await worker.call<Float32Array>(request, { signal });
      return findStretches(probabilities, SPEECH_FRAME / RATE, samples.length / RATE);
    },
  };
}
