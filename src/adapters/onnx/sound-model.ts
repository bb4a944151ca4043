import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';

export const SOUND_RATE = 16_000;
/** What the model hears at once: 0.975 s. */
export const SOUND_WINDOW = 15_600;
/** Numbers of a vector. */
export const SOUND_WIDTH = 256;
/** Windows begin every 0.48 s, so that a bark at the edge of one is in the middle of the next. */
const HOP = 7_680;
/** An end shorter than this needs no window of its own. */
const LEAST_END = SOUND_RATE / 10;
/** Windows of one run: more gives nothing on a CPU. */
const BATCH = 16;

/** Mono, 16 kHz, −1…1. */
export interface SoundRequest {
  readonly samples: Float32Array;
}

export interface SoundReply {
  /** First sample of each window. */
  readonly starts: readonly number[];
  /** [windows × classes], probabilities. */
  readonly scores: Float32Array;
  /** [windows × 256], unit norm. */
  readonly vectors: Float32Array;
}

/** First samples of the windows that cover a recording; the last one ends where it ends. */
export function windowStarts(length: number): number[] {
  const starts = [0];
  for (let next = HOP; next + SOUND_WINDOW <= length; next += HOP) starts.push(next);
  const covered = (starts.at(-1) ?? 0) + SOUND_WINDOW;
  if (length - covered >= LEAST_END) starts.push(length - SOUND_WINDOW);
  return starts;
}

/** The sound events model: samples in, its log-mel front end is part of the graph. */
export async function openSoundModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  return {
    device,
    ...inTurn<SoundRequest, SoundReply>(async ({ samples }, pause) => {
      const starts = windowStarts(samples.length);
      const scores: Float32Array[] = [];
      const vectors: Float32Array[] = [];
      for (let first = 0; first < starts.length; first += BATCH) {
        await pause();
        const batch = starts.slice(first, first + BATCH);
        const input = new Float32Array(batch.length * SOUND_WINDOW);
        for (const [i, at] of batch.entries()) input.set(samples.subarray(at, at + SOUND_WINDOW), i * SOUND_WINDOW);
        const output = await session.run({ samples: new Tensor('float32', input, [batch.length, SOUND_WINDOW]) });
        scores.push(output['scores']?.data as Float32Array);
        vectors.push(output['embedding']?.data as Float32Array);
      }
      return { starts, scores: joined(scores), vectors: joined(vectors) };
    }),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
