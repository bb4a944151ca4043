import { describe, expect, it } from 'vitest';
import type { JobQueue } from '../../src/ports/stores.ts';

/** What every JobQueue must do. `open` gives a queue with a first retry after about a second; it is stopped by the caller. */
export function jobQueueContract(name: string, open: () => Promise<JobQueue>): void {
  describe(`${name} as a JobQueue`, () => {
    it('delivers each payload, one at a time', async () => {
      const queue = await open();
      const seen: number[] = [];
      let running = 0;
      const done = Promise.withResolvers<void>();
      await queue.send('single', [{ n: 1 }, { n: 2 }]);
      await queue.work('single', async (payload) => {
        expect(++running).toBe(1);
        await new Promise((resume) => setTimeout(resume, 5));
        running--;
        seen.push((payload as { n: number }).n);
        if (seen.length === 4) done.resolve();
      });
      await queue.send('single', [{ n: 3 }, { n: 4 }]);
      await done.promise;
      expect(seen.toSorted()).toEqual([1, 2, 3, 4]);
    });

    it('keeps queues apart', async () => {
      const queue = await open();
      const got = Promise.withResolvers<object>();
      await queue.work('left', async () => got.reject(new Error('The other queue was meant.')));
      await queue.work('right', async (payload) => got.resolve(payload));
      await queue.send('right', [{ side: 'right' }]);
      expect(await got.promise).toEqual({ side: 'right' });
    });

    it('delivers a payload again whose handler threw', async () => {
      const queue = await open();
      let tries = 0;
      const done = Promise.withResolvers<void>();
      await queue.work('again', async () => {
        if (++tries === 1) throw new Error('The first try fails.');
        done.resolve();
      });
      await queue.send('again', [{}]);
      await done.promise;
      expect(tries).toBe(2);
    });
  });
}
