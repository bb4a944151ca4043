import type { Asset, Embedding, Reading, Segment } from '../domain.ts';
import { segmentId } from '../ingest/split.ts';
import type { Encoders, HeardWindow, SoundEncoder, TranscribedSpan } from '../ports/encoders.ts';
import type { EncodedAsset, HeardLabel } from './encoded.ts';
import { unit } from './image-text.ts';
import { findSoundPlaces, type SoundPlace } from './sound-events.ts';
import { soundTextSpace } from './sound-spaces.ts';
import { soundTextVector } from './sound-text.ts';

/** A recording whose words are known. */
export interface SpokenRecording {
  readonly asset: Asset;
  /** Mono, 16 kHz, −1…1. */
  readonly samples: Float32Array;
  readonly utterances: readonly TranscribedSpan[];
  /** Seconds. */
  readonly duration: number;
}

type Sounds = Required<Pick<EncodedAsset, 'segments' | 'readings' | 'heard' | 'embeddings'>>;

/** The sounds of a recording as segments after those of its words, with their readings and their vectors in both sound spaces. */
export async function encodeSounds(
  { asset, samples, utterances, duration }: SpokenRecording,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<Sounds> {
  const { sound } = encoders;
  const inWords = soundTextSpace(encoders);
  const windows = (await sound?.listen(samples, signal)) ?? [];
  const places = sound ? findSoundPlaces(windows, sound, utterances) : [];
  // What can't be named can still be compared.
  const isUnnamed = places.length === 0 && utterances.length === 0;
  const whole: SoundPlace = { startSeconds: 0, endSeconds: duration, events: [] };
  const result = { segments: [], readings: [], heard: [], embeddings: {} } as {
    segments: Segment[];
    readings: Reading[];
    heard: HeardLabel[];
    embeddings: Record<string, Embedding[]>;
  };
  const keep = (space: string, embedding: Embedding) => (result.embeddings[space] ??= []).push(embedding);
  for (const [i, place] of (isUnnamed ? [whole] : places).entries()) {
    const segment = soundSegment(asset.id, utterances.length + i, place, duration);
    result.segments.push(segment);
    const byWords = inWords && (await soundTextVector(place, samples, encoders, signal));
    if (inWords && byWords) keep(inWords.name, { nodeId: segment.id, vector: byWords });
    if (!sound) continue;
    const vector = meanVector(windows, place, sound);
    if (vector) keep(sound.space.name, { nodeId: segment.id, vector });
    addEvents(segment, place, sound, duration, result);
  }
  return result;
}

function soundSegment(assetId: string, ordinal: number, place: SoundPlace, duration: number): Segment {
  return {
    id: segmentId(assetId, ordinal),
    assetId,
    ordinal,
    kind: 'SOUND',
    locator: {
      type: 'TimeSpan',
      startSeconds: place.startSeconds,
      endSeconds: Math.min(place.endSeconds, duration),
    },
    text: place.events.map(({ label }) => label.label).join(', '),
    sentences: [],
  };
}

function addEvents(
  segment: Segment,
  { events }: SoundPlace,
  { info }: SoundEncoder,
  duration: number,
  { readings, heard }: { readings: Reading[]; heard: HeardLabel[] },
): void {
  for (const { label, startSeconds, endSeconds, score } of events) {
    const locator = { type: 'TimeSpan', startSeconds, endSeconds: Math.min(endSeconds, duration) } as const;
    const id = `${segment.id}:sound-${label.index}-${Math.round(startSeconds * 100)}`;
    readings.push({
      id,
      segmentId: segment.id,
      kind: 'SOUND_EVENT',
      text: label.label,
      score,
      locator,
      model: info.id,
      modelVersion: info.version,
    });
    if (label.thing)
      heard.push({ segmentId: segment.id, label: label.label, thing: label.thing, score, locator, readingId: id });
  }
}

/** Mean of the windows at a place, unit norm; undefined where there is none. */
function meanVector(
  windows: readonly HeardWindow[],
  { startSeconds, endSeconds }: SoundPlace,
  { space }: SoundEncoder,
): Float32Array | undefined {
  const sum = new Float32Array(space.dimension);
  let count = 0;
  for (const window of windows) {
    const middle = (window.startSeconds + window.endSeconds) / 2;
    if (middle < startSeconds || middle > endSeconds) continue;
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (window.vector[d] ?? 0);
    count++;
  }
  return count === 0 ? undefined : unit(sum);
}
