import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import { MEL_HOP, MELS, melSpectrogram } from './voice-mel.ts';

/** Numbers of a voice. */
export const VOICE_WIDTH = 256;
/** What the encoder hears at once: 1.6 s, in frames of 10 ms. */
export const VOICE_FRAMES = 160;
/** Frames from one part to the next. */
const STEP = 77;
/** Share of a part that the last one must hold; it is filled up with silence. */
const LEAST_COVERAGE = 0.75;
/** Parts of one run. */
const BATCH = 16;
/** Quieter recordings are made this loud: −30 dB of full scale. */
const LOUDNESS = 10 ** (-30 / 20);

/** Speech alone: mono, 16 kHz, −1…1. */
export interface VoiceRequest {
  readonly samples: Float32Array;
}

/** First frames of the parts that cover so many samples, as Resemblyzer places them (1.3 a second). */
export function partStarts(length: number): number[] {
  const frames = Math.ceil((length + 1) / MEL_HOP);
  const starts = [0];
  for (let at = STEP; at < frames - VOICE_FRAMES + STEP + 1; at += STEP) starts.push(at);
  const last = starts.at(-1) ?? 0;
  const coverage = (length / MEL_HOP - last) / VOICE_FRAMES;
  return coverage < LEAST_COVERAGE && starts.length > 1 ? starts.slice(0, -1) : starts;
}

/** GE2E (Wan et al., arXiv 1710.10467): the mean of the voices of overlapping parts, unit norm. */
export async function openVoiceModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  return {
    device,
    ...inTurn<VoiceRequest, Float32Array>(async ({ samples }, pause) => {
      const starts = partStarts(samples.length);
      const end = ((starts.at(-1) ?? 0) + VOICE_FRAMES) * MEL_HOP;
      const padded = new Float32Array(Math.max(samples.length, end));
      padded.set(raised(samples));
      const mels = melSpectrogram(padded);
      const sum = new Float32Array(VOICE_WIDTH);
      for (let first = 0; first < starts.length; first += BATCH) {
        await pause();
        const batch = starts.slice(first, first + BATCH);
        const input = new Float32Array(batch.length * VOICE_FRAMES * MELS);
        for (const [i, at] of batch.entries())
          input.set(mels.subarray(at * MELS, (at + VOICE_FRAMES) * MELS), i * VOICE_FRAMES * MELS);
        const dims = [batch.length, VOICE_FRAMES, MELS];
        const output = await session.run({ mels: new Tensor('float32', input, dims) });
        const voices = output['voices'] as Tensor;
        for (const [i, value] of (voices.data as Float32Array).entries())
          sum[i % VOICE_WIDTH] = (sum[i % VOICE_WIDTH] ?? 0) + value;
      }
      const norm = Math.hypot(...sum) || 1;
      return sum.map((value) => value / norm);
    }),
  };
}

function raised(samples: Float32Array): Float32Array {
  const loudness = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
  return loudness > 0 && loudness < LOUDNESS ? samples.map((value) => (value * LOUDNESS) / loudness) : samples;
}
