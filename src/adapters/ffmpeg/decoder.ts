import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SensegraphError } from '../../errors.ts';
import type { FilmContainer, FilmDecoder, OpenFilm } from '../../ports/films.ts';
import { FfmpegFilm } from './film.ts';
import { PROBE_ARGS, readProbe } from './probe.ts';
import { runWhole, type RunLimits } from './run.ts';

/** Names of the one demuxer that may read each container: what the bytes claim to be, and no play list or device. */
const DEMUXERS: Readonly<Record<FilmContainer, string>> = {
  mp4: 'mov',
  matroska: 'matroska',
  aac: 'aac',
  apng: 'apng',
};

const DEFAULT_LIMITS: RunLimits = { idleMs: 60_000, totalMs: 2 * 3600_000 };
const MOST_PROBE_BYTES = 4_000_000;

/**
 * The system's ffmpeg and ffprobe as child processes (arguments as a list, nothing but files and pipes, memory and time
 * bounded). `program` is ffmpeg's path or name; ffprobe is looked for beside it.
 */
export class FfmpegDecoder implements FilmDecoder {
  readonly #program: string;
  readonly #limits: RunLimits;
  readonly #stop = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(program = 'ffmpeg', limits: RunLimits = DEFAULT_LIMITS) {
    this.#program = program;
    this.#limits = limits;
  }

  async version(): Promise<string> {
    const lines: string[] = [];
    for (const program of [this.#program, probeBeside(this.#program)]) {
      const { stdout, code } = await runWhole(program, ['-version'], 100_000, this.#limits).catch((cause: unknown) => {
        throw missing(program, cause);
      });
      if (code !== 0) throw missing(program, undefined);
      lines.push(stdout.toString('utf8').split('\n')[0] ?? '');
    }
    return /^ffmpeg version (\S+)/.exec(lines[0] ?? '')?.[1] ?? 'unknown';
  }

  async open(
    bytes: Uint8Array,
    container: FilmContainer,
    limits: { readonly maxPixels: number },
    signal?: AbortSignal,
  ): Promise<OpenFilm> {
    const stop = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    const release = await this.#takeTurn();
    let folder: string | undefined;
    const close = async () => {
      release();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    };
    try {
      stop.throwIfAborted();
      folder = await mkdtemp(join(tmpdir(), 'sensegraph-film-'));
      const file = join(folder, 'film');
      await writeFile(file, bytes, { mode: 0o600 });
      const input = ['-protocol_whitelist', 'file,pipe', '-f', DEMUXERS[container], '-i', file];
      const program = probeBeside(this.#program);
      const { stdout } = await runWhole(
        program,
        ['-v', 'error', ...input.slice(0, 4), ...PROBE_ARGS, '-i', file],
        MOST_PROBE_BYTES,
        this.#limits,
        stop,
      ).catch((cause: unknown) => {
        if (stop.aborted) throw cause;
        throw missing(program, cause);
      });
      const probed = readProbe(stdout.toString('utf8'));
      const { picture } = probed.info;
      if (picture && picture.width * picture.height > limits.maxPixels)
        throw new SensegraphError(
          'TOO_MANY_PIXELS',
          `The film has ${picture.width} × ${picture.height} pixels; at most ${limits.maxPixels / 1e6} million are taken. Scale it down.`,
        );
      return new FfmpegFilm({
        program: this.#program,
        input,
        limits: this.#limits,
        maxPixels: limits.maxPixels,
        probed,
        stop,
        close,
      });
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Ends whatever runs. */
  async close(): Promise<void> {
    this.#stop.abort(new SensegraphError('CANCELLED', 'The server is closing.'));
    await this.#turn;
  }

  /** Waits for the films before; gives what lets the next one in. */
  async #takeTurn(): Promise<() => void> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = before.then(() => promise);
    await before;
    return resolve;
  }
}

/** "/opt/ffmpeg-7/bin/ffmpeg.exe" → "/opt/ffmpeg-7/bin/ffprobe.exe". */
function probeBeside(program: string): string {
  return program.replace(/ffmpeg(?=[^/\\]*$)/i, 'ffprobe');
}

function missing(program: string, cause: unknown): SensegraphError {
  return new SensegraphError(
    'UNSUPPORTED_TYPE',
    `Films, M4A and AAC need ${/ffprobe/i.test(program) ? 'ffprobe, which comes with ffmpeg' : 'ffmpeg'}, and “${program}” can't be started. ` +
      'Install ffmpeg (Debian, Ubuntu: apt-get install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg), ' +
      'or name its path with SENSEGRAPH_FFMPEG; then send the file again.',
    { cause },
  );
}
