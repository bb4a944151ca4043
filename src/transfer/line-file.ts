import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { Transform, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { SensegraphError } from '../errors.ts';

const STANDARD = '-';
/** Characters handed over at once. */
const CHUNK = 1 << 16;

/**
 * Lines into a file, `-` standard output; compressed where the name ends with `.gz`. The file is there once it is whole:
 * until then it is beside, with `.part` at its end.
 */
export class LineWriter {
  readonly #path: string;
  readonly #into: Writable;
  readonly #done: Promise<unknown>;
  #held = '';

  private constructor(path: string, into: Writable, done: Promise<unknown>) {
    this.#path = path;
    this.#into = into;
    this.#done = done;
    done.catch(() => {}); // Told by the next write, or the end.
  }

  static async open(path: string): Promise<LineWriter> {
    if (path === STANDARD) return new LineWriter(path, process.stdout, once(process.stdout, 'close'));
    const file: WriteStream = createWriteStream(`${path}.part`);
    await once(file, 'open').catch((cause: unknown) => {
      throw new SensegraphError('BAD_INPUT', `${path} can't be written: ${(cause as Error).message}.`, { cause });
    });
    const into = path.endsWith('.gz')
      ? createGzip({ level: 4 })
      : new Transform({ transform: (chunk, _, next) => next(null, chunk) });
    return new LineWriter(path, into, pipeline(into, file));
  }

  /** Resolves once more may come: the memory that it takes stays the same however slow the disk is. */
  async write(line: string): Promise<void> {
    this.#held += `${line}\n`;
    if (this.#held.length >= CHUNK) await this.#flush();
  }

  async close(): Promise<void> {
    await this.#flush();
    if (this.#path === STANDARD) return;
    this.#into.end();
    await this.#done;
    await rename(`${this.#path}.part`, this.#path);
  }

  /** Leaves no file. */
  async discard(): Promise<void> {
    if (this.#path === STANDARD) return;
    this.#into.destroy();
    await this.#done.catch(() => {}); // It was cut off on purpose.
    await rm(`${this.#path}.part`, { force: true });
  }

  async #flush(): Promise<void> {
    const text = this.#held;
    this.#held = '';
    if (text === '' || this.#into.write(text)) return;
    await Promise.race([once(this.#into, 'drain'), this.#done.then(() => undefined)]);
  }
}

export interface NumberedLine {
  readonly text: string;
  /** `file:line`, as editors and compilers name places. */
  readonly where: string;
}

/** Lines of a file, `-` standard input, that may be compressed (`.gz`). BAD_INPUT, CORRUPT when it can't be read. */
export async function* readLines(path: string): AsyncGenerator<NumberedLine> {
  const source = path === STANDARD ? process.stdin : createReadStream(path);
  let number = 0;
  try {
    let rest = '';
    for await (const text of decoded(source, path.endsWith('.gz'))) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        number += 1;
        if (line.trim() !== '') yield { text: line, where: `${path}:${number}` };
      }
    }
    if (rest.trim() !== '') yield { text: rest, where: `${path}:${number + 1}` };
  } catch (cause) {
    if (cause instanceof SensegraphError || typeof (cause as NodeJS.ErrnoException).code !== 'string') throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new SensegraphError('BAD_INPUT', `${path} is not there. Check the path.`, { cause });
    throw new SensegraphError('CORRUPT', `${path} can't be read behind line ${number}: ${message}. Get it again.`, {
      cause,
    });
  } finally {
    source.destroy();
  }
}

function decoded(source: Readable, isCompressed: boolean): AsyncIterable<string> {
  const stream: Readable = isCompressed ? createGunzip() : source;
  // What fails in the source ends the other with the same error, which is met there.
  if (stream instanceof Transform) void pipeline(source, stream).catch(() => {});
  return stream.setEncoding('utf8') as AsyncIterable<string>;
}
