import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { VoiceClip, voiceFigures, type VoicedClip } from '../evaluate/voice.ts';
import type { Encoders, VoiceEncoder } from '../ports/encoders.ts';
import { clipOptions, clipsOptions, evaluateClips, type ClipsOptions } from './eval-clips.ts';

export const voice = defineCommand({
  meta: { name: 'voice', description: 'Who speaks: equal-error rate over pairs of clips' },
  args: {
    ...clipOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of clips {id, file, speaker, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateVoice(clipsOptions(args, rawArgs));
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Compares the voices of all clips of the manifests and reports. BAD_INPUT without any clip. */
export function evaluateVoice(options: ClipsOptions): Promise<object> {
  return evaluateClips<VoiceClip, VoicedClip>(options, {
    name: 'voice',
    shape: VoiceClip,
    wants: (line) => typeof line['speaker'] === 'string',
    wanted: 'a speaker',
    model: (encoders) => voiceOf(encoders).info.id,
    hear: async (clip, samples) => ({ clip, samples }),
    figures: (clips, encoders) => voiceFigures(clips, voiceOf(encoders), options.seed),
  });
}

function voiceOf({ voice }: Encoders): VoiceEncoder {
  if (!voice) throw new SensegraphError('MODEL_MISSING', 'This profile tells no voices. Use --profile embedded.');
  return voice;
}
