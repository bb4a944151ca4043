import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config.ts';

const main = join(packageRoot, 'src/cli/main.ts');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as a user runs it. */
export async function run(...args: readonly string[]): Promise<Finished> {
  return finished(start(args));
}

/** The same, with variables of the environment. */
export async function runWith(environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Finished> {
  return finished(start(args, environment));
}

/** What a started command writes, once it ends. */
export async function finished(child: ChildProcess): Promise<Finished> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const env = { ...process.env, ...environment };
  return spawn(process.execPath, [main, ...args], { cwd: packageRoot, stdio: ['ignore', 'pipe', 'pipe'], env });
}

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  graphql<T>(query: string, variables?: object): Promise<T>;
  /** kill -9, and waits for the end. */
  kill(): Promise<void>;
  /** Ctrl-C, and waits for the end. */
  stop(): Promise<void>;
}

/** `sensegraph serve` on a free port, once it says its URL. */
export async function serve(
  dataDir: string,
  options: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const child = start(['serve', '--data', dataDir, '--port', '0', '--json', ...options], environment);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  if (!child.stdout) throw new Error('no standard output');
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    once(child, 'close').then(([code]) =>
      Promise.reject(new Error(`the server ended with ${String(code)}: ${stderr}`)),
    ),
  ]);
  const { url } = JSON.parse(line) as { url: string };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  };
  return {
    url,
    child,
    async graphql<T>(query: string, variables: object = {}): Promise<T> {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data?: T; errors?: unknown };
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
  };
}
