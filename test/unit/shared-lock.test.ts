import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { SharedLock } from '../../src/shared-lock.ts';

it('exclusive work waits for what is under way, and what comes waits for it', async () => {
  const lock = new SharedLock();
  const log: string[] = [];
  const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const work = (name: string, end: number) => async () => {
    log.push(`${name} begins`);
    await ends[end]?.promise;
    log.push(`${name} ends`);
  };
  const shared = [lock.shared(work('a', 0)), lock.shared(work('b', 1))];
  const alone = lock.exclusive(work('alone', 2));
  const late = lock.shared(work('late', 0));
  const second = lock.exclusive(work('second', 0));
  ends[0]?.resolve();
  await setImmediate();
  expect(log).toEqual(['a begins', 'b begins', 'a ends']);
  ends[1]?.resolve();
  await setImmediate();
  expect(log.slice(3)).toEqual(['b ends', 'alone begins']);
  ends[2]?.resolve();
  await Promise.all([...shared, alone, late, second]);
  expect(log.slice(5, 6)).toEqual(['alone ends']);
  expect(log.toSorted()).toEqual(
    ['a', 'b', 'alone', 'late', 'second'].flatMap((name) => [`${name} begins`, `${name} ends`]).toSorted(),
  );
  expect(log.indexOf('late ends') - log.indexOf('late begins')).toBe(1);
});

it('is free again after work that fails', async () => {
  const lock = new SharedLock();
  await expect(lock.shared(() => Promise.reject(new Error('a')))).rejects.toThrow('a');
  await expect(lock.exclusive(() => Promise.reject(new Error('b')))).rejects.toThrow('b');
  expect(await lock.exclusive(async () => 'free')).toBe('free');
  expect(await lock.shared(async () => 'free')).toBe('free');
});
