import { z } from 'zod';
import type { TranscribedSpan, Transcriber } from '../ports/encoders.ts';
import { spokenWords } from './english-words.ts';
import { interval95, mean, percent, quantile } from './figures.ts';
import { align, editDistance } from './word-errors.ts';

export const SPEECH_TASKS = ['speech_transcription', 'spoken_digit'];

export const SpeechClip = z.object({
  id: z.string(),
  file: z.string(),
  transcript: z.string(),
  source: z.string().default('unknown'),
  /** When each word was said, where that is known. */
  words: z.array(z.object({ word: z.string(), start_s: z.number(), end_s: z.number().optional() })).optional(),
});
export type SpeechClip = z.infer<typeof SpeechClip>;

/** What was heard in one clip beside what is said in it. */
export interface TranscribedClip {
  readonly source: string;
  /** Words said, and words inserted, left out or changed. */
  readonly words: number;
  readonly wordErrors: number;
  readonly characters: number;
  readonly characterErrors: number;
  readonly audioSeconds: number;
  readonly wallSeconds: number;
  /** How far off the starts of the words are that were heard rightly and whose times are known, in seconds; + is late. */
  readonly startErrors: readonly number[];
}

/** Transcribes one clip: mono, 16 kHz. */
export async function transcribeClip(
  clip: SpeechClip,
  samples: Float32Array,
  transcriber: Transcriber,
): Promise<TranscribedClip> {
  const started = performance.now();
  const spans = await transcriber.transcribe(samples);
  const wallSeconds = (performance.now() - started) / 1000;
  const said = spokenWords(clip.transcript);
  const heard = spokenWords(spans.map(({ text }) => text).join(' '));
  const [saidText, heardText] = [[...said.join(' ')], [...heard.join(' ')]];
  return {
    source: clip.source,
    words: said.length,
    wordErrors: editDistance(said, heard),
    characters: saidText.length,
    characterErrors: editDistance(saidText, heardText),
    audioSeconds: samples.length / 16_000,
    wallSeconds,
    startErrors: clip.words ? startErrors(clip.words, spans) : [],
  };
}

/** Starts of words heard less starts of the same words as known. */
export function startErrors(known: NonNullable<SpeechClip['words']>, spans: readonly TranscribedSpan[]): number[] {
  const heard = spans.flatMap(({ words = [] }) => words);
  // Word by word, so that each keeps its time whatever the normaliser makes of it.
  const plain = (text: string) => spokenWords(text).join(' ');
  const [left, right] = [known.map(({ word }) => plain(word)), heard.map(({ text }) => plain(text))];
  return align(left, right).steps.flatMap(({ said, heard: j }) => {
    const [a, b] = [said === undefined ? undefined : known[said], j === undefined ? undefined : heard[j]];
    return a && b && left[said ?? -1] === right[j ?? -1] ? [b.startSeconds - a.start_s] : [];
  });
}

/** Figures by source in the shape of `sensegraph eval speech --json`. */
export function speechFigures(clips: readonly TranscribedClip[]): Record<string, Record<string, unknown>> {
  const sources: Record<string, Record<string, unknown>> = {};
  for (const [source, own] of [...Map.groupBy(clips, (clip) => clip.source)].toSorted()) {
    const sum = (of: (clip: TranscribedClip) => number) => own.reduce((total, clip) => total + of(clip), 0);
    const off = own.flatMap(({ startErrors }) => startErrors);
    const apart = off.map(Math.abs);
    sources[source] = {
      n: own.length,
      words: sum((clip) => clip.words),
      wer: percent(sum((clip) => clip.wordErrors) / (sum((clip) => clip.words) || 1)),
      cer: percent(sum((clip) => clip.characterErrors) / (sum((clip) => clip.characters) || 1)),
      exact: percent(mean(own.map((clip) => (clip.wordErrors === 0 ? 1 : 0)))),
      exact_95: interval95(own.map((clip) => (clip.wordErrors === 0 ? 1 : 0))),
      real_time_factor: Number((sum((clip) => clip.wallSeconds) / (sum((clip) => clip.audioSeconds) || 1)).toFixed(3)),
      ...(off.length === 0
        ? {}
        : {
            timing_n: off.length,
            timing_error_ms: milliseconds(mean(apart)),
            timing_error_ms_p50: milliseconds(quantile(apart, 0.5)),
            timing_error_ms_p95: milliseconds(quantile(apart, 0.95)),
            timing_bias_ms: milliseconds(mean(off)),
          }),
    };
  }
  return sources;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 10_000) / 10;
}
