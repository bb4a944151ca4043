import sharp from 'sharp';
import type { Asset, Box, Embedding, Locator, Reading, Segment } from '../domain.ts';
import type { DecodedAsset } from '../ingest/decoded.ts';
import type { FilmShot, Subtitles } from '../ingest/film.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { segmentId } from '../ingest/split.ts';
import type { Encoders, RgbImage } from '../ports/encoders.ts';
import { encodeAudio, joinUtterances } from './encode-audio.ts';
import type { EncodedAsset, SeenLabel } from './encoded.ts';
import { encodePicture, type Picture } from './encode-picture.ts';
import { withoutSaidTwice } from './said-twice.ts';

export type FilmContent = Extract<DecodedAsset['content'], { type: 'film' }>;

/**
 * Listens to a film, reads its subtitles and looks at a frame of each shot, all on the film's clock. Segments come in this
 * order: what is heard, subtitles, shots with their lines.
 */
export async function encodeFilm(
  asset: Asset,
  { shots, samples, subtitles }: FilmContent,
  encoders: Encoders,
  signal?: AbortSignal,
): Promise<EncodedAsset> {
  const heard = samples && withoutSaidTwice(await encodeAudio(asset, samples, encoders, signal), subtitles);
  const segments: Segment[] = [...(heard?.segments ?? [])];
  const readings: Reading[] = [...(heard?.readings ?? [])];
  const labels: SeenLabel[] = [...(heard?.labels ?? [])];
  const embeddings: Record<string, Embedding[]> = {};
  const keep = (found: EncodedAsset['embeddings']) => {
    for (const [space, vectors] of Object.entries(found)) (embeddings[space] ??= []).push(...vectors);
  };
  keep(heard?.embeddings ?? {});
  const next = () => (segments.at(-1)?.ordinal ?? -1) + 1;
  for (const one of subtitles) {
    const written = encodeSubtitles(asset.id, next(), one);
    segments.push(...written.segments);
    readings.push(...written.readings);
  }
  for (const shot of shots) {
    const seen = await encodePicture(await shotPicture(asset, shot, next()), encoders, signal);
    segments.push(...seen.segments);
    readings.push(...seen.readings);
    labels.push(...seen.labels);
    keep(seen.embeddings);
  }
  return { ...heard, asset, segments, readings, labels, embeddings, sentenceVectors: new Map() };
}

/** The shot's frame, with places in the film: its time, and pixels of the film's frame. */
export async function shotPicture(asset: Asset, shot: FilmShot, ordinal: number): Promise<Picture> {
  const image = await unpack(shot.picture);
  const { width = image.width, height = image.height } = asset;
  const [across, down] = [width / image.width, height / image.height];
  const { startSeconds, endSeconds } = shot;
  const place = (box: Box): Locator => ({ type: 'VideoSpan', startSeconds, endSeconds, ...box });
  return {
    assetId: asset.id,
    kind: 'SHOT',
    ordinal,
    image,
    whole: place({ x: 0, y: 0, width, height }),
    locate: (box) =>
      place({ x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down }),
  };
}

/** Subtitles as stretches of speech: whole sentences, each over the time of its lines. */
function encodeSubtitles(assetId: string, first: number, { version, cues }: Subtitles) {
  const spans = joinUtterances(cues.map((cue) => ({ ...cue, score: 1 })));
  const segments = spans.map(({ text, startSeconds, endSeconds }, i): Segment => ({
    id: segmentId(assetId, first + i),
    assetId,
    ordinal: first + i,
    kind: 'SPEECH',
    locator: { type: 'TimeSpan', startSeconds, endSeconds },
    text,
    sentences: splitSentences(text),
  }));
  const readings = segments.map(({ id, text, locator }): Reading => ({
    id: `${id}:subtitles`,
    segmentId: id,
    kind: 'TRANSCRIPT',
    text,
    score: 1,
    locator,
    model: SUBTITLES,
    modelVersion: version,
  }));
  return { segments, readings };
}

/** What a reading names as its model where words came with the film. */
export const SUBTITLES = 'subtitles';

async function unpack(picture: Uint8Array): Promise<RgbImage> {
  const { data, info } = await sharp(picture).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
