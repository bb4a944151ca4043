import { Tensor } from 'onnxruntime-node';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';

/** Samples of one frame (32 ms at 16 kHz), and how many of those before it the model sees again. */
export const SPEECH_FRAME = 512;
const CONTEXT = 64;
/** Frames of one run: half a minute. */
const BATCH = 940;
const STATE = 128;
/** Frames of silence before and behind the recording: without them a word at its very edge is often missed (see the card). */
const LEAD = 16;

/** Mono, 16 kHz, −1…1. */
export interface SpeechDetectorRequest {
  readonly samples: Float32Array;
}

/** Silero VAD: the probability of speech of each frame of 512 samples; the recording is padded with silence. */
export async function openSpeechDetectorModel(start: ModelStart): Promise<Model> {
  // Its frames follow one another, so that a device other than the CPU has nothing to gain.
  const { session, device } = await openSession({ ...start, device: 'cpu', threads: 1 }, 'model.onnx');
  return {
    device,
    ...inTurn<SpeechDetectorRequest, Float32Array>(async ({ samples }, pause) => {
      const frames = Math.ceil(samples.length / SPEECH_FRAME);
      const probabilities = new Float32Array(frames);
      let h = new Tensor('float32', new Float32Array(STATE), [1, 1, STATE]);
      let c = new Tensor('float32', new Float32Array(STATE), [1, 1, STATE]);
      for (let first = -LEAD; first < frames + LEAD; first += BATCH) {
        await pause();
        const count = Math.min(BATCH, frames + LEAD - first);
        const input = new Tensor('float32', framesOf(samples, first, count), [count, CONTEXT + SPEECH_FRAME]);
        const output = await session.run({ input, h, c });
        const found = output['speech_probs']?.data as Float32Array;
        for (let i = Math.max(0, first); i < Math.min(frames, first + count); i++)
          probabilities[i] = found[i - first] ?? 0;
        h = output['hn'] as typeof h;
        c = output['cn'] as typeof c;
      }
      return probabilities;
    }),
  };
}

/** [count × 576]: each frame behind the end of the one before; zeros beyond the recording. */
function framesOf(samples: Float32Array, first: number, count: number): Float32Array {
  const width = CONTEXT + SPEECH_FRAME;
  const input = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    const from = (first + i) * SPEECH_FRAME - CONTEXT;
    const begin = Math.max(0, from);
    if (from + width > 0) input.set(samples.subarray(begin, from + width), i * width + begin - from);
  }
  return input;
}
