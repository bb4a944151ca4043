import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** Output of a command that ends. Throws with what it wrote to standard error. */
export async function output(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } & Partial<Identity> = {},
): Promise<string> {
  try {
    return (await execute(command, [...args], { maxBuffer: 1 << 26, ...options })).stdout;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new Error(`${command} failed: ${stderr.trim() || message}`, { cause: error });
  }
}

/** Whether a command can be started at all. */
export async function isInstalled(command: string, args: readonly string[]): Promise<boolean> {
  return output(command, args).then(
    () => true,
    () => false,
  );
}

/** Starts a process that outlives this one, its output into a file. Gives its pid. */
export function detach(
  command: string,
  args: readonly string[],
  options: { readonly log: string; readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): number {
  const log = openSync(options.log, 'a');
  const { cwd, env } = options;
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  child.unref();
  closeSync(log);
  if (child.pid === undefined) throw new Error(`${command} could not be started.`);
  return child.pid;
}

/** Whether the process lives and is the one meant: its command line holds `mark`, as a pid may be used again. */
export async function isRunning(pid: number, mark: string): Promise<boolean> {
  const command = await output('ps', ['-p', String(pid), '-o', 'args=', '-ww']).catch(() => '');
  return command.includes(mark);
}

/** Asks every 100 ms until `look` says yes. Throws after the seconds given, or when the process has ended. */
export async function until(
  what: string,
  seconds: number,
  look: () => Promise<boolean>,
  lives: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (let tries = 0; ; tries++) {
    if (await look()) return;
    if (tries % 10 === 9 && !(await lives())) throw new Error(`${what} ended while it started.`);
    if (performance.now() > end) throw new Error(`${what} did not answer within ${seconds} s.`);
    await sleep(100);
  }
}

/** Whether something listens on the port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const end = (yes: boolean): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

/** Any free port, the same one at each start where it is still free: what points to it stays right. */
export async function keptPort(folder: string, name: string): Promise<number> {
  const file = join(folder, `${name}.port`);
  const port = await freePort(existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  writeFileSync(file, String(port));
  return port;
}

/** The port where it is free, else any free one. */
export async function freePort(wanted: number): Promise<number> {
  for (const port of [wanted, 0]) {
    const found = await new Promise<number | undefined>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => {
        const { port: got } = server.address() as AddressInfo;
        server.close(() => resolve(got));
      });
    });
    if (found !== undefined) return found;
  }
  throw new Error('This machine has no free port.');
}
