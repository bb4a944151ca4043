import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { SensegraphError } from '../../errors.ts';

/** Kept of what a child says of its troubles. */
const MOST_STDERR = 8_000;
/** Nicer than the server: questions go before films. */
const NICENESS = 5;

export interface RunLimits {
  /** Ends a child that gives nothing for this long. */
  readonly idleMs: number;
  /** Ends it after this long, whatever it gives. */
  readonly totalMs: number;
}

export interface Ran {
  /** 0 when it ended well, or when its reader had enough. */
  readonly code: number;
  readonly stderr: string;
  /** Set when a limit ended it. */
  readonly ended?: 'IDLE' | 'TOTAL';
}

/**
 * Runs a program without a shell, with nothing to read and nothing of the environment but where programs and libraries
 * lie. `onChunk` takes its standard output as it comes; false says that it is enough, and ends the child. Rejects with
 * the signal's reason when aborted, and with the system's error when the program can't be started.
 */
export async function run(
  program: string,
  args: readonly string[],
  onChunk: (chunk: Buffer) => boolean,
  limits: RunLimits,
  signal?: AbortSignal,
): Promise<Ran> {
  signal?.throwIfAborted();
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'], env: environment(), windowsHide: true });
  let stderr = '';
  let ended: Ran['ended'];
  let enough = false;
  let thrown: { readonly error: unknown } | undefined;
  const kill = () => child.kill('SIGKILL');
  const end = (why: Ran['ended']) => () => {
    ended = why;
    kill();
  };
  const idle = setTimeout(end('IDLE'), limits.idleMs);
  const total = setTimeout(end('TOTAL'), limits.totalMs);
  signal?.addEventListener('abort', kill, { once: true });
  try {
    return await new Promise<Ran>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => lowerPriority(child.pid));
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < MOST_STDERR) stderr += chunk.toString('utf8').slice(0, MOST_STDERR - stderr.length);
      });
      child.stdout.on('data', (chunk: Buffer) => {
        idle.refresh();
        if (enough) return;
        try {
          enough = !onChunk(chunk);
        } catch (error) {
          thrown = { error };
          enough = true;
        }
        if (enough) kill();
      });
      child.once('close', (code) => {
        if (signal?.aborted) reject(signal.reason as Error);
        else if (thrown) reject(thrown.error as Error);
        else resolve({ code: enough ? 0 : (code ?? 1), stderr, ...(ended ? { ended } : {}) });
      });
    });
  } finally {
    clearTimeout(idle);
    clearTimeout(total);
    signal?.removeEventListener('abort', kill);
  }
}

/** All that a child writes. TOO_LARGE beyond `maxBytes`. */
export async function runWhole(
  program: string,
  args: readonly string[],
  maxBytes: number,
  limits: RunLimits,
  signal?: AbortSignal,
): Promise<Ran & { readonly stdout: Buffer }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const ran = await run(
    program,
    args,
    (chunk) => {
      size += chunk.length;
      if (size > maxBytes) throw new SensegraphError('TOO_LARGE', `The film gives more than ${maxBytes} bytes there.`);
      chunks.push(chunk);
      return true;
    },
    limits,
    signal,
  );
  return { ...ran, stdout: Buffer.concat(chunks) };
}

function environment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TMPDIR', 'TEMP'])
    if (process.env[name] !== undefined) kept[name] = process.env[name];
  return kept;
}

/** A child that has ended already has no priority to set. */
function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch {
    // Only politeness: the work is done all the same.
  }
}
