import type { Asset, Reading, Segment } from '../domain.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { segmentId } from '../ingest/split.ts';
import type { Encoders, TranscribedSpan } from '../ports/encoders.ts';
import { encodeSounds } from './encode-sounds.ts';
import { areOthers, encodeVoices, voicesOf } from './encode-voices.ts';
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
  const { info, givesUtterances } = encoders.transcriber;
  const spans = await encoders.transcriber.transcribe(samples, signal);
  const utterances = givesUtterances ? spans : joinUtterances(spans, await voicesOf(spans, samples, encoders, signal));
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
  const voices = await encodeVoices(spoken, samples, encoders, signal);
  const sounds = await encodeSounds({ asset, samples, utterances, duration }, encoders, signal);
  return {
    asset,
    segments: [...spoken, ...sounds.segments],
    readings: [...transcripts, ...sounds.readings],
    labels: [],
    heard: sounds.heard,
    words: new Map(spoken.flatMap(({ id }, i) => (utterances[i]?.words ? [[id, utterances[i].words]] : []))),
    embeddings: { ...voices, ...sounds.embeddings },
    sentenceVectors: new Map(),
  };
}

/**
 * Spans joined to whole sentences, as long as they stay short and neither a pause nor a change of the voice falls between
 * them. `voices`: of each span, where it is told.
 */
export function joinUtterances(
  spans: readonly TranscribedSpan[],
  voices: readonly (Float32Array | null)[] = [],
): TranscribedSpan[] {
  const joined: TranscribedSpan[] = [];
  let last: Float32Array | null | undefined;
  for (const [i, span] of spans.entries()) {
    const open = joined.at(-1);
    const ended = open === undefined || /[.!?]["'”’)]*$/.test(open.text);
    const fits =
      open !== undefined &&
      span.endSeconds - open.startSeconds <= LONGEST &&
      span.startSeconds - open.endSeconds <= PAUSE;
    const changes = areOthers(last, voices[i]);
    last = changes || !fits ? voices[i] : (voices[i] ?? last);
    if (open && fits && !changes && (!ended || span.endSeconds - open.startSeconds <= LONGEST / 2)) {
      joined[joined.length - 1] = {
        text: `${open.text} ${span.text}`,
        startSeconds: open.startSeconds,
        endSeconds: span.endSeconds,
        score: Math.min(open.score, span.score),
        ...(open.words && span.words ? { words: [...open.words, ...span.words] } : {}),
      };
    } else joined.push(span);
  }
  return joined;
}
