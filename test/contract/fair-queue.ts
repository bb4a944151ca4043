import { expect, it } from 'vitest';
import type { AllStores } from '../../src/adapters/postgres/all-stores.ts';

/** Work of tenants in one queue, however many processes take from it. `open`: two of them. */
export function fairQueueContract(name: string, open: () => Promise<readonly [AllStores, AllStores]>): void {
  it(`the queue in ${name} lets one tenant's few items pass another's ten thousand`, async () => {
    const [one, other] = await open();
    for (const tenant of ['few', 'many']) await one.tenants.add(tenant);
    // As an application does: 10,000 items are 40 payloads of at most 256.
    const many = Array.from({ length: 40 }, (_, n) => ({ n }));
    await one.queues.of('many').send(
      'fair',
      many,
      many.map(() => 256),
    );
    const order: string[] = [];
    const done = Promise.withResolvers<void>();
    const handled = new Set<string>();
    const handle = (tenant: string) => async (payload: object) => {
      order.push(tenant);
      handled.add(`${tenant} ${(payload as { n: number }).n}`);
      // Comes when the other's work is under way.
      if (order.length === 8) await one.queues.of('few').send('fair', [{ n: 0 }, { n: 1 }, { n: 2 }], [1, 1, 1]);
      if (handled.size === 43) done.resolve();
    };
    // The workers know of no tenant before there is work of it.
    for (const { queues } of [one, other]) {
      queues.onStranger((tenant) => queues.of(tenant).work('fair', handle(tenant)));
      await queues.of('default').work('fair', handle('default'));
    }
    await done.promise;
    const before = order.slice(0, order.lastIndexOf('few')).filter((tenant) => tenant === 'many').length;
    // 8 were done or in hand; the workers go on while the few are sent, and one of equal start comes first. In turn it were 40.
    expect(before).toBeLessThanOrEqual(20);
  });

  it(`the queue in ${name} gives tenants of much work equal shares of it, whatever the size of their payloads`, async () => {
    const [one] = await open();
    const large = Array.from({ length: 10 }, (_, n) => ({ large: n }));
    const small = Array.from({ length: 40 }, (_, n) => ({ small: n }));
    await one.queues.of('few').send(
      'shares',
      large,
      large.map(() => 100),
    );
    await one.queues.of('many').send(
      'shares',
      small,
      small.map(() => 25),
    );
    const order: string[] = [];
    const done = Promise.withResolvers<void>();
    for (const tenant of ['few', 'many'])
      await one.queues.of(tenant).work('shares', async () => {
        if (order.push(tenant) === 50) done.resolve();
      });
    await done.promise;
    const half = order.slice(0, 25);
    const costs = {
      few: half.filter((tenant) => tenant === 'few').length * 100,
      many: half.filter((tenant) => tenant === 'many').length * 25,
    };
    expect(Math.abs(costs.few - costs.many)).toBeLessThanOrEqual(100);
  });
}
