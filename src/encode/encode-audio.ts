import type { Asset, Reading, Segment } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { segmentId } from '../ingest/split.ts';
import type { Encoders, TranscribedSpan } from '../ports/encoders.ts';
import { encodeSounds } from './encode-sounds.ts';
import type { EncodedAsset } from './encoded.ts';

/** Longest utterance, in seconds. */
const LONGEST = 20;
/** A pause longer than this ends an utterance. */
const PAUSE = 1.5;

/**
 * Listens to a recording: its words as utterances with times, and the sounds between and behind them, each place a
 * SOUND segment of its own. A recording in which nothing is made out is one SOUND segment without words.
 */
export async function encodeAudio(
  asset: Asset,
  samples: Float32Array,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset> {
  const { info } = encoders.transcriber;
  const utterances = joinUtterances(await encoders.transcriber.transcribe(samples, signal));
  const duration = asset.durationSeconds ?? samples.length / 16_000;
  const spoken = utterances.map(({ text, startSeconds, endSeconds }, ordinal): Segment => ({
    id: segmentId(asset.id, ordinal),
    assetId: asset.id,
    ordinal,
    kind: 'SPEECH',
    locator: { type: 'TimeSpan', startSeconds, endSeconds },
    text,
    sentences: splitSentences(text),
  }));
  const transcripts = utterances.map(({ text, score }, i): Reading => {
    const segment = spoken[i] as Segment;
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
  const sounds = await encodeSounds({ asset, samples, utterances, duration }, encoders, signal);
  return {
    asset,
    segments: [...spoken, ...sounds.segments],
    readings: [...transcripts, ...sounds.readings],
    labels: [],
    heard: sounds.heard,
    embeddings: sounds.embeddings,
    sentenceVectors: new Map(),
  };
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
