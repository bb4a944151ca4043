import { z } from 'zod';
import type { VoiceEncoder } from '../ports/encoders.ts';
import { percent, shuffle } from './figures.ts';

export const VoiceClip = z.object({
  id: z.string(),
  file: z.string(),
  speaker: z.string(),
  source: z.string().default('unknown'),
});
export type VoiceClip = z.infer<typeof VoiceClip>;

export interface VoicedClip {
  readonly clip: VoiceClip;
  /** Mono, 16 kHz. */
  readonly samples: Float32Array;
}

const RATE = 16_000;
/** Clips shorter than this are joined to trials of at least so many seconds, each clip in one trial a round. */
const TRIAL_SECONDS = 2;
const ROUNDS = 3;
/** A trial is heard however short it is: what is too short to link people by is measured, too. */
const ANY_LENGTH = 0;

/** What one voice vector is made of. */
interface Trial {
  readonly speaker: string;
  readonly clips: ReadonlySet<string>;
  readonly samples: Float32Array;
}

/**
 * Equal-error rate by source: the share of pairs of trials taken wrongly where the threshold of the cosine makes as many
 * of one speaker two as of two speakers one. Clips of words are joined, speaker by speaker, to trials of two seconds
 * (`eer`); `eer_clips` are the clips by themselves.
 */
export async function voiceFigures(
  clips: readonly VoicedClip[],
  voice: VoiceEncoder,
  seed: number,
): Promise<Record<string, Record<string, unknown>>> {
  const sources: Record<string, Record<string, unknown>> = {};
  for (const [source, own] of [...Map.groupBy(clips, ({ clip }) => clip.source)].toSorted()) {
    const alone = own.map(({ clip, samples }) => ({ speaker: clip.speaker, clips: new Set([clip.id]), samples }));
    const isShort = own.some(({ samples }) => samples.length < TRIAL_SECONDS * RATE);
    const trials = isShort ? joinClips(own, seed) : alone;
    const joined = await equalError(trials, voice);
    const single = isShort ? await equalError(alone, voice) : joined;
    if (!joined) {
      sources[source] = { skipped: 'a source needs two speakers, and two trials of one, long enough to be told' };
      continue;
    }
    sources[source] = {
      n: own.length,
      speakers: new Set(own.map(({ clip }) => clip.speaker)).size,
      eer: joined.eer,
      threshold: joined.threshold,
      trials: joined.trials,
      pairs_same: joined.same,
      pairs_different: joined.different,
      ...(isShort ? { trial_seconds: TRIAL_SECONDS, eer_clips: single?.eer ?? null } : {}),
    };
  }
  return sources;
}

/** Clips of each speaker, in an order from the seed, end to end until a trial is long enough. */
function joinClips(clips: readonly VoicedClip[], seed: number): Trial[] {
  const trials: Trial[] = [];
  for (const own of Map.groupBy(clips, ({ clip }) => clip.speaker).values()) {
    for (let round = 0; round < ROUNDS; round++) {
      let open: VoicedClip[] = [];
      for (const one of shuffle(own, seed + round)) {
        open.push(one);
        const length = open.reduce((sum, { samples }) => sum + samples.length, 0);
        if (length < TRIAL_SECONDS * RATE) continue;
        const samples = new Float32Array(length);
        let at = 0;
        for (const part of open) {
          samples.set(part.samples, at);
          at += part.samples.length;
        }
        trials.push({ speaker: one.clip.speaker, clips: new Set(open.map(({ clip }) => clip.id)), samples });
        open = [];
      }
    }
  }
  return trials;
}

/** Null where there are no pairs of one speaker or none of two. Pairs that share a clip are left out. */
async function equalError(trials: readonly Trial[], voice: VoiceEncoder) {
  const told: (Trial & { readonly vector: Float32Array })[] = [];
  for (const trial of trials) {
    const vector = await voice.embedVoice(trial.samples, undefined, ANY_LENGTH);
    if (vector) told.push({ ...trial, vector });
  }
  const [same, different]: [number[], number[]] = [[], []];
  for (const [i, a] of told.entries()) {
    for (const b of told.slice(0, i)) {
      if ([...a.clips].some((clip) => b.clips.has(clip))) continue;
      const cosine = a.vector.reduce((sum, value, d) => sum + value * (b.vector[d] ?? 0), 0);
      (a.speaker === b.speaker ? same : different).push(cosine);
    }
  }
  if (same.length === 0 || different.length === 0) return null;
  const { rate, threshold } = equalErrorRate(same, different);
  return {
    eer: percent(rate),
    threshold: Number(threshold.toFixed(3)),
    trials: told.length,
    same: same.length,
    different: different.length,
  };
}

/** Where the two kinds of error are as many: their mean at the threshold at which they are nearest. Scores of like pairs are higher. */
export function equalErrorRate(
  same: readonly number[],
  different: readonly number[],
): { rate: number; threshold: number } {
  const likes = same.toSorted((a, b) => a - b);
  const others = different.toSorted((a, b) => a - b);
  let best = { gap: Infinity, rate: 1, threshold: 0 };
  let [missed, below] = [0, 0];
  for (const threshold of [...likes, ...others].toSorted((a, b) => a - b)) {
    while (missed < likes.length && (likes[missed] ?? 0) < threshold) missed++;
    while (below < others.length && (others[below] ?? 0) < threshold) below++;
    const [rejected, accepted] = [missed / likes.length, 1 - below / others.length];
    const gap = Math.abs(rejected - accepted);
    if (gap < best.gap) best = { gap, rate: (rejected + accepted) / 2, threshold };
  }
  return { rate: best.rate, threshold: best.threshold };
}
