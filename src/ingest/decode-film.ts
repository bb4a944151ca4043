import sharp from 'sharp';
import type { Asset } from '../domain.ts';
import { SensegraphError } from '../errors.ts';
import type { RgbImage } from '../ports/encoders.ts';
import type { FilmContainer, OpenFilm } from '../ports/films.ts';
import { CutFinder } from './cuts.ts';
import type { DecodedAsset } from './decoded.ts';
import type { FilmLimits, Films, FilmShot, Subtitles } from './film.ts';
import { findShots } from './shots.ts';
import { readFrame } from './small-frame.ts';
import { readWebVtt } from './subtitles.ts';

/** Frames a second that are looked at for cuts, and about as many pixels of each. */
const FPS = 25;
const SMALL_PIXELS = 128 * 72;
/** Longer side of a key frame, as of a picture. */
const LONGEST_SIDE = 1600;
/** A film this many seconds shorter than its header says has broken off. */
const TOO_SHORT = 1.5;
const RATE = 16_000;

/** What is known of a film before it is decoded. */
export interface UndecodedFilm {
  readonly asset: Asset;
  readonly bytes: Uint8Array;
  readonly container: FilmContainer;
  readonly maxPixels: number;
}

/**
 * A film's shots with a key frame each, its soundtrack and its subtitles, all on one clock. A file without moving
 * pictures is a recording. What can be read of a broken film is given, with `warnings`.
 * Throws UNSUPPORTED_TYPE (no decoder), CORRUPT, TOO_LONG, TOO_MANY_PIXELS, and the signal's reason.
 */
export async function decodeFilm(
  { asset, bytes, container, maxPixels }: UndecodedFilm,
  { decoder, limits }: Films,
  signal?: AbortSignal,
): Promise<DecodedAsset> {
  const film = await decoder.open(bytes, container, { maxPixels }, signal);
  try {
    checkLength(film.info.durationSeconds ?? 0, limits, asset);
    const warnings: string[] = [];
    const heard = film.info.sound ? await readSound(film, limits.maxFilmSeconds, warnings, signal) : undefined;
    const sound = heard && heard.length > 0 ? heard : undefined;
    const soundSeconds = (sound?.length ?? 0) / RATE;
    if (!film.info.picture) {
      checkLength(soundSeconds, limits, asset);
      if (!sound) throw broken(asset, warnings);
      const { modality, mediaType } = asRecording(asset);
      return {
        asset: { ...asset, modality, mediaType, durationSeconds: soundSeconds },
        content: { type: 'audio', samples: sound },
        warnings,
      };
    }
    const { width, height } = film.info.picture;
    const seen = await readShots(film, film.info.picture, limits, warnings, signal);
    const durationSeconds = Math.max(seen.seconds, soundSeconds);
    checkLength(durationSeconds, limits, asset);
    if (durationSeconds === 0) throw broken(asset, warnings);
    if ((film.info.durationSeconds ?? 0) - durationSeconds > TOO_SHORT)
      warnings.push(
        `only ${durationSeconds.toFixed(1)} of its ${film.info.durationSeconds?.toFixed(1)} seconds could be read`,
      );
    const subtitles = await readSubtitles(film, durationSeconds, warnings, signal);
    return {
      asset: { ...asset, width, height, durationSeconds },
      content: { type: 'film', shots: seen.shots, ...(sound ? { samples: sound } : {}), subtitles },
      warnings,
    };
  } finally {
    await film.close();
  }
}

async function readShots(
  film: OpenFilm,
  shown: { readonly width: number; readonly height: number },
  { maxFilmSeconds, maxShots }: FilmLimits,
  warnings: string[],
  signal: AbortSignal | undefined,
): Promise<{ shots: FilmShot[]; seconds: number }> {
  const small = fit(shown, Math.sqrt(SMALL_PIXELS / (shown.width * shown.height)), 32);
  const finder = new CutFinder(FPS);
  const { trouble } = await film.scan(
    { ...small, fps: FPS, maxSeconds: maxFilmSeconds + 1 },
    (frame) => {
      finder.push(readFrame(frame, small.width, small.height));
      return true;
    },
    signal,
  );
  if (trouble) warnings.push(`its pictures: ${trouble}`);
  const size = fit(shown, Math.min(1, LONGEST_SIDE / Math.max(shown.width, shown.height)), 1);
  const shots: FilmShot[] = [];
  let lost = 0;
  for (const { from, to, key } of findShots(finder.traces, finder.cuts(), FPS, maxShots)) {
    const frame = await film.frameAt((key - 0.5) / FPS, size, signal);
    if (frame) shots.push({ startSeconds: from / FPS, endSeconds: to / FPS, picture: await pack(frame) });
    else lost += 1;
  }
  if (lost > 0) warnings.push(`the key frames of ${lost} shots could not be read`);
  return { shots, seconds: finder.traces.length / FPS };
}

async function readSound(
  film: OpenFilm,
  maxSeconds: number,
  warnings: string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { samples, trouble } = await film.sound({ maxSeconds: maxSeconds + 1 }, signal);
  if (trouble) warnings.push(`its sound: ${trouble}`);
  return samples;
}

/** Subtitles in every language that the file has, cut where the film ends. */
async function readSubtitles(
  film: OpenFilm,
  end: number,
  warnings: string[],
  signal: AbortSignal | undefined,
): Promise<Subtitles[]> {
  const all: Subtitles[] = [];
  for (const [i, { codec, language }] of film.info.subtitles.entries()) {
    const { webvtt, trouble } = await film.subtitles(i, signal);
    if (trouble) warnings.push(`its subtitles: ${trouble}`);
    const cues = readWebVtt(webvtt)
      .filter(({ startSeconds }) => startSeconds < end)
      .map((cue) => ({ ...cue, endSeconds: Math.min(cue.endSeconds, end) }));
    if (cues.length > 0) all.push({ version: language === undefined ? codec : `${codec} ${language}`, cues });
  }
  return all;
}

/** A size by a factor, each side at least `least`. */
function fit(
  { width, height }: { readonly width: number; readonly height: number },
  factor: number,
  least: number,
): { width: number; height: number } {
  return {
    width: Math.max(least, Math.round(width * factor)),
    height: Math.max(least, Math.round(height * factor)),
  };
}

async function pack({ width, height, data }: RgbImage): Promise<Uint8Array> {
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  return new Uint8Array(await picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer());
}

/** A film's container that holds a recording alone. */
function asRecording({ modality, mediaType }: Asset): Pick<Asset, 'modality' | 'mediaType'> {
  if (modality === 'AUDIO') return { modality, mediaType };
  return {
    modality: 'AUDIO',
    mediaType: mediaType === 'video/webm' ? 'audio/webm' : mediaType === 'video/mp4' ? 'audio/mp4' : mediaType,
  };
}

function checkLength(seconds: number, { maxFilmSeconds }: FilmLimits, asset: Asset): void {
  if (seconds <= maxFilmSeconds) return;
  throw new SensegraphError(
    'TOO_LONG',
    `The ${nameOf(asset)} is at least ${Math.floor(seconds)} s long; at most ${maxFilmSeconds} s are taken. Cut it into parts.`,
  );
}

function nameOf({ modality }: Asset): string {
  return modality === 'AUDIO' ? 'recording' : 'film';
}

function broken(asset: Asset, warnings: readonly string[]): SensegraphError {
  return new SensegraphError(
    'CORRUPT',
    `The ${nameOf(asset)} can't be decoded: it is damaged or cut off${warnings.length > 0 ? ` (${warnings.join('; ')})` : ''}. Send the whole file.`,
  );
}
