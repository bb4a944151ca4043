import { defineCommand } from 'citty';
import { SPEECH_TASKS, SpeechClip, speechFigures, transcribeClip } from '../evaluate/speech.ts';
import { clipOptions, clipsOptions, evaluateClips, type ClipsOptions } from './eval-clips.ts';

export const speech = defineCommand({
  meta: { name: 'speech', description: 'Transcripts: word and character error rate, speed, times of words' },
  args: {
    ...clipOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of clips {id, file, transcript, source, words?: [{word, start_s}]}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateSpeech(clipsOptions(args, rawArgs));
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Transcribes every clip of the manifests and reports. BAD_INPUT without any clip. */
export function evaluateSpeech(options: ClipsOptions): Promise<object> {
  return evaluateClips(options, {
    name: 'speech',
    shape: SpeechClip,
    wants: (line) => SPEECH_TASKS.includes(String(line['task'])),
    wanted: `the task ${SPEECH_TASKS.join(' or ')}`,
    model: ({ transcriber }) => transcriber.info.id,
    hear: (clip, samples, { transcriber }) => transcribeClip(clip, samples, transcriber),
    figures: speechFigures,
  });
}
