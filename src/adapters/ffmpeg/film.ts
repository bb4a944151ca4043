import type { RgbImage } from '../../ports/encoders.ts';
import type { FilmPart, OpenFilm } from '../../ports/films.ts';
import type { Probed } from './probe.ts';
import { run, runWhole, type Ran, type RunLimits } from './run.ts';

const RATE = 16_000;
const MOST_SUBTITLE_BYTES = 8_000_000;
/** Most memory of one buffer of the decoder's, in bytes. */
const MOST_ALLOCATED = 1 << 30;
const THREADS = 2;

interface FilmOptions {
  readonly program: string;
  /** Input options and `-i FILE`. */
  readonly input: readonly string[];
  readonly limits: RunLimits;
  readonly maxPixels: number;
  readonly probed: Probed;
  readonly stop: AbortSignal;
  readonly close: () => Promise<void>;
}

/** One film in a private folder, read by one ffmpeg run a question. */
export class FfmpegFilm implements OpenFilm {
  readonly #options: FilmOptions;
  #closed: Promise<void> | undefined;

  constructor(options: FilmOptions) {
    this.#options = options;
  }

  get info(): OpenFilm['info'] {
    return this.#options.probed.info;
  }

  async scan(
    {
      width,
      height,
      fps,
      maxSeconds,
    }: { readonly width: number; readonly height: number; readonly fps: number; readonly maxSeconds: number },
    visit: (frame: Uint8Array) => boolean,
    signal?: AbortSignal,
  ): Promise<FilmPart> {
    const frame = Buffer.alloc(width * height * 3);
    let [filled, left] = [0, Math.floor(maxSeconds * fps)];
    const onChunk = (chunk: Buffer): boolean => {
      for (let from = 0; from < chunk.length;) {
        const taken = chunk.copy(frame, filled, from);
        from += taken;
        filled += taken;
        if (filled < frame.length) continue;
        filled = 0;
        left -= 1;
        if (!visit(frame) || left <= 0) return false;
      }
      return true;
    };
    const filter = `fps=${fps}:start_time=0,scale=${width}:${height}:flags=area`;
    const { program, limits } = this.#options;
    return troubleOf(await run(program, this.#pictures([], filter), onChunk, limits, this.#signal(signal)));
  }

  async frameAt(
    seconds: number,
    { width, height }: { readonly width: number; readonly height: number },
    signal?: AbortSignal,
  ): Promise<RgbImage | null> {
    const size = width * height * 3;
    const seek = ['-ss', Math.max(0, seconds).toFixed(3)];
    const args = this.#pictures(seek, `scale=${width}:${height}:flags=area`, ['-frames:v', '1']);
    const { program, limits } = this.#options;
    const { stdout } = await runWhole(program, args, size * 2, limits, this.#signal(signal));
    return stdout.length < size ? null : { width, height, data: new Uint8Array(stdout.subarray(0, size)) };
  }

  async sound({ maxSeconds }: { readonly maxSeconds: number }, signal?: AbortSignal) {
    const chunks: Buffer[] = [];
    let left = Math.floor(maxSeconds * RATE) * 2;
    const onChunk = (chunk: Buffer): boolean => {
      chunks.push(chunk.subarray(0, Math.min(chunk.length, left)));
      left -= chunk.length;
      return left > 0;
    };
    const filter = `aresample=${RATE}:async=1:first_pts=0`;
    const args = this.#args([], ['-map', `0:${this.#options.probed.sound}`, '-af', filter, '-ac', '1', '-f', 's16le']);
    const { program, limits } = this.#options;
    const ran = await run(program, args, onChunk, limits, this.#signal(signal));
    return { samples: samplesOf(chunks), ...troubleOf(ran) };
  }

  async subtitles(index: number, signal?: AbortSignal) {
    const { program, limits, probed } = this.#options;
    const args = this.#args([], ['-map', `0:${probed.subtitles[index]}`, '-c:s', 'webvtt', '-f', 'webvtt']);
    const ran = await runWhole(program, args, MOST_SUBTITLE_BYTES, limits, this.#signal(signal));
    return { webvtt: ran.stdout.toString('utf8'), ...troubleOf(ran) };
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#options.close());
  }

  #pictures(before: readonly string[], filter: string, more: readonly string[] = []): string[] {
    const map = ['-map', `0:${this.#options.probed.picture}`];
    return this.#args(
      ['-max_pixels', String(this.#options.maxPixels * 2), ...before],
      [...map, '-vf', `${filter},format=rgb24`, ...more, '-f', 'rawvideo'],
    );
  }

  #args(before: readonly string[], after: readonly string[]): string[] {
    const quiet = ['-hide_banner', '-nostdin', '-loglevel', 'error'];
    const bounds = ['-max_alloc', String(MOST_ALLOCATED), '-threads', String(THREADS)];
    return [...quiet, ...bounds, ...before, ...this.#options.input, ...after, 'pipe:1'];
  }

  #signal(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#options.stop]) : this.#options.stop;
  }
}

/** 16-bit little-endian samples as −1…1; a sample may lie over two chunks. */
function samplesOf(chunks: readonly Buffer[]): Float32Array {
  const samples = new Float32Array(Math.floor(chunks.reduce((sum, { length }) => sum + length, 0) / 2));
  let at = 0;
  let low: number | undefined;
  for (const chunk of chunks) {
    for (const byte of chunk) {
      if (low === undefined) low = byte;
      else {
        samples[at++] = ((((byte << 8) | low) << 16) >> 16) / 32_768;
        low = undefined;
      }
    }
  }
  return samples;
}

/** The first thing that went wrong, without the decoder's addresses of its own parts. */
function troubleOf({ code, stderr, ended }: Ran): FilmPart {
  if (ended) return { trouble: ended === 'IDLE' ? 'the decoder stood still and was ended' : 'it took too long' };
  const [first] = stderr.split('\n').filter((line) => line.trim() !== '');
  if (code === 0 && first === undefined) return {};
  return { trouble: (first ?? `the decoder ended with ${code}`).replace(/^\[([^\]@]*?)\s*@ 0x[0-9a-f]+\]\s*/, '$1: ') };
}
