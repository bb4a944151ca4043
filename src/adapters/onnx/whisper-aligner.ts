import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import type { TranscribedWord } from '../../ports/encoders.ts';
import type { ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import { RATE, type HeardPart } from './speech.ts';
import { splitWords } from './whisper-words.ts';
import { alignTokens } from './word-alignment.ts';

/** Samples of one state of the encoder: 0.02 s. */
const FRAME = RATE / 50;
/** The attention comes upon a word this late, in seconds; on joined digits of the training part 0.05 (see the card). */
const LATE = 0.04;
const GRAPH = 'onnx/alignment.onnx';

export interface AlignerTokens {
  /** Tokens before the words: the start, and that no times follow. */
  readonly before: readonly number[];
  /** The token after the words. */
  readonly after: number;
  readonly decode: (tokens: readonly number[]) => string;
}

/** Words of each part, in seconds of the recording. */
export type Aligner = (
  parts: readonly HeardPart[],
  /** Of the encoder, [1 × frames × width]. */
  states: Float32Array,
  /** Samples that the window holds. */
  length: number,
  /** Where the window begins. */
  startSeconds: number,
) => Promise<TranscribedWord[][]>;

/**
 * Tells when the words of a window were said, by reading them once more with the decoder's attention in view (see
 * word-alignment.ts); undefined where the model's folder has no graph that gives it.
 */
export async function openAligner(
  start: ModelStart,
  { before, after, decode }: AlignerTokens,
): Promise<Aligner | undefined> {
  if (!existsSync(join(start.folder, GRAPH))) return undefined;
  const { session } = await openSession({ ...start, device: 'cpu' }, GRAPH);
  return async (parts, states, length, startSeconds) => {
    const tokens = parts.flatMap((part) => [...part.tokens]);
    if (tokens.length === 0) return parts.map(() => []);
    const all = [...before, ...tokens, after];
    const { attentions } = await session.run({
      input_ids: new Tensor('int64', BigInt64Array.from(all, BigInt), [1, all.length]),
      encoder_hidden_states: new Tensor('float32', states, [1, 1500, states.length / 1500]),
    });
    const [, heads = 0, , frames = 0] = attentions?.dims ?? [];
    const heard = Math.min(frames, Math.ceil(length / FRAME));
    const data = attentions?.data as Float32Array;
    const begins = alignTokens({ data, heads, tokens: all.length, frames, heard }, before.length - 1);
    const at = (token: number) => startSeconds + Math.max(0, ((begins[token] ?? heard) * FRAME) / RATE - LATE);
    let first = 0;
    return parts.map((part) => {
      const offset = first;
      first += part.tokens.length;
      return splitWords(part.tokens, decode).map(({ text, first, end }) => ({
        text,
        startSeconds: at(offset + first),
        endSeconds: at(offset + end),
        score: meanProbability(part.logProbabilities.slice(first, end)),
      }));
    });
  };
}

function meanProbability(logProbabilities: readonly number[]): number {
  return logProbabilities.reduce((sum, value) => sum + Math.exp(value), 0) / (logProbabilities.length || 1);
}
