import type { Subtitles } from '../ingest/film.ts';
import type { EncodedAsset } from './encoded.ts';

/** Heard words are those of the subtitles where this share of them stands there at the same time. */
const SAME = 0.5;
/** Subtitles may come this much before or after the words, in seconds. */
const SLACK = 1;

/**
 * What was heard in a film, without the utterances that its subtitles write at the same time: one sentence is told once,
 * as it is written. Subtitles in another language take nothing away. Ordinals stay as they are.
 */
export function withoutSaidTwice(heard: EncodedAsset, subtitles: readonly Subtitles[]): EncodedAsset {
  const twice = new Set<string>();
  for (const { id, kind, text, locator } of heard.segments) {
    if (kind !== 'SPEECH' || locator.type !== 'TimeSpan') continue;
    const said = wordsOf(text);
    const isWritten = subtitles.some(({ cues }) => {
      const near = cues.filter(
        (cue) => cue.startSeconds < locator.endSeconds + SLACK && cue.endSeconds > locator.startSeconds - SLACK,
      );
      const written = new Set(near.flatMap((cue) => wordsOf(cue.text)));
      return said.filter((word) => written.has(word)).length >= SAME * said.length;
    });
    if (said.length > 0 && isWritten) twice.add(id);
  }
  if (twice.size === 0) return heard;
  return {
    ...heard,
    segments: heard.segments.filter(({ id }) => !twice.has(id)),
    readings: heard.readings.filter(({ segmentId }) => !twice.has(segmentId)),
    embeddings: Object.fromEntries(
      Object.entries(heard.embeddings).map(([space, vectors]) => [
        space,
        vectors.filter(({ nodeId }) => !twice.has(nodeId)),
      ]),
    ),
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
