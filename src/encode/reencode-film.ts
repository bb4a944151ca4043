import type { Asset, Embedding, Reading, Segment } from '../domain.ts';
import type { Encoders, ReadLine, TranscribedSpan } from '../ports/encoders.ts';
import { sharedSeconds, timeOf } from '../time.ts';
import { shotPicture, type FilmContent } from './encode-film.ts';
import { encodePicture } from './encode-picture.ts';
import { encodeSounds } from './encode-sounds.ts';
import type { EncodedAsset } from './encoded.ts';

/** Stored shots and sounds meet those found again where they share this much of their time. */
const SAME = 0.5;

interface StoredFilm {
  readonly asset: Asset;
  readonly segments: readonly Segment[];
  readonly readings: readonly Reading[];
}

/**
 * The vectors of a stored film's shots and sounds by other encoders, from its bytes. Segments keep their ids: what is found
 * again is told by its time, so that a decoder that cuts elsewhere costs vectors, but mixes up none. `remember` is given the
 * lines that `encoders.reader` must tell of next.
 */
export async function reencodeFilm(
  { asset, segments, readings }: StoredFilm,
  { shots, samples }: FilmContent,
  encoders: Encoders,
  remember: (lines: readonly ReadLine[]) => void,
  signal?: AbortSignal,
): Promise<EncodedAsset['embeddings']> {
  const found: Record<string, Embedding[]> = {};
  const keep = (space: string, vectors: readonly Embedding[]) => (found[space] ??= []).push(...vectors);
  const scores = new Map(readings.map(({ segmentId, score }) => [segmentId, score]));
  if (samples && encoders.sound) {
    const utterances = segments.flatMap((segment): TranscribedSpan[] => {
      const time = segment.kind === 'SPEECH' ? timeOf(segment) : undefined;
      return time ? [{ ...time, text: segment.text, score: scores.get(segment.id) ?? 1 }] : [];
    });
    const duration = asset.durationSeconds ?? samples.length / 16_000;
    const heard = await encodeSounds({ asset, samples, utterances, duration }, encoders, signal);
    const sounds = segments.filter(({ kind }) => kind === 'SOUND');
    const stored = new Map(heard.segments.map((segment) => [segment.id, atSameTime(segment, sounds)?.id]));
    for (const [space, vectors] of Object.entries(heard.embeddings))
      keep(
        space,
        vectors.flatMap(({ nodeId, vector }) => {
          const id = stored.get(nodeId);
          return id === undefined ? [] : [{ nodeId: id, vector }];
        }),
      );
  }
  for (const [i, segment] of segments.entries()) {
    if (segment.kind !== 'SHOT') continue;
    const shot = shots.find(({ startSeconds, endSeconds }) =>
      atSameTime({ locator: { type: 'TimeSpan', startSeconds, endSeconds } }, [segment]),
    );
    if (!shot) continue;
    const following = segments.slice(i + 1);
    const end = following.findIndex(({ kind }) => kind !== 'TEXT_LINE');
    const lines = following.slice(0, end < 0 ? following.length : end);
    const picture = await shotPicture(asset, shot, segment.ordinal);
    const factor = picture.image.width / (asset.width ?? picture.image.width);
    remember(linesOf(lines, scores, factor));
    const seen = await encodePicture(picture, encoders, signal);
    for (const [space, vectors] of Object.entries(seen.embeddings)) keep(space, vectors);
  }
  return found;
}

/** Lines of a film's shot, as they are read in a picture with `factor` of its pixels per pixel of the film. */
function linesOf(lines: readonly Segment[], scores: ReadonlyMap<string, number>, factor: number): ReadLine[] {
  return lines.flatMap(({ id, text, locator }): ReadLine[] => {
    if (locator.type !== 'VideoSpan') return [];
    const { x, y, width, height } = locator;
    const box = {
      type: 'ImageRegion',
      x: x * factor,
      y: y * factor,
      width: width * factor,
      height: height * factor,
    } as const;
    return [{ text, score: scores.get(id) ?? 1, box }];
  });
}

function atSameTime(one: Pick<Segment, 'locator'>, others: readonly Segment[]): Segment | undefined {
  const length = (segment: Pick<Segment, 'locator'>): number => {
    const time = timeOf(segment);
    return time ? time.endSeconds - time.startSeconds : 0;
  };
  return others.find((other) => {
    const shared = sharedSeconds(one, other);
    return shared > 0 && shared >= SAME * (length(one) + length(other) - shared);
  });
}
