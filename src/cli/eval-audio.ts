import { defineCommand } from 'citty';
import { AUDIO_TASKS, AudioClip, audioFigures, earOf, TeacherLine } from '../evaluate/audio.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { clipOptions, clipsOptions, evaluateClips, type ClipsOptions } from './eval-clips.ts';

export const audio = defineCommand({
  meta: { name: 'audio', description: 'Sounds: linear probe, nearest neighbours, agreement with a teacher' },
  args: {
    ...clipOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of clips {id, file, label, fold, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    teacher: {
      type: 'string',
      description: 'JSONL of {id, top5}: what a teacher hears in the same clips',
      valueHint: 'FILE',
    },
  },
  async run({ args, rawArgs }) {
    const report = await evaluateAudio({ ...clipsOptions(args, rawArgs), teacher: args.teacher });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Hears every clip of the manifests and reports. BAD_INPUT without any clip. */
export async function evaluateAudio(
  options: ClipsOptions & { readonly teacher?: string | undefined },
): Promise<object> {
  const teacher = options.teacher === undefined ? [] : (await readManifest(options.teacher, TeacherLine)).lines;
  const heard = new Map(teacher.map(({ id, top5 }) => [id, top5]));
  return evaluateClips(options, {
    name: 'audio',
    shape: AudioClip,
    wants: (line) => AUDIO_TASKS.includes(String(line['task'])),
    wanted: `the task ${AUDIO_TASKS.join(', ')}`,
    model: (encoders) => earOf(encoders).model,
    hear: async (clip, samples, encoders) => ({ clip, ...(await earOf(encoders).hear(samples)) }),
    figures: (results) => audioFigures(results, heard, options.seed),
  });
}
