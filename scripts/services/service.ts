import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockFolder } from '../../src/adapters/pglite/data-lock.ts';
import { packageRoot } from '../../src/config.ts';
import { asSensegraphError } from '../../src/errors.ts';
import { isRunning } from './process.ts';

/** What a running service is known by. */
export interface Running {
  readonly pid: number;
  /** Environment variables that make Sensegraph use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where to look at it, or how to reach it by hand. */
  readonly note: string;
  /** Process that it was started for, and with which it goes; absent where a person started it. */
  readonly startedFor?: number;
}

/** A real server, run from a folder of its own without Docker. */
export interface Service {
  readonly name: string;
  /** What this machine lacks to install it; undefined when nothing. */
  missing(): Promise<string | undefined>;
  /** Puts the program into `folder`, once. */
  install(folder: string): Promise<void>;
  /** Starts it; resolves once it answers. */
  launch(folder: string, password: string): Promise<Running>;
  /** Ends it in good order, after all its data is written. */
  end(folder: string, running: Running): Promise<void>;
}

/** Folder of all services: programs, data, logs, one password. */
export const servicesRoot: string = process.env['SENSEGRAPH_SERVICES'] ?? join(packageRoot, '.services');

/** The service where it runs; undefined where not. */
export async function found(service: Service): Promise<Running | undefined> {
  const folder = join(servicesRoot, service.name);
  const state = join(folder, 'state.json');
  if (!existsSync(state)) return undefined;
  const running = JSON.parse(readFileSync(state, 'utf8')) as Running;
  return (await isRunning(running.pid, folder)) ? running : undefined;
}

/** Installs and starts the service where it does not run yet. Safe from several processes at once. */
export async function start(service: Service, startedFor?: number): Promise<Running> {
  const folder = join(servicesRoot, service.name);
  mkdirSync(folder, { recursive: true });
  const lock = await waitForLock(folder);
  try {
    const known = await found(service);
    // What a person started stays; what a dead process was to stop is taken over.
    const isKept = known && startedFor !== undefined && (known.startedFor === undefined || isAlive(known.startedFor));
    if (isKept) return known;
    if (!known) await service.install(folder);
    const { startedFor: _, ...server } = known ?? (await service.launch(folder, password()));
    const running = { ...server, ...(startedFor === undefined ? {} : { startedFor }) };
    writeFileSync(join(folder, 'state.json'), `${JSON.stringify(running, null, 2)}\n`, { mode: 0o600 });
    return running;
  } finally {
    lock.release();
  }
}

/** Stops the service where it runs; with `startedFor`, only where it was started for that process. */
export async function stop(service: Service, startedFor?: number): Promise<boolean> {
  const folder = join(servicesRoot, service.name);
  if (!existsSync(folder)) return false;
  const lock = await waitForLock(folder);
  try {
    const running = await found(service);
    if (!running || (startedFor !== undefined && running.startedFor !== startedFor)) return false;
    await service.end(folder, running);
    rmSync(join(folder, 'state.json'), { force: true });
    return true;
  } finally {
    lock.release();
  }
}

/** One for all services of the folder, made at the first start. */
function password(): string {
  const file = join(servicesRoot, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}

async function waitForLock(folder: string): Promise<{ release(): void }> {
  for (;;) {
    try {
      return lockFolder(folder);
    } catch (error) {
      if (asSensegraphError(error).code !== 'DATA_DIR_LOCKED') throw error;
      await sleep(200);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
