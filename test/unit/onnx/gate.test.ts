import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Gate, mapAtMost } from '../../../src/adapters/onnx/gate.ts';
import { ModelPool, shareCores } from '../../../src/adapters/onnx/model-pool.ts';
import { ModelWorker } from '../../../src/adapters/onnx/model-worker.ts';

/** Work that ends when told. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = false;
  return {
    run: () => {
      begun = true;
      return promise;
    },
    end: resolve,
    get begun() {
      return begun;
    },
  };
}

describe('Gate', () => {
  it('lets callers wait for room, first come, first served, and refuses a flood', async () => {
    const gate = new Gate(10, 2);
    const [a, b, c] = [work(), work(), work()];
    const first = gate.within(8, undefined, a.run);
    const second = gate.within(5, undefined, b.run);
    const third = gate.within(2, undefined, c.run);
    await setImmediate();
    // The third would fit, but it does not overtake.
    expect([a.begun, b.begun, c.begun, gate.waiting]).toEqual([true, false, false, 2]);
    await expect(gate.within(1, undefined, a.run)).rejects.toMatchObject({ code: 'OVERLOADED' });
    a.end();
    await first;
    await setImmediate();
    expect([b.begun, c.begun, gate.waiting]).toEqual([true, true, 0]);
    b.end();
    c.end();
    await Promise.all([second, third]);
  });

  it('lets a cancelled caller go, and those behind it in', async () => {
    const gate = new Gate(10, 5);
    const [a, c] = [work(), work()];
    const first = gate.within(6, undefined, a.run);
    const leave = new AbortController();
    const second = gate.within(10, leave.signal, () => Promise.reject(new Error('never begun')));
    const third = gate.within(4, undefined, c.run);
    leave.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    await setImmediate();
    expect(c.begun).toBe(true);
    a.end();
    c.end();
    await Promise.all([first, third]);
    await expect(gate.within(1, AbortSignal.abort(), a.run)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('takes what is larger than the whole alone, and gives its room back when it fails', async () => {
    const gate = new Gate(10, 5);
    await expect(gate.within(50, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.within(50, undefined, async () => 'done')).toBe('done');
  });
});

it('mapAtMost keeps the order, keeps to its limit, and begins nothing after a failure', async () => {
  let open = 0;
  let most = 0;
  const doubled = await mapAtMost([3, 1, 2, 5, 4], 2, async (n) => {
    most = Math.max(most, ++open);
    await setImmediate();
    open -= 1;
    return n * 2;
  });
  expect(doubled).toEqual([6, 2, 4, 10, 8]);
  expect(most).toBe(2);
  const seen: number[] = [];
  const failing = mapAtMost([1, 2, 3, 4], 1, async (n) => {
    seen.push(n);
    if (n === 2) throw new Error('two');
  });
  await expect(failing).rejects.toThrow('two');
  expect(seen).toEqual([1, 2]);
});

describe('ModelPool', () => {
  const file = new URL('./dying-worker.mjs', import.meta.url);
  const open = (sessions: number, capacity: number) => {
    let started = 0;
    const workers = Array.from(
      { length: sessions },
      () =>
        new ModelWorker(async () => {
          started += 1;
          return { kind: 'text', folder: '', device: 'cpu', threads: 1 };
        }, file),
    );
    return { pool: new ModelPool(workers, capacity), started: () => started };
  };

  it('starts a second session only when the first is busy, and never for an urgent call', async () => {
    const { pool, started } = open(2, 100);
    expect(pool.device).toBe('not loaded');
    await pool.call('echo');
    await pool.call('echo');
    expect(started()).toBe(1);
    const leave = new AbortController();
    const busy = pool.call('wait', { signal: leave.signal });
    await pool.call('echo', { urgent: true });
    expect(started()).toBe(1);
    await pool.call('echo');
    expect(started()).toBe(2);
    expect(pool.device).toBe('cpu');
    leave.abort();
    await expect(busy).rejects.toMatchObject({ code: 'CANCELLED' });
    await pool.close();
  });

  it('lets an urgent call in where there is no room for others', async () => {
    const { pool } = open(1, 1);
    const leave = new AbortController();
    const busy = pool.call('wait', { signal: leave.signal });
    const waiting = pool.call('echo');
    expect(await pool.call('echo', { urgent: true })).toBe('echo');
    leave.abort();
    await expect(busy).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await waiting).toBe('echo');
    await pool.close();
  });

  it('shares the cores out among sessions', () => {
    expect(shareCores(0, 'cpu', 1)).toEqual({ sessions: 1, threads: 1 });
    expect(shareCores(0, 'cpu', 2)).toEqual({ sessions: 2, threads: 1 });
    expect(shareCores(0, 'cpu', 16)).toEqual({ sessions: 4, threads: 4 });
    expect(shareCores(2, 'cpu', 2)).toEqual({ sessions: 1, threads: 2 });
    expect(shareCores(8, 'cpu', 2)).toEqual({ sessions: 1, threads: 8 });
    expect(shareCores(0, 'cuda', 16)).toEqual({ sessions: 1, threads: 0 });
  });
});
