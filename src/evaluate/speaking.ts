import { z } from 'zod';
import { resample } from '../ingest/resample.ts';
import type { Speaker, Transcriber } from '../ports/encoders.ts';
import { characterErrors, errorInterval, errorRate, wordErrors, type Errors } from './heard-words.ts';

/** What is spoken: a line's transcript, or its prompt. */
export const SpeakingLine = z
  .object({
    id: z.string(),
    transcript: z.string().optional(),
    prompt: z.string().optional(),
    source: z.string().default('unknown'),
  })
  .transform(({ id, transcript, prompt, source }) => ({ id, source, text: transcript ?? prompt ?? '' }));
export type SpeakingLine = z.infer<typeof SpeakingLine>;

/** A line with words to say. */
export const isSpeakingLine = (line: Record<string, unknown>): boolean =>
  ['transcript', 'prompt'].some((key) => /\p{L}/u.test(String(line[key] ?? '')));

export interface SpokenLine {
  readonly line: SpeakingLine;
  readonly heard: string;
  readonly words: Errors;
  readonly characters: Errors;
  readonly audioSeconds: number;
  readonly speakingSeconds: number;
}

const HEARING_RATE = 16_000;

/** Speaks a line and lets the transcriber hear it. */
export async function speakLine(line: SpeakingLine, speaker: Speaker, transcriber: Transcriber): Promise<SpokenLine> {
  const started = performance.now();
  const { samples, sampleRate } = await speaker.speak(line.text);
  const speakingSeconds = (performance.now() - started) / 1000;
  const spans = await transcriber.transcribe(resample(samples, sampleRate, HEARING_RATE));
  const heard = spans.map(({ text }) => text).join(' ');
  return {
    line,
    heard,
    words: wordErrors(line.text, heard),
    characters: characterErrors(line.text, heard),
    audioSeconds: samples.length / sampleRate,
    speakingSeconds,
  };
}

/** Figures by source in the shape of `sensegraph eval speaking --json`. */
export function speakingFigures(spoken: readonly SpokenLine[]): Record<string, Record<string, unknown>> {
  const sources: Record<string, Record<string, unknown>> = {};
  for (const [source, own] of [...Map.groupBy(spoken, ({ line }) => line.source)].toSorted()) {
    const words = own.map((one) => one.words);
    const audio = own.reduce((sum, { audioSeconds }) => sum + audioSeconds, 0);
    const speaking = own.reduce((sum, { speakingSeconds }) => sum + speakingSeconds, 0);
    sources[source] = {
      n: own.length,
      words: words.reduce((sum, { of }) => sum + of, 0),
      wer: errorRate(words),
      wer_95: errorInterval(words),
      cer: errorRate(own.map((one) => one.characters)),
      real_time_factor: Number((speaking / audio).toFixed(3)),
    };
  }
  return sources;
}
