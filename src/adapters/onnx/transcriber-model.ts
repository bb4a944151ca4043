import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import {
  env,
  LogitsProcessor,
  LogitsProcessorList,
  pipeline,
  Tensor,
  type AutomaticSpeechRecognitionPipeline,
} from '@huggingface/transformers';
import type { SpeechStretch, TranscribedSpan } from '../../ports/encoders.ts';
import { inTurn, type Pause } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { cleanSpans } from './speech-guards.ts';
import { cutAtTimes, RATE, speechRegions, type HeardPart } from './speech.ts';
import { openAligner } from './whisper-aligner.ts';
import { withinSpeech } from './whisper-words.ts';

/** What the model hears at once, in samples. */
const WINDOW = 30 * RATE;
/** A window moves on by at least this. */
const LEAST_STEP = RATE;
const MOST_TOKENS = 224;

export interface TranscriberRequest {
  readonly samples: Float32Array;
  /** Where somebody speaks; nothing else is listened to. */
  readonly stretches: readonly SpeechStretch[];
}

/** Token numbers of the model's vocabulary, from its generation_config.json. */
interface Vocabulary {
  readonly decoder_start_token_id: number;
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
  const aligner = await openAligner(start, {
    before: [vocabulary.decoder_start_token_id, vocabulary.no_timestamps_token_id],
    after: firstSpecial,
    decode: (tokens) => whisper.tokenizer.decode([...tokens], { skip_special_tokens: true }),
  });

  async function hear(window: Float32Array): Promise<{ parts: HeardPart[]; encoded: Tensor }> {
    const { input_features } = (await whisper.processor(window)) as { input_features: Tensor };
    const encoded = await encode(whisper, input_features);
    const scores = new TokenScores();
    const processors = new LogitsProcessorList();
    processors.push(scores);
    const output = (await whisper.model.generate({
      inputs: input_features,
      encoder_outputs: encoded,
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
    const parts = cutAtTimes(end < 0 ? tokens : tokens.slice(0, end), scores.logProbabilities, firstTime);
    return { parts, encoded };
  }

  async function transcribe({ samples, stretches }: TranscriberRequest, pause: Pause): Promise<TranscribedSpan[]> {
    const spans: TranscribedSpan[] = [];
    for (const region of speechRegions(stretches, samples.length)) {
      let at = region.start;
      while (at < region.end) {
        await pause();
        const window = samples.subarray(at, Math.min(at + WINDOW, region.end));
        const heard = await hear(window);
        const isLast = at + WINDOW >= region.end;
        const whole = Math.round((heard.parts.findLast((part) => part.to !== undefined)?.to ?? 0) * RATE);
        // The last window ends where the region does: what the model left out there is not words.
        const again = !isLast && whole > LEAST_STEP && whole < window.length;
        const parts = again ? heard.parts.filter(({ to }) => to !== undefined) : heard.parts;
        const words = await aligner?.(parts, heard.encoded.data as Float32Array, window.length, at / RATE);
        for (const [i, part] of parts.entries()) {
          const mean = part.logProbabilities.reduce((sum, value) => sum + value, 0) / part.tokens.length;
          spans.push({
            text: whisper.tokenizer.decode([...part.tokens], { skip_special_tokens: true }).trim(),
            startSeconds: at / RATE + part.from,
            endSeconds: at / RATE + Math.min(part.to ?? Infinity, window.length / RATE),
            score: Math.exp(mean),
            ...(words?.[i] ? { words: words[i].map((word) => withinSpeech(word, stretches)) } : {}),
          });
        }
        at += again ? whole : window.length;
      }
    }
    return cleanSpans(spans, samples.length / RATE);
  }

  return {
    device: start.device === 'cuda' ? 'cuda' : 'cpu',
    ...inTurn<TranscriberRequest, TranscribedSpan[]>(transcribe),
  };
}

/** The encoder's states [1 × frames × width], which both the words and their times rest on. */
async function encode({ model }: AutomaticSpeechRecognitionPipeline, features: Tensor): Promise<Tensor> {
  const { sessions } = model as unknown as { sessions: Record<string, EncoderSession> };
  const encoder = sessions['model'] as EncoderSession;
  const { last_hidden_state } = await encoder.run({ input_features: features.ort_tensor });
  const { data, dims } = last_hidden_state as EncoderStates;
  return new Tensor('float32', data, [...dims]);
}

interface EncoderStates {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

interface EncoderSession {
  run(feeds: Record<string, unknown>): Promise<Record<string, unknown>>;
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
