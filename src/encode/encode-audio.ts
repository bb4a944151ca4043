import type { Asset, Reading, Segment } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { segmentId } from '../ingest/split.ts';
import type { Encoders, TranscribedSpan } from '../ports/encoders.ts';
import type { EncodedAsset } from './encoded.ts';

/** Longest utterance, in seconds. */
const LONGEST = 20;
/** A pause longer than this ends an utterance. */
const PAUSE = 1.5;

/** Listens to a recording: its words as utterances with times. A recording without speech is one SOUND segment. */
export async function encodeAudio(
  asset: Asset,
  samples: Float32Array,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset> {
  const { info } = encoders.transcriber;
  const utterances = joinUtterances(await encoders.transcriber.transcribe(samples, signal));
  const duration = asset.durationSeconds ?? samples.length / 16_000;
  const segments: Segment[] =
    utterances.length === 0
      ? [
          {
            id: segmentId(asset.id, 0),
            assetId: asset.id,
            ordinal: 0,
            kind: 'SOUND',
            locator: { type: 'TimeSpan', startSeconds: 0, endSeconds: duration },
            text: '',
            sentences: [],
          },
        ]
      : utterances.map(({ text, startSeconds, endSeconds }, ordinal): Segment => ({
          id: segmentId(asset.id, ordinal),
          assetId: asset.id,
          ordinal,
          kind: 'SPEECH',
          locator: { type: 'TimeSpan', startSeconds, endSeconds },
          text,
          sentences: splitSentences(text),
        }));
  const readings = utterances.map(({ text, score }, i): Reading => {
    const segment = segments[i] as Segment;
    return {
      id: `${segment.id}:transcript`,
      segmentId: segment.id,
      kind: 'TRANSCRIPT',
      text,
      score,
      locator: segment.locator,
      model: info.id,
      modelVersion: info.version,
    };
  });
  return { asset, segments, readings, labels: [], embeddings: {}, sentenceVectors: new Map() };
}

/** Spans joined to whole sentences, as long as they stay short and no pause falls between them. */
export function joinUtterances(spans: readonly TranscribedSpan[]): TranscribedSpan[] {
  const joined: TranscribedSpan[] = [];
  for (const span of spans) {
    const open = joined.at(-1);
    const ended = open === undefined || /[.!?]["'”’)]*$/.test(open.text);
    const fits =
      open !== undefined &&
      span.endSeconds - open.startSeconds <= LONGEST &&
      span.startSeconds - open.endSeconds <= PAUSE;
    if (open && fits && (!ended || span.endSeconds - open.startSeconds <= LONGEST / 2)) {
      joined[joined.length - 1] = {
        text: `${open.text} ${span.text}`,
        startSeconds: open.startSeconds,
        endSeconds: span.endSeconds,
        score: Math.min(open.score, span.score),
      };
    } else joined.push(span);
  }
  return joined;
}
