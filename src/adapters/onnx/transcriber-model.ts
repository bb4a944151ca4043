import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { env, pipeline, type AutomaticSpeechRecognitionPipeline } from '@huggingface/transformers';
import type { TranscribedSpan } from '../../ports/encoders.ts';
import type { Model, ModelStart } from './model-worker.ts';

const RATE = 16_000;
/** Root mean square of the loudest half second, below which a recording counts as silent (−50 dB of full scale). */
const SILENCE = 0.003;
/** What Whisper says of noise and music instead of words. */
const NO_WORDS = /^[\s.…♪*\-–—]*$|^[([♪*].*[)\]♪*]$/;
/** What it says of sounds that are no speech, having learned it from subtitles. */
const HABITS = /^(you|thank you|thanks for watching|bye|okay|oh|so|the end|i'm sorry)[.!\s]*$/i;

export interface TranscriberRequest {
  readonly samples: Float32Array;
}

/** Whisper tiny.en by the pipeline of @huggingface/transformers, from local files alone. */
export async function openTranscriberModel(start: ModelStart): Promise<Model> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(start.folder);
  const recognise = (await pipeline('automatic-speech-recognition', basename(start.folder), {
    dtype: 'q8',
    device: start.device === 'cuda' ? 'cuda' : 'cpu',
    session_options: { intraOpNumThreads: start.threads || availableParallelism(), logSeverityLevel: 3 },
  })) as AutomaticSpeechRecognitionPipeline;
  let last: Promise<unknown> = Promise.resolve();
  const transcribe = async (samples: Float32Array): Promise<TranscribedSpan[]> => {
    if (loudest(samples) < SILENCE) return [];
    const { chunks } = (await recognise(samples, {
      return_timestamps: true,
      chunk_length_s: 30,
      stride_length_s: 5,
    })) as {
      chunks?: { timestamp: [number, number | null]; text: string }[];
    };
    return clean(chunks ?? [], samples.length / RATE);
  };
  return {
    device: start.device === 'cuda' ? 'cuda' : 'cpu',
    run(_, payload) {
      const result = last.catch(() => {}).then(() => transcribe((payload as TranscriberRequest).samples));
      last = result;
      return result;
    },
  };
}

/** Times within the recording and in order; no noise, no habits of the model, no loops. */
export function clean(
  chunks: readonly { timestamp: [number, number | null]; text: string }[],
  duration: number,
): TranscribedSpan[] {
  const spans: TranscribedSpan[] = [];
  let from = 0;
  for (const { timestamp, text: raw } of chunks) {
    const text = withoutLoops(raw.trim());
    const startSeconds = Math.min(Math.max(timestamp[0], from), duration);
    const endSeconds = Math.min(Math.max(timestamp[1] ?? duration, startSeconds), duration);
    if (endSeconds <= startSeconds || NO_WORDS.test(text)) continue;
    spans.push({ text, startSeconds, endSeconds, score: 1 });
    from = endSeconds;
  }
  return spans.length > 0 && spans.every((span) => HABITS.test(span.text)) ? [] : spans;
}

/** A phrase said three times or more in a row is the decoder in a loop: kept once. */
function withoutLoops(text: string): string {
  return text.replace(/\b(.{2,80}?)(?:[\s,.!?]+\1\b){2,}/gi, '$1');
}

function loudest(samples: Float32Array): number {
  const window = RATE / 2;
  let greatest = 0;
  for (let first = 0; first < samples.length; first += window) {
    let sum = 0;
    const end = Math.min(samples.length, first + window);
    for (let i = first; i < end; i++) sum += (samples[i] ?? 0) ** 2;
    greatest = Math.max(greatest, Math.sqrt(sum / (end - first)));
  }
  return greatest;
}
