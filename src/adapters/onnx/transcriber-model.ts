import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import {
  env,
  LogitsProcessor,
  LogitsProcessorList,
  pipeline,
  type AutomaticSpeechRecognitionPipeline,
  type Tensor,
} from '@huggingface/transformers';
import type { TranscribedSpan } from '../../ports/encoders.ts';
import { inTurn, type Pause } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { cleanSpans } from './speech-guards.ts';
import { cutAtTimes, RATE, soundingRegions, type HeardPart } from './speech.ts';

/** What the model hears at once, in samples. */
const WINDOW = 30 * RATE;
/** A window moves on by at least this. */
const LEAST_STEP = RATE;
const MOST_TOKENS = 224;

export interface TranscriberRequest {
  readonly samples: Float32Array;
}

/** Token numbers of the model's vocabulary, from its generation_config.json. */
interface Vocabulary {
  /** Tokens from here on are no words. */
  readonly eos_token_id: number;
  /** From the next one on they are times in steps of 0.02 s. */
  readonly no_timestamps_token_id: number;
  readonly is_multilingual?: boolean;
}

/**
 * Whisper (tiny.en in the pack), loaded by @huggingface/transformers from local files alone. Long recordings are heard
 * in windows of 30 s; a window begins where the last whole part of the one before ended, and never spans a long silence.
 */
export async function openTranscriberModel(
  start: ModelStart,
  dtype: string | Readonly<Record<string, string>> = 'q8',
  language = 'en',
): Promise<Model> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(start.folder);
  const whisper = (await pipeline('automatic-speech-recognition', basename(start.folder), {
    dtype,
    device: start.device === 'cuda' ? 'cuda' : 'cpu',
    session_options: { intraOpNumThreads: start.threads || availableParallelism(), logSeverityLevel: 3 },
  } as object)) as AutomaticSpeechRecognitionPipeline;
  const vocabulary = whisper.model.generation_config as unknown as Vocabulary;
  const firstSpecial = vocabulary.eos_token_id;
  const firstTime = vocabulary.no_timestamps_token_id + 1;

  async function hear(window: Float32Array): Promise<HeardPart[]> {
    const { input_features } = (await whisper.processor(window)) as { input_features: Tensor };
    const scores = new TokenScores();
    const processors = new LogitsProcessorList();
    processors.push(scores);
    const output = (await whisper.model.generate({
      inputs: input_features,
      return_timestamps: true,
      max_new_tokens: MOST_TOKENS,
      // A model of one language refuses to be told which.
      ...(vocabulary.is_multilingual ? { language } : {}),
      logits_processor: processors,
    } as Parameters<typeof whisper.model.generate>[0])) as Tensor;
    const all = Array.from(output.data as BigInt64Array, Number);
    // What it was started with comes first: a start token, and for many languages the language and the task.
    const begin = all.findIndex((token) => token < firstSpecial || token >= firstTime);
    const tokens = begin < 0 ? [] : all.slice(begin);
    const end = tokens.findIndex((token) => token >= firstSpecial && token < firstTime);
    return cutAtTimes(end < 0 ? tokens : tokens.slice(0, end), scores.logProbabilities, firstTime);
  }

  async function transcribe(samples: Float32Array, pause: Pause): Promise<TranscribedSpan[]> {
    const spans: TranscribedSpan[] = [];
    for (const region of soundingRegions(samples)) {
      let at = region.start;
      while (at < region.end) {
        await pause();
        const window = samples.subarray(at, Math.min(at + WINDOW, region.end));
        const parts = await hear(window);
        const isLast = at + WINDOW >= region.end;
        const whole = Math.round((parts.findLast((part) => part.to !== undefined)?.to ?? 0) * RATE);
        // The last window ends where the region does: what the model left out there is not words.
        const again = !isLast && whole > LEAST_STEP && whole < window.length;
        for (const part of parts) {
          if (again && part.to === undefined) continue;
          const mean = part.logProbabilities.reduce((sum, value) => sum + value, 0) / part.tokens.length;
          spans.push({
            text: whisper.tokenizer.decode([...part.tokens], { skip_special_tokens: true }).trim(),
            startSeconds: at / RATE + part.from,
            endSeconds: at / RATE + Math.min(part.to ?? Infinity, window.length / RATE),
            score: Math.exp(mean),
          });
        }
        at += again ? whole : window.length;
      }
    }
    return cleanSpans(spans, samples.length / RATE);
  }

  return {
    device: start.device === 'cuda' ? 'cuda' : 'cpu',
    ...inTurn<TranscriberRequest, TranscribedSpan[]>(({ samples }, pause) => transcribe(samples, pause)),
  };
}

/** Watches the model write: the logarithm of the probability of each token that it chose. Changes nothing. */
class TokenScores extends LogitsProcessor {
  readonly logProbabilities: number[] = [];
  #before: Float32Array | undefined;

  override _call(ids: bigint[][], logits: Tensor): Tensor {
    const chosen = Number(ids[0]?.at(-1));
    if (this.#before) this.logProbabilities.push((this.#before[chosen] ?? 0) - logOfSum(this.#before));
    this.#before = (logits.data as Float32Array).slice();
    return logits;
  }
}

/** log Σ exp, without overflow. */
function logOfSum(values: Float32Array): number {
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return greatest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - greatest), 0));
}
