import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const VoiceFile = z.object({
  sampleRate: z.number().int().positive(),
  /** Samples of a frame. */
  hop: z.number().int().positive(),
  /** Numbers of a frame before it becomes sound. */
  channels: z.number().int().positive(),
  /** Share of the deviation that is drawn: of the sound, and of how long each sign takes. */
  noiseScale: z.number(),
  noiseOfDurations: z.number(),
  /** Numbers of the signs; "^" begins, "$" ends, "_" stands between any two. */
  phonemes: z.record(z.string(), z.number().int()),
});
export type Voice = z.infer<typeof VoiceFile>;

export async function readVoice(folder: string): Promise<Voice> {
  return VoiceFile.parse(JSON.parse(await readFile(join(folder, 'voice.json'), 'utf8')));
}

/** Numbers of a sentence's signs as the voice takes them; `at`: where each sign stands among them. A sign it does not know is left out. */
export function signNumbers(signs: string, { phonemes }: Voice): { ids: number[]; at: number[] } {
  const [begin = 0, end = 0, between = 0] = [phonemes['^'], phonemes['$'], phonemes['_']];
  const ids = [begin, between];
  const at = [...signs].map((sign) => {
    const place = ids.length;
    const id = phonemes[sign];
    if (id !== undefined) ids.push(id, between);
    return place;
  });
  return { ids: [...ids, end], at };
}

/** Standard normal numbers, always the same ones for a seed (mulberry32, Box and Muller). */
export function normalNumbers(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  );
}

/** A number of a text, the same at all times (FNV-1a): the same words are spoken alike. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** What the text half of the voice gives for n signs: [channels × n] each, and frames a sign. */
export interface ReadSigns {
  readonly mean: Float32Array;
  readonly logDeviation: Float32Array;
  readonly frames: readonly number[];
}

/** Signs drawn out to frames, with noise: Float32Array [channels × frames]. */
export function drawnOut(
  { mean, logDeviation, frames }: ReadSigns,
  { channels, noiseScale }: Voice,
  seed: number,
): Float32Array {
  const signs = frames.length;
  const total = frames.reduce((sum, count) => sum + count, 0);
  const noise = normalNumbers(channels * total, seed);
  const out = new Float32Array(channels * total);
  for (let channel = 0, i = 0; channel < channels; channel++) {
    for (const [sign, count] of frames.entries()) {
      const at = channel * signs + sign;
      const [centre, deviation] = [mean[at] ?? 0, noiseScale * Math.exp(logDeviation[at] ?? 0)];
      for (let k = 0; k < count; k++, i++) out[i] = centre + deviation * (noise[i] ?? 0);
    }
  }
  return out;
}
