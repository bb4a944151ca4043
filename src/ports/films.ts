import type { RgbImage } from './encoders.ts';

/** What a film's header tells. */
export interface FilmInfo {
  /** Seconds; absent where the file doesn't tell. */
  readonly durationSeconds?: number;
  /** Its moving pictures; absent where there are none (a sound file in a film's container). */
  readonly picture?: {
    /** Pixels of the upright frame as it is shown (turned, pixels square). */
    readonly width: number;
    readonly height: number;
    readonly codec: string;
  };
  readonly sound?: { readonly codec: string };
  /** Subtitles that are text, in the order of the file. */
  readonly subtitles: readonly { readonly codec: string; readonly language?: string }[];
}

/** How a part of a film was read: whole, or up to where it broke or the limit lay. */
export interface FilmPart {
  /** What was wrong, in the decoder's words; absent where nothing was. */
  readonly trouble?: string;
}

/** A film whose header was read. All times are seconds on one clock, 0 where a player begins. */
export interface OpenFilm {
  readonly info: FilmInfo;
  /**
   * Every frame of the film as `fps` small ones a second, frame i at i / fps: 8-bit RGB, width · height · 3 bytes, valid
   * during the call. Stops when `visit` gives false or after `maxSeconds`.
   */
  scan(
    options: { readonly width: number; readonly height: number; readonly fps: number; readonly maxSeconds: number },
    visit: (frame: Uint8Array) => boolean,
    signal?: AbortSignal,
  ): Promise<FilmPart>;
  /** The frame shown at `seconds`, scaled to the size given; null where none can be read there. */
  frameAt(
    seconds: number,
    size: { readonly width: number; readonly height: number },
    signal?: AbortSignal,
  ): Promise<RgbImage | null>;
  /** The soundtrack, mono, 16 kHz, −1…1, sample i at i / 16,000: silence where the track has gaps or begins late. */
  sound(options: { readonly maxSeconds: number }, signal?: AbortSignal): Promise<FilmPart & { samples: Float32Array }>;
  /** The subtitles of that number as a WebVTT file. */
  subtitles(index: number, signal?: AbortSignal): Promise<FilmPart & { webvtt: string }>;
  /** Ends what runs for it and removes what was written for it. */
  close(): Promise<void>;
}

/** Containers that are told by their content; each is read as that and nothing else. */
export type FilmContainer = 'mp4' | 'matroska' | 'aac' | 'apng';

/** Decodes films, and the sounds that only a film's decoder knows (M4A, AAC). One film at a time; others wait. */
export interface FilmDecoder {
  /** What decodes, and its version. Throws UNSUPPORTED_TYPE, saying how to get one, where there is none. */
  version(): Promise<string>;
  /** Throws UNSUPPORTED_TYPE as above, CORRUPT for what is no film, TOO_MANY_PIXELS from its header. */
  open(
    bytes: Uint8Array,
    container: FilmContainer,
    limits: { readonly maxPixels: number },
    signal?: AbortSignal,
  ): Promise<OpenFilm>;
  close(): Promise<void>;
}
