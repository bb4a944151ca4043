import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batcher } from '../../../src/adapters/onnx/batcher.ts';

/** A batcher over numbers that stand for their own size; `batches` is what ran, in order. */
function open(budget: number, padding = 3, fail: (items: readonly number[]) => boolean = () => false) {
  const batches: number[][] = [];
  const batcher = new Batcher<number, string>({
    budget,
    padding,
    sizeOf: (size) => size,
    run: async (items) => {
      batches.push([...items]);
      if (fail(items)) throw new Error('out of memory');
      return items.map((item) => `did ${item}`);
    },
  });
  return { batcher, batches };
}

describe('Batcher', () => {
  it('fills one batch with many callers’ single items', async () => {
    const { batcher, batches } = open(64);
    const calls = Array.from({ length: 64 }, (_, i) => batcher.add({ call: i, caller: i }, [1]));
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 64 }, () => ['did 1']));
    expect(batches).toHaveLength(1);
  });

  it('gives every caller its own results in its own order and never runs more than the budget, for any calls', async () => {
    const Calls = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 12 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(Calls, async (calls) => {
        const { batcher, batches } = open(50);
        const results = await Promise.all(calls.map((items, i) => batcher.add({ call: i, caller: i % 3 }, items)));
        expect(results).toEqual(calls.map((items) => items.map((item) => `did ${item}`)));
        for (const batch of batches) {
          expect(Math.max(...batch) * batch.length).toBeLessThanOrEqual(50);
          expect(Math.max(...batch) - Math.min(...batch)).toBeLessThanOrEqual(3);
        }
        expect(batches.flat().toSorted()).toEqual(calls.flat().toSorted());
      }),
    );
  });

  it('batches like sizes together', async () => {
    const { batcher, batches } = open(40);
    await batcher.add({ call: 1, caller: 1 }, [1, 20, 2, 19, 1, 20]);
    // Two small ones join no large one: they would be padded to its size.
    expect(batches).toEqual([[20, 20], [19], [2, 1, 1]]);
  });

  it('runs what is urgent first, and a small call before the rest of a large one', async () => {
    const { batcher, batches } = open(10);
    const order: string[] = [];
    const told = (name: string) => () => order.push(name);
    const large = batcher
      .add(
        { call: 1, caller: 1 },
        Array.from({ length: 1000 }, () => 10),
      )
      .then(told('large'));
    // The large call is under way when the others come.
    while (batches.length < 3) await new Promise((resume) => setImmediate(resume));
    const small = batcher.add({ call: 2, caller: 2 }, [4]).then(told('small'));
    const urgent = batcher.add({ call: 3, caller: 3, urgent: true }, [9]).then(told('urgent'));
    await small;
    await urgent;
    expect(batches.length).toBeLessThan(10);
    await large;
    expect(order).toEqual(['urgent', 'small', 'large']);
  });

  it('shares out the model evenly among callers, whatever their number of calls', async () => {
    const { batcher, batches } = open(10);
    for (let call = 0; call < 20; call++) void batcher.add({ call, caller: 1 }, [10, 10, 10]);
    await batcher.add({ call: 99, caller: 2 }, [9, 9, 9, 9, 9]);
    // Ten turns for five items of the second caller, and one that ran before it came.
    expect(batches.length).toBeLessThanOrEqual(11);
  });

  it('drops what a cancelled call has waiting, and nothing of others', async () => {
    const { batcher, batches } = open(10);
    const left = batcher.add({ call: 1, caller: 1 }, [10, 10, 10]);
    const kept = batcher.add({ call: 2, caller: 2 }, [8]);
    batcher.cancel(1);
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await kept).toEqual(['did 8']);
    expect(batches).toEqual([[8]]);
  });

  it('fails only the batch that failed, and goes on', async () => {
    const { batcher } = open(10, 3, (items) => items.includes(7));
    const bad = batcher.add({ call: 1, caller: 1 }, [7]);
    const good = batcher.add({ call: 2, caller: 2 }, [10]);
    await expect(bad).rejects.toThrow('out of memory');
    expect(await good).toEqual(['did 10']);
    expect(await batcher.add({ call: 3, caller: 3 }, [])).toEqual([]);
  });
});
