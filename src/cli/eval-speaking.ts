import { defineCommand } from 'citty';
import { SensegraphError } from '../errors.ts';
import { shuffle } from '../evaluate/figures.ts';
import { readManifest } from '../evaluate/manifest.ts';
import { isSpeakingLine, SpeakingLine, speakingFigures, speakLine, type SpokenLine } from '../evaluate/speaking.ts';
import { openEvalEncoders, profileOption } from './eval-encoders.ts';
import { repeated, wholeNumber } from './eval-options.ts';
import { evalReport } from './eval-report.ts';
import { dataOptions } from './options.ts';

export const speaking = defineCommand({
  meta: { name: 'speaking', description: 'Spoken texts: what the transcriber hears of them again' },
  args: {
    ...dataOptions,
    manifest: {
      type: 'string',
      description: 'JSONL of lines {id, transcript | prompt, source}; may be repeated',
      required: true,
      valueHint: 'FILE',
    },
    limit: { type: 'string', description: 'Speak only this many lines', valueHint: 'N' },
    seed: { type: 'string', description: 'Which ones, with --limit', default: '0', valueHint: 'N' },
    heard: { type: 'boolean', description: 'Show on standard error what was heard otherwise' },
    ...profileOption,
  },
  async run({ args, rawArgs }) {
    const report = await evaluateSpeaking({
      manifests: repeated('manifest', rawArgs),
      limit: args.limit === undefined ? undefined : wholeNumber('--limit', args.limit),
      seed: wholeNumber('--seed', args.seed),
      profile: args.profile,
      showHeard: args.heard === true,
    });
    console.log(args.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  },
});

/** Speaks every line of the manifests, hears it again and reports by source. BAD_INPUT without any line. */
export async function evaluateSpeaking(options: {
  readonly manifests: readonly string[];
  readonly limit: number | undefined;
  readonly seed: number;
  readonly profile?: string | undefined;
  readonly showHeard?: boolean;
}): Promise<object> {
  const started = performance.now();
  const skipped = new Map<string, string>();
  let lines: SpeakingLine[] = [];
  for (const path of options.manifests) {
    const manifest = await readManifest(path, SpeakingLine, isSpeakingLine);
    for (const [source, count] of manifest.skipped) skipped.set(source, `${count} lines without words to say`);
    lines.push(...manifest.lines);
  }
  if (options.limit !== undefined) lines = shuffle(lines, options.seed).slice(0, options.limit);
  if (lines.length === 0)
    throw new SensegraphError('BAD_INPUT', 'The manifests hold no line with a transcript or a prompt to speak.');
  const encoders = await openEvalEncoders(options.profile);
  try {
    const { speaker, transcriber } = encoders;
    if (!speaker) throw new SensegraphError('MODEL_MISSING', 'This profile speaks no texts.');
    // Loading is no speaking.
    await speaker.speak('One.');
    const spoken: SpokenLine[] = [];
    for (const line of lines) {
      const one = await speakLine(line, speaker, transcriber);
      spoken.push(one);
      if (options.showHeard && one.words.errors > 0) process.stderr.write(`${line.text}\n  ${one.heard}\n`);
      if (spoken.length % 10 === 0) process.stderr.write(`${spoken.length} of ${lines.length} lines spoken\n`);
    }
    const settings = { heard_by: transcriber.info.id };
    const sources = speakingFigures(spoken);
    return evalReport('speaking', speaker.info.id, options, started, { sources, skipped, settings });
  } finally {
    await encoders.close();
  }
}
