import type { Embedding, Segment } from '../domain.ts';
import type { Encoders, TranscribedSpan } from '../ports/encoders.ts';

const RATE = 16_000;
/** Cosine below which two neighbouring spans are two people's: with two seconds of each, 0.3 % of one person's are (card). */
const OTHER_VOICE = 0.65;

/** The voice of each span, null where it is too short to tell, or where no model tells voices. */
export async function voicesOf(
  spans: readonly TranscribedSpan[],
  samples: Float32Array,
  { voice }: Encoders,
  signal?: AbortSignal,
): Promise<(Float32Array | null)[]> {
  const voices: (Float32Array | null)[] = [];
  for (const { startSeconds, endSeconds } of spans) {
    const own = samples.subarray(Math.round(startSeconds * RATE), Math.round(endSeconds * RATE));
    voices.push((await voice?.embedVoice(own, signal)) ?? null);
  }
  return voices;
}

/** Whether the voices of two spans are too unlike to be one person's. */
export function areOthers(a: Float32Array | null | undefined, b: Float32Array | null | undefined): boolean {
  return a != null && b != null && a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) < OTHER_VOICE;
}

/** The voices of SPEECH segments, in the space of voices. */
export async function encodeVoices(
  segments: readonly Segment[],
  samples: Float32Array,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, readonly Embedding[]>>> {
  const { voice } = encoders;
  if (!voice) return {};
  const embeddings: Embedding[] = [];
  for (const { id, locator } of segments) {
    if (!('startSeconds' in locator)) continue;
    const own = samples.subarray(Math.round(locator.startSeconds * RATE), Math.round(locator.endSeconds * RATE));
    const vector = await voice.embedVoice(own, signal);
    if (vector) embeddings.push({ nodeId: id, vector });
  }
  return { [voice.space.name]: embeddings };
}
