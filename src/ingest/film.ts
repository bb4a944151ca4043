import type { FilmDecoder } from '../ports/films.ts';

/** A shot of a film or of an animated picture, with the frame that stands for it. */
export interface FilmShot {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** The key frame as PNG or JPEG, maybe scaled down: thousands of raw ones would fill the memory. */
  readonly picture: Uint8Array;
}

/** Words that a film carries as text. */
export interface Subtitles {
  /** Codec and language, "subrip eng". */
  readonly version: string;
  readonly cues: readonly Cue[];
}

export interface Cue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

/** What is taken of one film; see config.ts for the defaults. */
export interface FilmLimits {
  readonly maxFilmSeconds: number;
  readonly maxShots: number;
}

/** What ingest needs for films. */
export interface Films {
  readonly decoder: FilmDecoder;
  readonly limits: FilmLimits;
}
