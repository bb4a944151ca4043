import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SensegraphError } from '../../errors.ts';

interface Owner {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot, so that a reused pid is told apart; null off Linux. */
  readonly started: string | null;
}

/**
 * Takes `<folder>/lock` for this process; PGlite has no lock of its own, and two processes on one directory lose rows
 * silently. A lock whose process is gone is taken over. Throws DATA_DIR_LOCKED naming the owner.
 */
export function lockFolder(folder: string): { release(): void } {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'lock');
  const own = JSON.stringify({ pid: process.pid, started: startTime(process.pid) } satisfies Owner);
  for (let attempt = 0; attempt < 10; attempt++) {
    if (create(path, own)) return { release: () => release(path, own) };
    const found = read(path);
    if (found === undefined) continue;
    const owner = parse(found);
    if (owner && isAlive(owner)) {
      throw new SensegraphError(
        'DATA_DIR_LOCKED',
        `${folder} is in use by process ${owner.pid}. Stop that process, or set SENSEGRAPH_DATA to another folder.`,
      );
    }
    takeAway(path, found);
  }
  throw new SensegraphError('DATA_DIR_LOCKED', `${folder} is being opened by several processes at once. Try again.`);
}

/** Makes the lock with its content in one step; false when there is one. */
function create(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}.${performance.now()}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead process's lock. Should another process have replaced it meanwhile, that one is put back. */
function takeAway(path: string, expected: string): void {
  const aside = `${path}.dead.${process.pid}.${performance.now()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (read(aside) !== expected) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, own: string): void {
  if (read(path) === own) rmSync(path, { force: true });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(content: string): Owner | undefined {
  try {
    const { pid, started } = JSON.parse(content) as Partial<Owner>;
    return typeof pid === 'number' ? { pid, started: started ?? null } : undefined;
  } catch {
    return undefined; // Not ours, or cut off: nobody alive wrote it, as a lock appears with its content.
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = startTime(owner.pid);
  return started === null || owner.started === null || started === owner.started;
}

/** Field 22 of /proc/<pid>/stat; the name before it may hold spaces and brackets. A zombie counts as gone. */
function startTime(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'gone' : (fields[19] ?? null);
}
