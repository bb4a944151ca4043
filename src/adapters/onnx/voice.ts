import type { SpeechDetector, SpeechStretch, VoiceEncoder } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import { RATE } from './speech.ts';
import { VOICE_WIDTH, type VoiceRequest } from './voice-model.ts';

const MODEL: ModelName = { id: 'voice-ge2e', version: '1.0.0', licence: 'Apache-2.0' };
/** Less speech tells too little of who speaks: with single digits of half a second one pair in six is taken wrongly. */
const LEAST_SECONDS = 1.6;

/** Resemblyzer's voice encoder of the pack, see its card; pauses are left out as `detector` finds them. */
export function openVoice(pack: ModelPack, detector: SpeechDetector): VoiceEncoder {
  const { worker, info } = pack.model('voice', MODEL);
  return {
    info,
    space: { name: MODEL.id, model: MODEL.id, version: MODEL.version, dimension: VOICE_WIDTH },
    async embedVoice(samples, signal, leastSeconds = LEAST_SECONDS) {
      if (samples.length === 0 || samples.length < leastSeconds * RATE) return null;
      const stretches = await detector.detectSpeech(samples, signal);
      const speech = stretches.length === 0 && leastSeconds === 0 ? samples : spokenOf(samples, stretches);
      if (speech.length < leastSeconds * RATE) return null;
      return worker.call<Float32Array>({ samples: speech } satisfies VoiceRequest, { signal });
    },
  };
}

/** The stretches end to end. */
function spokenOf(samples: Float32Array, stretches: readonly SpeechStretch[]): Float32Array {
  const parts = stretches.map(({ startSeconds, endSeconds }) =>
    samples.subarray(Math.round(startSeconds * RATE), Math.round(endSeconds * RATE)),
  );
  const speech = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    speech.set(part, at);
    at += part.length;
  }
  return speech;
}
