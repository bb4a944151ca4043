import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { splitSentences } from '../../ingest/sentences.ts';
import type { SpokenText } from '../../ports/encoders.ts';
import { PronouncingDictionary } from '../speaking/dictionary.ts';
import { sentencePhonemes } from '../speaking/phonemes.ts';
import { readAloud, splitLong, type SaidWord } from '../speaking/read-aloud.ts';
import { drawnOut, normalNumbers, readVoice, seedOf, signNumbers } from '../speaking/voice.ts';
import { inTurn } from './in-turn.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';

/** Silence between two sentences. */
const PAUSE_SECONDS = 0.25;
/** Loudest sample of a recording: the voice itself is quiet. */
const PEAK = 0.9;

export interface SpeakerRequest {
  readonly text: string;
}

/**
 * A Piper voice (VITS, Kim et al., arXiv 2106.06103) in two graphs: signs to their means and lengths, frames to sound.
 * Lengths are known between the two, so that a word's times are exact.
 */
export async function openSpeakerModel(start: ModelStart): Promise<Model> {
  const voice = await readVoice(start.folder);
  const dictionary = await PronouncingDictionary.open(join(start.folder, 'words.txt.gz'));
  const { session: read } = await openSession(start, 'read.onnx');
  const { session: sound, device } = await openSession(start, 'speak.onnx');

  async function speakPart(words: readonly SaidWord[]): Promise<SpokenText> {
    const { signs, places } = sentencePhonemes(words, dictionary);
    const { ids, at } = signNumbers(signs, voice);
    const seed = seedOf(signs);
    const noise = normalNumbers(2 * ids.length, seed ^ 1).map((value) => value * voice.noiseOfDurations);
    const known = await read.run({
      phonemes: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      noise: new Tensor('float32', noise, [1, 2, ids.length]),
    });
    const frames = Array.from(known['frames']?.data as Float32Array, Math.ceil);
    const signsRead = {
      mean: known['mean']?.data as Float32Array,
      logDeviation: known['log_deviation']?.data as Float32Array,
      frames,
    };
    const latent = drawnOut(signsRead, voice, seed);
    const total = latent.length / voice.channels;
    const { samples } = await sound.run({
      latent: new Tensor('float32', latent, [1, voice.channels, total]),
      mask: new Tensor('float32', new Float32Array(total).fill(1), [1, 1, total]),
    });
    const ends = [0];
    for (const count of frames) ends.push((ends.at(-1) ?? 0) + count);
    const seconds = (sign: number) => ((ends[at[sign] ?? ids.length - 1] ?? 0) * voice.hop) / voice.sampleRate;
    return {
      samples: samples?.data as Float32Array,
      sampleRate: voice.sampleRate,
      words: words.map(({ text }, i) => ({
        text,
        startSeconds: seconds(places[i]?.start ?? 0),
        endSeconds: seconds(places[i]?.end ?? 0),
      })),
    };
  }

  return {
    device,
    ...inTurn<SpeakerRequest, SpokenText>(async ({ text }, pause) => {
      const sentences = splitSentences(text).map(({ start: from, end }) => readAloud(text.slice(from, end)));
      const parts = sentences.flatMap(splitLong).filter((words) => words.length > 0);
      const spoken: SpokenText[] = [];
      for (const words of parts) {
        await pause();
        spoken.push(await speakPart(words));
      }
      return joined(spoken, voice.sampleRate);
    }),
  };
}

function joined(parts: readonly SpokenText[], sampleRate: number): SpokenText {
  const gap = Math.round(PAUSE_SECONDS * sampleRate);
  const total = parts.reduce((sum, { samples }) => sum + samples.length + gap, -gap);
  const samples = new Float32Array(total);
  const words: SpokenText['words'][number][] = [];
  let from = 0;
  for (const part of parts) {
    samples.set(part.samples, from);
    const shift = from / sampleRate;
    for (const { text, startSeconds, endSeconds } of part.words)
      words.push({ text, startSeconds: startSeconds + shift, endSeconds: endSeconds + shift });
    from += part.samples.length + gap;
  }
  const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { samples: peak > 0 ? samples.map((value) => (value * PEAK) / peak) : samples, sampleRate, words };
}
