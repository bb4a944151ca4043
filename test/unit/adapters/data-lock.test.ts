import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from '../../../src/adapters/pglite/data-lock.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'sensegraph-lock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('is held by one owner, named in the refusal, until it is released', () => {
  const lock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({ code: 'DATA_DIR_LOCKED', message: expect.stringContaining(`process ${process.pid}`) }),
  );
  lock.release();
  lockFolder(folder).release();
  expect(readdirSync(folder)).toEqual([]);
});

it('makes the folder it locks', () => {
  const inner = join(folder, 'a', 'b');
  lockFolder(inner).release();
  expect(existsSync(inner)).toBe(true);
});

it('takes over the lock of a process that is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: child.pid, started: '1' }));
  lockFolder(folder).release();
});

it.runIf(process.platform === 'linux')('takes over when the pid is now that of another process', () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: '1' }));
  lockFolder(folder).release();
});

it('takes over a lock that nobody alive can have written', () => {
  writeFileSync(join(folder, 'lock'), '{"pid":');
  lockFolder(folder).release();
});

it('does not release what another process took over', () => {
  const lock = lockFolder(folder);
  const other = JSON.stringify({ pid: 1, started: null });
  writeFileSync(join(folder, 'lock'), other);
  lock.release();
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(other);
});
