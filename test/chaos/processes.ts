import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { start } from '../e2e/process.ts';

/** `sensegraph serve` or `worker`, started again whenever it was killed, as a supervisor would. */
export interface Member {
  readonly name: string;
  /** GraphQL of a server; of a worker, and while a server starts, undefined. */
  readonly url: string | undefined;
  /** Resolves when it has begun to serve or work, the first time or again. */
  ready(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  restart(): void;
  stop(): Promise<void>;
}

export interface MemberOptions {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Standard error goes to `<logs>/<name>.log`. */
  readonly logs: string;
  /** Told when it ends although nobody ended it. */
  readonly onDeath: (reason: string) => void;
}

export function member({ name, args, environment, logs, onDeath }: MemberOptions): Member {
  const log = createWriteStream(join(logs, `${name}.log`), { flags: 'a' });
  let [child, url, isWanted]: [ChildProcess | undefined, string | undefined, boolean] = [undefined, undefined, true];
  let ready: Promise<void> = Promise.resolve();
  const launch = (): void => {
    const mine = start([...args, '--json'], environment);
    [child, url, isWanted] = [mine, undefined, true];
    mine.stderr?.pipe(log, { end: false });
    mine.once('close', (code, signal) => {
      if (child !== mine || !isWanted) return;
      onDeath(`${name} ended by itself with ${String(code ?? signal)}`);
      launch();
    });
    if (!mine.stdout) throw new Error('no standard output');
    ready = once(createInterface(mine.stdout), 'line').then(([line]) => {
      if (child === mine) ({ url } = JSON.parse(String(line)) as { url?: string });
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    [isWanted, url] = [false, undefined];
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  };
  launch();
  return {
    name,
    get url() {
      return url;
    },
    ready: () => ready,
    kill: () => end('SIGKILL'),
    restart: launch,
    stop: async () => {
      await end('SIGINT');
      log.end();
    },
  };
}
