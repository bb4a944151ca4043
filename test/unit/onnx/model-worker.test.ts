import { afterAll, describe, expect, it } from 'vitest';
import { ModelWorker } from '../../../src/adapters/onnx/model-worker.ts';

const file = new URL('./dying-worker.mjs', import.meta.url);
const opened: ModelWorker[] = [];
const open = (folder = '') => {
  const worker = new ModelWorker(async () => ({ kind: 'text', folder, device: 'cpu', threads: 1 }), file);
  opened.push(worker);
  return worker;
};
afterAll(() => Promise.all(opened.map((worker) => worker.close())));

describe('ModelWorker', () => {
  it('starts at the first call and then tells its device', async () => {
    const worker = open();
    expect(worker.device).toBe('not loaded');
    expect(await worker.call('echo')).toBe('echo');
    expect(worker.device).toBe('cpu');
  });

  it('rejects every call in hand when its thread dies, and starts again at the next one', async () => {
    const worker = open();
    const waiting = worker.call('wait');
    const deadly = worker.call('die');
    const settled = await Promise.allSettled([waiting, deadly]);
    for (const one of settled)
      expect(one).toMatchObject({
        status: 'rejected',
        reason: { code: 'INTERNAL', message: expect.stringContaining('starts it again') },
      });
    expect(await worker.call('echo')).toBe('echo');
    // The end of the old thread must not be taken for the new one's.
    expect(await Promise.all([worker.call('echo'), worker.call('echo')])).toEqual(['echo', 'echo']);
  });

  it('does not wait for a thread that ends before it is ready', async () => {
    const worker = open('dies at start');
    await expect(worker.call('echo')).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(worker.call('echo')).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('rejects with CANCELLED before, while loading and while waiting, and goes on working', async () => {
    const worker = open('slow');
    await expect(worker.call('echo', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    const loading = new AbortController();
    const early = worker.call('wait', { signal: loading.signal });
    loading.abort();
    await expect(early).rejects.toMatchObject({ code: 'CANCELLED' });
    const leave = new AbortController();
    const late = worker.call('wait', { signal: leave.signal });
    setTimeout(() => leave.abort(), 20);
    await expect(late).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await worker.call('echo')).toBe('echo');
  });
});
